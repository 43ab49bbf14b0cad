#include "linka/voice/incoming.hpp"

#include "linka/base/text.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/log_limited.hpp"
#include "linka/voice/causes.hpp"
#include "linka/voice/ending.hpp"
#include "linka/voice/media_leg.hpp"
#include "linka/voice/outgoing.hpp"
#include "linka/voice/reoffer.hpp"

#include <utility>

namespace linka::voice {
namespace {

constexpr int retry_after_s = 5;

void refuse_unknown(Switchboard& board, const sip::Incoming& event, Failure failure) {
    sip::Refuse command;
    command.leg = event.leg;
    command.status = status_of(failure);
    command.retry_after_s = failure == Failure::full ? retry_after_s : 0;
    static log::Limited line;
    line.warn("call refused",
              {{"leg", event.leg}, {"status", command.status}, {"trace", event.call_id}});
    board.command(std::move(command));
}

LegRecord record_of(const sip::Incoming& event, core::DeviceId device) {
    LegRecord record;
    record.leg = event.leg;
    record.stage = Stage::arrived;
    record.incoming = true;
    record.device = device;
    record.trunk = event.trunk;
    record.source = event.source;
    record.proved = event.proved;
    record.number = event.number;
    record.caller = event.caller;
    record.caller_name = event.caller_name;
    record.replaces = text::to_int(event.replaces_leg).value_or(0);
    record.trace = event.call_id;
    record.forwards = event.max_forwards;
    record.hops = event.hops;
    record.remote = event.sdp;
    record.sip.text = event.saved;
    return record;
}

void send_answer(Switchboard& board, Leg& leg) {
    leg.kept.answer_wanted = false;
    leg.kept.stage = Stage::answering;
    leg.offered_in_answer = leg.kept.remote.empty();
    board.changed(leg);
    board.command(sip::Answer{leg.number(), leg.kept.description});
    if (!leg.offered_in_answer) {
        answered_is_told(board, leg);
    }
}

}  // namespace

core::CallArrivedReport arrival_of(const Leg& leg) {
    core::CallArrivedReport input;
    input.leg = leg.id();
    input.device = leg.kept.device;
    input.trunk = leg.kept.trunk;
    input.number = leg.kept.number;
    input.caller = leg.kept.caller;
    input.caller_name = leg.kept.caller_name;
    input.replaces = core::LegId{leg.kept.replaces};
    return input;
}

void call_arrived(Switchboard& board, const sip::Incoming& event) {
    if (board.legs.find(event.leg) != nullptr) {
        log::error("signalling used a leg number twice", {{"leg", event.leg}});
        return;
    }
    if (board.legs.full()) {
        refuse_unknown(board, event, Failure::full);
        return;
    }
    const core::Device* device =
        event.device.empty() ? nullptr : core::device_by_name(board.state, event.device);
    if (!event.device.empty() && (device == nullptr || device->deactivated)) {
        refuse_unknown(board, event, Failure::forbidden_caller);
        return;
    }
    const Leg& leg =
        board.legs.add(record_of(event, device == nullptr ? core::DeviceId{} : device->id));
    board.changed(leg);
    board.tell(arrival_of(leg));
}

void ring_leg(Switchboard& board, Leg& leg) {
    if (leg.kept.stage != Stage::arrived || leg.kept.rung || leg.kept.early) {
        return;
    }
    leg.kept.rung = true;
    board.changed(leg);
    board.command(sip::Ring{leg.number(), {}});
}

void answer_leg(Switchboard& board, Leg& leg) {
    if (leg.answered()) {
        // Asked again after a restart: the core may not have heard of it.
        leg.kept.answered_told = false;
        if (!leg.offered_in_answer) {
            answered_is_told(board, leg);
        }
        return;
    }
    if (leg.kept.stage != Stage::arrived) {
        return;
    }
    leg.kept.answer_wanted = true;
    board.changed(leg);
    if (leg.has_media()) {
        send_answer(board, leg);
    } else {
        board.want_media(leg);
    }
}

void incoming_has_media(Switchboard& board, Leg& leg) {
    if (leg.kept.answer_wanted) {
        send_answer(board, leg);
        return;
    }
    // Without the caller's offer a 183 could carry ours only reliably (RFC 3262): the caller then
    // hears ringing until the answer, and what plays runs its time unheard.
    leg.kept.early = !leg.kept.remote.empty();
    board.changed(leg);
    if (leg.kept.early) {
        board.command(sip::Ring{leg.number(), leg.kept.description});
    } else {
        ring_leg(board, leg);
    }
}

void confirmed(Switchboard& board, const sip::Confirmed& event) {
    Leg* leg = board.legs.find(event.leg);
    if (leg == nullptr || !leg->answered()) {
        return;
    }
    leg->kept.sip.text = event.saved;
    leg->kept.stage = Stage::up;
    if (!std::exchange(leg->kept.proved, true) && leg->has_media()) {
        confirm_media(board, *leg);
    }
    board.changed(*leg);
    if (!std::exchange(leg->offered_in_answer, false)) {
        renew_description(board, *leg);
        return;
    }
    if (event.sdp.empty()) {
        fail_leg(board, *leg, Failure::bad_description);
        return;
    }
    if (!leg->has_media() || leg->kept.stale) {
        // The worker that made the offer is gone; the peer gets a new one.
        leg->kept.remote = event.sdp;
        renew_description(board, *leg);
        return;
    }
    set_remote(board, *leg, event.sdp, [&board](Leg& found, const media::Reply& reply) {
        note_held(board, found, reply.held);
        answered_is_told(board, found);
    });
}

}  // namespace linka::voice
