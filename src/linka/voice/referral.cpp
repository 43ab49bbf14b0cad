#include "linka/voice/referral.hpp"

#include "linka/core/view.hpp"
#include "linka/voice/ending.hpp"

#include <algorithm>
#include <set>
#include <variant>
#include <vector>

namespace linka::voice {
namespace {

constexpr int target_ringing = 180;
constexpr int target_answers = 200;
constexpr int transfer_declined = 603;

void tell_referrer(Switchboard& board, const Leg& leg, int status, bool over) {
    board.command(sip::TransferResult{leg.number(), status, over});
}

// Not a telephone of the one who transferred: a customer whom nobody takes comes back there, which
// is no success.
bool is_target(const Switchboard& board, const Leg& referrer, const Leg& leg) {
    const Referral& referral = *referrer.referral;
    const core::User* by = core::user_of_device(board.state, referrer.kept.device);
    const core::User* called = core::user_of_device(board.state, leg.kept.device);
    return !leg.kept.incoming && leg.kept.group == referral.group &&
           leg.number() > referral.after && (called == nullptr || called != by) &&
           (!leg.kept.device || leg.kept.device != referrer.kept.device);
}

// Those who wait for what becomes of this target.
std::vector<Leg*> waiting_for(Switchboard& board, const Leg& target) {
    std::vector<Leg*> waiting;
    for (const LegNumber number : board.referrers) {
        Leg* leg = board.legs.find(number);
        if (leg != nullptr && leg->referral && is_target(board, *leg, target)) {
            waiting.push_back(leg);
        }
    }
    return waiting;
}

// The telephone has its last word and, if nothing holds it any more, is hung up.
void settle(Switchboard& board, Leg& leg, int status) {
    const bool let_go = leg.referral->let_go;
    leg.referral.reset();
    board.referrers.erase(leg.number());
    tell_referrer(board, leg, status, true);
    if (let_go) {
        end_leg(board, leg, false);
    }
}

bool has_target(Switchboard& board, const Leg& leg) {
    for (const LegNumber number : board.legs.group(leg.referral->group)) {
        const Leg* other = board.legs.find(number);
        if (other->alive() && is_target(board, leg, *other)) {
            return true;
        }
    }
    return false;
}

// Nobody rings: unless somebody else is tried in a moment, it has failed.
void settle_soon(Switchboard& board, LegNumber number) {
    board.later(board.options.referral_settle, [&board, number] {
        Leg* leg = board.legs.find(number);
        if (leg != nullptr && leg->referral && !leg->over && !has_target(board, *leg)) {
            settle(board, *leg, leg->referral->failure);
        }
    });
}

// The group that the legs join which a decision dials beside the other side of `leg`; 0: none.
LegNumber group_dialled(Switchboard& board, const Leg& leg,
                        const std::vector<core::Effect>& decision) {
    for (const core::Effect& effect : decision) {
        const auto* device = std::get_if<core::DialDevice>(&effect);
        const auto* number = std::get_if<core::DialNumber>(&effect);
        const core::LegId near = device != nullptr   ? device->near
                                 : number != nullptr ? number->near
                                                     : core::LegId{};
        const Leg* beside = board.legs.find(near);
        const bool for_customer = beside != nullptr && (beside->number() == leg.kept.peer ||
                                                        beside->kept.group == leg.kept.group);
        if (for_customer) {
            return beside->kept.group;
        }
    }
    return 0;
}

void begin_referral(Switchboard& board, Leg& leg, LegNumber group) {
    Referral referral;
    referral.group = group;
    for (const LegNumber number : board.legs.group(group)) {
        referral.after = std::max(referral.after, number % 2 == 0 ? number : 0);
    }
    leg.referral = referral;
    board.referrers.insert(leg.number());
    settle_soon(board, leg.number());
    board.later(board.options.referral_wait, [&board, number = leg.number()] {
        Leg* found = board.legs.find(number);
        if (found != nullptr && found->referral && !found->over) {
            settle(board, *found, found->referral->told);
        }
    });
}

}  // namespace

void confirm_transfers(Switchboard& board, const std::vector<core::Effect>& decision) {
    for (const core::Effect& effect : decision) {
        const auto* answer = std::get_if<core::ConfirmTransfer>(&effect);
        Leg* leg = answer == nullptr ? nullptr : board.legs.find(answer->leg);
        if (leg == nullptr || !leg->alive()) {
            continue;
        }
        const LegNumber group = answer->accepted ? group_dialled(board, *leg, decision) : 0;
        if (group == 0) {
            tell_referrer(board, *leg, answer->accepted ? target_answers : transfer_declined, true);
        } else {
            begin_referral(board, *leg, group);
        }
    }
}

bool waits_for_result(Switchboard& /*board*/, Leg& leg) {
    if (!leg.referral || leg.kept.stage != Stage::up) {
        return false;
    }
    leg.referral->let_go = true;
    return true;
}

void drop_referrals(Switchboard& board) {
    for (const LegNumber number : std::set<LegNumber>(board.referrers)) {
        if (Leg* leg = board.legs.find(number); leg != nullptr && leg->referral && !leg->over) {
            settle(board, *leg, leg->referral->told);
        }
    }
}

void target_rings(Switchboard& board, const Leg& target) {
    for (Leg* leg : waiting_for(board, target)) {
        if (leg->referral->told < target_ringing) {
            leg->referral->told = target_ringing;
            tell_referrer(board, *leg, target_ringing, false);
        }
    }
}

void target_answered(Switchboard& board, const Leg& target) {
    for (Leg* leg : waiting_for(board, target)) {
        settle(board, *leg, target_answers);
    }
}

void target_ended(Switchboard& board, const Leg& target, int status) {
    for (Leg* leg : waiting_for(board, target)) {
        leg->referral->failure = status >= 300 ? status : leg->referral->failure;
        settle_soon(board, leg->number());
    }
}

}  // namespace linka::voice
