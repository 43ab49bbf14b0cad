// Session timers (RFC 4028): we refresh when we are the refresher, and end a leg whose peer should
// have refreshed it and did not.
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/message_parts.hpp"

#include <algorithm>

namespace linka::sip {

std::string Calls::session_answer(Leg& leg, const sip_t& sip) {
    if (sip.sip_session_expires == nullptr) {
        leg.record.session_s = 0;
        return {};
    }
    leg.record.session_s =
        static_cast<std::int64_t>(std::min<unsigned long>(sip.sip_session_expires->x_delta, 86400));
    const bool peer_knows_timers = lists(sip.sip_supported, "timer");
    const std::string_view wished = view(sip.sip_session_expires->x_refresher);
    // Without a wish the caller refreshes, if it can.
    leg.record.refresh_is_ours = text::equal_ignoring_case(wished, "uas") || !peer_knows_timers;
    std::string header = text::format("Session-Expires: {};refresher={}", leg.record.session_s,
                                      leg.record.refresh_is_ours ? "uas" : "uac");
    if (!leg.record.refresh_is_ours) {
        header += "\r\nRequire: timer";
    }
    return header;
}

void Calls::session_from_answer(Leg& leg, const sip_t& sip) {
    if (sip.sip_session_expires == nullptr) {
        // RFC 4028 §7.2: the peer does not do timers; we refresh to learn whether it is alive.
        leg.record.session_s = leg.session_wish_s;
        leg.record.refresh_is_ours = true;
        return;
    }
    leg.record.session_s = static_cast<std::int64_t>(
        std::clamp<unsigned long>(sip.sip_session_expires->x_delta, 90, 86400));
    leg.record.refresh_is_ours =
        !text::equal_ignoring_case(view(sip.sip_session_expires->x_refresher), "uas");
}

void Calls::arm_session(Leg& leg) {
    context_.timers.cancel(leg.session_timer);
    leg.session_timer = 0;
    if (leg.record.session_s <= 0) {
        return;
    }
    // RFC 4028 §10: refresh at half of the interval; give up a third of it, at most 32 s, early.
    const std::int64_t s = leg.record.session_s;
    const std::int64_t wait_s =
        leg.record.refresh_is_ours ? s / 2 : s - std::min<std::int64_t>(32, s / 3);
    leg.session_timer = context_.timers.at(runtime::steady_now() + std::chrono::seconds(wait_s),
                                           [this, id = leg.record.leg] { on_session_due(id); });
}

void Calls::on_session_due(LegId id) {
    Leg* leg = find(id);
    if (leg == nullptr || leg->record.state != LegState::confirmed) {
        return;
    }
    leg->session_timer = 0;
    if (!leg->record.refresh_is_ours) {
        say_bye(*leg, 102);
        end(*leg, Ended{id, 408, true, false, 0});
        bury(*leg);
        return;
    }
    if (leg->own_offer.request == nullptr && leg->peer_offer.request == nullptr) {
        leg->own_offer.is_refresh = true;
        leg->own_offer.sdp = leg->record.local_sdp;
        send_own_offer(*leg);
    }
    // An exchange under way refreshes the session as well.
    arm_session(*leg);
}

}  // namespace linka::sip
