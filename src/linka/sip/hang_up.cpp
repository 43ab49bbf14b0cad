// How legs end.
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"

#include <algorithm>
#include <utility>

namespace linka::sip {
namespace {

constexpr const char* elsewhere_reason = "SIP;cause=200;text=\"Call completed elsewhere\"";

// The status that refuses a ringing call for a Q.850 cause (RFC 3398 §7.2.4.1).
int status_of_cause(int cause) {
    switch (cause) {
        case 1:
            return 404;
        case 17:
            return 486;
        case 18:
            return 408;
        case 21:
            return 603;
        case 28:
            return 484;
        case 34:
        case 38:
        case 41:
        case 42:
            return 503;
        default:
            return 480;
    }
}

}  // namespace

void Calls::take(const HangUp& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr) {
        return;
    }
    if (leg->record.state == LegState::confirmed) {
        say_bye(*leg, command.cause);
        end(*leg, Ended{command.leg, 0, false, false, 0});
        bury(*leg);
        return;
    }
    if (leg->record.outgoing) {
        for (const auto& dialog : leg->dialogs) {
            cancel(*dialog, command.answered_elsewhere, command.cause);
        }
        end(*leg, Ended{command.leg, 0, false, command.answered_elsewhere, 0});
        bury(*leg);
        return;
    }
    if (leg->record.state == LegState::answered) {
        // RFC 3261 §15: no BYE before the ACK of our 2xx.
        leg->hang_up_on_ack = true;
        leg->hang_up_cause = command.cause;
        end(*leg, Ended{command.leg, 0, false, false, 0});
        return;
    }
    refuse(*leg, status_of_cause(command.cause),
           text::format("Q.850;cause={}", std::clamp(command.cause, 1, 127)), 0);
    end(*leg, Ended{command.leg, 0, false, false, 0});
    bury(*leg);
}

void Calls::take(const Refuse& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || leg->record.outgoing || leg->record.state != LegState::ringing) {
        return;
    }
    const int status = command.status >= 300 && command.status <= 699 ? command.status : 480;
    refuse(*leg, status, command.reason, command.retry_after_s, command.warning);
    end(*leg, Ended{command.leg, status, false, false, 0});
    bury(*leg);
}

void Calls::refuse(Leg& leg, int status, const std::string& reason, int retry_after_s,
                   const std::string& warning) {
    Dialog& dialog = *leg.dialogs.front();
    if (dialog.invited == nullptr) {
        return;
    }
    Reply answer;
    answer.status = status;
    if (!reason.empty() && is_allowed_header("X-Reason", reason)) {
        answer.headers = "Reason: " + reason;
    }
    if (retry_after_s > 0) {
        answer.headers += answer.headers.empty() ? "" : "\r\n";
        answer.headers += text::format("Retry-After: {}", retry_after_s);
    }
    if (!warning.empty()) {
        answer.headers += answer.headers.empty() ? "" : "\r\n";
        answer.headers += warning_header(warning);
    }
    reply(dialog.invited, answer);
    nta_incoming_destroy(dialog.invited);
    dialog.invited = nullptr;
}

void Calls::say_bye(Leg& leg, int cause) {
    Dialog& dialog = *leg.dialogs.front();
    if (dialog.nta == nullptr) {
        return;
    }
    drop_offer(leg, 487);
    Parts parts;
    parts.headers = text::format("Reason: Q.850;cause={}", std::clamp(cause, 1, 127));
    const std::string credentials = authorization(leg, "BYE", dialog.record.target);
    if (!credentials.empty()) {
        parts.headers += "\r\n" + credentials;
    }
    // The transaction repeats the BYE on its own. Its answer changes nothing, unless a trunk wants
    // to know who says it: then the call goes on, and costs, at the other end.
    const Trunk* trunk = context_.directory.trunk(leg.record.trunk);
    const bool may_be_asked = trunk != nullptr && !trunk->username.empty();
    nta_outgoing_t* bye = send(context_, dialog, SIP_METHOD_BYE, parts,
                               may_be_asked ? &Calls::on_bye_response : nullptr);
    if (may_be_asked) {
        leg.bye = bye;
    } else {
        nta_outgoing_destroy(bye);
    }
}

int Calls::on_bye_response(void* magic, nta_outgoing_t* request, const sip_t* sip) {
    Dialog& dialog = *static_cast<Dialog*>(magic);
    const int status = sip != nullptr && sip->sip_status != nullptr ? sip->sip_status->st_status
                                                                    : nta_outgoing_status(request);
    if (dialog.leg.bye == request && status >= 200) {
        dialog.calls.on_bye_answer(dialog, status, sip);
    }
    return 0;
}

void Calls::on_bye_answer(Dialog& dialog, int status, const sip_t* sip) {
    Leg& leg = dialog.leg;
    nta_outgoing_destroy(leg.bye);
    leg.bye = nullptr;
    const bool challenged = (status == 401 || status == 407) && sip != nullptr;
    if (challenged && !std::exchange(leg.bye_repeated, true) && dialog.nta != nullptr &&
        learn_challenge(leg, *sip, status == 407)) {
        Parts parts;
        parts.headers = authorization(leg, "BYE", dialog.record.target);
        leg.bye = send(context_, dialog, SIP_METHOD_BYE, parts, &Calls::on_bye_response);
    }
    const auto found = leaving_.find(leg.record.leg);
    if (leg.bye == nullptr && found != leaving_.end()) {
        destroy_dialogs(leg);
        dead_.push_back(std::move(found->second));
        leaving_.erase(found);
    }
}

void Calls::destroy_dialogs(Leg& leg) {
    for (const auto& dialog : leg.dialogs) {
        if (dialog->nta != nullptr) {
            nta_leg_destroy(dialog->nta);
            dialog->nta = nullptr;
        }
    }
}

void Calls::cancel(Dialog& dialog, bool answered_elsewhere, int cause) {
    if (dialog.invite == nullptr) {
        return;
    }
    const std::string reason = answered_elsewhere
                                   ? std::string(elsewhere_reason)
                                   : text::format("Q.850;cause={}", std::clamp(cause, 1, 127));
    nta_outgoing_t* invite = dialog.invite;
    dialog.invite = nullptr;
    // The library waits with the CANCEL for the first provisional answer (RFC 3261 §9.1), and
    // acknowledges and ends a call that is answered all the same.
    nta_outgoing_tcancel(invite, nullptr, nullptr, SIPTAG_REASON_STR(reason.c_str()), TAG_END());
    nta_outgoing_destroy(invite);
}

void Calls::cancel_others(Leg& leg, const Dialog* winner) {
    for (auto dialog = leg.dialogs.begin(); dialog != leg.dialogs.end();) {
        if (dialog->get() == winner) {
            ++dialog;
            continue;
        }
        cancel(**dialog, winner != nullptr, 16);
        dead_dialogs_.push_back(std::move(*dialog));
        dialog = leg.dialogs.erase(dialog);
    }
}

void Calls::drop_dialog(Leg& leg, const Dialog* dialog) {
    const auto found = std::find_if(leg.dialogs.begin(), leg.dialogs.end(),
                                    [&](const auto& each) { return each.get() == dialog; });
    if (found != leg.dialogs.end()) {
        dead_dialogs_.push_back(std::move(*found));
        leg.dialogs.erase(found);
    }
}

void Calls::end(Leg& leg, const Ended& event) {
    if (leg.ended) {
        return;
    }
    leg.ended = true;
    --live_;
    counters().legs.add(-1);
    context_.events.emit(event);
}

void Calls::lose(const Leg& leg) {
    // From the loop: whoever tried to send still has the leg in its hands.
    context_.timers.at(runtime::steady_now(), [this, id = leg.record.leg] {
        if (Leg* lost = find(id); lost != nullptr) {
            end(*lost, Ended{id, 503, false, false, 0});
            bury(*lost);
        }
    });
}

void Calls::bury(Leg& leg) {
    for (Timers::Id* timer : {&leg.first_answer_timer, &leg.session_timer, &leg.glare_timer,
                              &leg.peer_offer.deadline}) {
        context_.timers.cancel(*timer);
        *timer = 0;
    }
    drop_offer(leg, 487);
    if (leg.own_offer.request != nullptr) {
        nta_outgoing_bind(leg.own_offer.request, nullptr, nullptr);
        nta_outgoing_destroy(leg.own_offer.request);
        leg.own_offer.request = nullptr;
    }
    if (leg.bye == nullptr) {
        destroy_dialogs(leg);
    }
    const auto found = legs_.find(leg.record.leg);
    if (found != legs_.end()) {
        if (leg.bye == nullptr) {
            dead_.push_back(std::move(found->second));
        } else {
            leaving_[leg.record.leg] = std::move(found->second);
        }
        legs_.erase(found);
    }
}

}  // namespace linka::sip
