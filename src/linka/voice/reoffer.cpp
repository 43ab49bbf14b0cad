#include "linka/voice/reoffer.hpp"

#include "linka/runtime/log_limited.hpp"
#include "linka/voice/causes.hpp"
#include "linka/voice/ending.hpp"
#include "linka/voice/media_leg.hpp"
#include "linka/voice/outgoing.hpp"

#include <utility>

namespace linka::voice {
namespace {

constexpr int request_pending = 491;

// Our fresh offer in the answer to a re-INVITE that has none (RFC 3261 §14.2).
void answer_with_offer(Switchboard& board, Leg& leg, const std::string& description) {
    leg.reoffer_waiting.reset();
    leg.kept.description = description;
    leg.kept.stale = false;
    leg.offered_in_answer = true;
    board.changed(leg);
    board.command(sip::AnswerReoffer{leg.number(), description});
}

void answer_with_answer(Switchboard& board, Leg& leg, const media::Reply& reply) {
    leg.kept.remote = std::exchange(leg.reoffer_waiting, {}).value_or("");
    leg.kept.description = reply.sdp;
    leg.kept.stale = false;
    leg.reinvites_refused = 0;
    board.changed(leg);
    board.command(sip::AnswerReoffer{leg.number(), reply.sdp});
    note_held(board, leg, reply.held);
    if (leg.answered()) {
        answered_is_told(board, leg);  // an UPDATE may come before the call is answered
    }
}

// The waiting re-INVITE, now that there is a media leg. Until the reply comes it stays waiting, so
// that it is not forgotten should the worker die over it.
void answer_reoffer(Switchboard& board, Leg& leg) {
    media::Request request;
    if (leg.reoffer_waiting->empty()) {
        media::LegOffer offer;
        offer.leg = leg.number();
        request = offer;
    } else {
        media::LegReoffer offer;
        offer.leg = leg.number();
        offer.sdp = *leg.reoffer_waiting;
        request = offer;
    }
    board.ask(leg, std::move(request), [&board](Leg& found, const media::Reply& reply) {
        if (!found.alive() || !found.reoffer_waiting || reply.error == "lost") {
            return;
        }
        if (!reply.error.empty()) {
            static log::Limited line;
            line.warn("new description refused",
                      {{"leg", found.number()}, {"error", reply.error}, {"text", reply.text}});
            found.reoffer_waiting.reset();
            board.command(sip::AnswerReoffer{found.number(), {}, reply.text});
            renew_description(board, found);
        } else if (found.reoffer_waiting->empty()) {
            answer_with_offer(board, found, reply.sdp);
        } else {
            answer_with_answer(board, found, reply);
        }
    });
}

}  // namespace

void reoffered(Switchboard& board, const sip::Reoffer& event) {
    Leg* leg = board.legs.find(event.leg);
    if (leg == nullptr || !leg->alive()) {
        return;
    }
    leg->kept.sip.text = event.saved;
    board.changed(*leg);
    const bool same = event.sdp == leg->kept.remote && !event.sdp.empty();
    if (same && leg->has_media() && !leg->kept.stale) {
        board.command(sip::AnswerReoffer{event.leg, leg->kept.description});
        return;
    }
    leg->reoffer_waiting = event.sdp;
    if (leg->has_media()) {
        answer_reoffer(board, *leg);
    }
}

void reanswered(Switchboard& board, const sip::Reanswered& event) {
    Leg* leg = board.legs.find(event.leg);
    if (leg == nullptr || !leg->alive() || !std::exchange(leg->reinviting, false)) {
        return;
    }
    if (!event.saved.empty()) {
        leg->kept.sip.text = event.saved;
        board.changed(*leg);
    }
    if (!leg->kept.stale) {
        return;  // settled meanwhile by an offer of the peer's own
    }
    if (event.status == request_pending && ++leg->reinvites_refused < board.options.reinvite_max) {
        board.later(board.options.reinvite_wait, [&board, number = event.leg] {
            if (Leg* found = board.legs.find(number); found != nullptr) {
                renew_description(board, *found);
            }
        });
        return;
    }
    if (event.status >= 300 || event.sdp.empty()) {
        log::warn("peer refused our new description",
                  {{"leg", event.leg}, {"status", event.status}});
        fail_leg(board, *leg, Failure::media_lost);
        return;
    }
    leg->reinvites_refused = 0;
    if (leg->reinvited_generation != leg->generation) {
        renew_description(board, *leg);  // the media leg moved again meanwhile
        return;
    }
    set_remote(board, *leg, event.sdp, [&board](Leg& found, const media::Reply& reply) {
        found.kept.stale = false;
        board.changed(found);
        note_held(board, found, reply.held);
        answered_is_told(board, found);
    });
}

void renewed_media(Switchboard& board, Leg& leg) {
    leg.kept.stale = true;
    board.changed(leg);
    if (!leg.reoffer_waiting) {
        renew_description(board, leg);
    } else if (std::exchange(leg.reoffer_opens, false)) {
        media::Reply reply;
        reply.sdp = leg.kept.description;
        reply.held = leg.kept.held;
        answer_with_answer(board, leg, reply);
    } else if (leg.reoffer_waiting->empty()) {
        answer_with_offer(board, leg, leg.kept.description);
    } else {
        answer_reoffer(board, leg);
    }
}

void renew_description(Switchboard& board, Leg& leg) {
    if (!leg.kept.stale || !leg.has_media() || leg.reinviting || leg.kept.stage != Stage::up ||
        !leg.alive() || leg.reoffer_waiting) {
        return;
    }
    leg.reinviting = true;
    leg.reinvited_generation = leg.generation;
    board.command(sip::Reinvite{leg.number(), leg.kept.description});
}

}  // namespace linka::voice
