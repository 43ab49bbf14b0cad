// Descriptions after the call is up: the peer's re-INVITE and UPDATE, our re-INVITE and refreshes.
// Never two at a time (RFC 3261 §14, RFC 3311 §5.2): 491 and 500.
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"

namespace linka::sip {
namespace {

constexpr Duration answer_wait = 10s;

std::string digest_of(const std::string& sdp) {
    return digest_hex(DigestAlgorithm::sha256, sdp).substr(0, 16);
}

}  // namespace

int Calls::check_offer(Dialog& dialog, nta_incoming_t* request, const sip_t& sip) {
    const Leg& leg = dialog.leg;
    const auto refuse_with = [&](int status, std::string headers) {
        Reply answer;
        answer.status = status;
        answer.headers = std::move(headers);
        reply(request, answer);
        return status;
    };
    if (const std::string missing = unsupported(sip); !missing.empty()) {
        return refuse_with(420, "Unsupported: " + missing);
    }
    const Description offer = description_of(sip);
    if (offer.refusal == 415) {
        return refuse_with(415, "Accept: application/sdp");
    }
    if (offer.refusal != 0) {
        counters().too_large.add();
        return offer.refusal;
    }
    if (sip.sip_session_expires != nullptr && sip.sip_session_expires->x_delta < 90) {
        return refuse_with(422, "Min-SE: 90");
    }
    const bool is_invite = sip.sip_request->rq_method == sip_method_invite;
    if (offer.sdp.empty() && !is_invite) {
        return 0;
    }
    if (leg.own_offer.request != nullptr) {
        return 491;
    }
    if (leg.peer_offer.request != nullptr) {
        return refuse_with(500, "Retry-After: 2");
    }
    if (leg.record.state == LegState::confirmed) {
        return 0;
    }
    if (is_invite || leg.record.state == LegState::answered) {
        return 491;  // the first INVITE is not over yet
    }
    // RFC 3311 §5.2, RFC 6337 §3: in an early dialog once the first offer has been answered for
    // good, and only where there is one peer to agree with.
    if (dialog.exchanged && leg.dialogs.size() == 1) {
        return 0;
    }
    return leg.record.outgoing ? 491 : refuse_with(500, "Retry-After: 2");
}

int Calls::on_peer_offer(Dialog& dialog, nta_incoming_t* request, const sip_t& sip,
                         bool is_update) {
    if (const int refusal = check_offer(dialog, request, sip); refusal != 0) {
        return refusal;
    }
    Leg& leg = dialog.leg;
    const std::string sdp = description_of(sip).sdp;
    std::string session;
    const bool refreshes = leg.record.state == LegState::confirmed;
    if (sip.sip_session_expires != nullptr) {
        session = session_answer(leg, sip);
    } else if (refreshes && !leg.record.refresh_is_ours) {
        leg.record.session_s = 0;  // RFC 4028 §9: the peer takes its promise back
    }
    if (refreshes) {
        arm_session(leg);  // every re-INVITE and UPDATE refreshes
    }
    if (is_update && sdp.empty()) {
        Reply answer;
        answer.headers = text::format("Contact: {}\r\n{}", dialog.record.contact, allow_header);
        answer.headers += session.empty() ? "" : "\r\n" + session;
        reply(request, answer);
        nta_incoming_destroy(request);
        return 0;
    }
    PeerOffer& offer = leg.peer_offer;
    offer = PeerOffer{};
    offer.request = request;
    offer.is_update = is_update;
    offer.wants_offer = sdp.empty();
    if (!is_update) {
        nta_incoming_bind(request, &Calls::on_offer_ack, &dialog);
    }
    if (!sdp.empty() && digest_of(sdp) == leg.record.remote_digest &&
        !leg.record.local_sdp.empty()) {
        answer_offer(leg, leg.record.local_sdp);  // only a refresh: nothing changes
        return 0;
    }
    if (!sdp.empty()) {
        leg.record.remote_digest = digest_of(sdp);
    }
    offer.deadline =
        context_.timers.at(runtime::steady_now() + answer_wait, [this, id = leg.record.leg] {
            if (Leg* waiting = find(id); waiting != nullptr) {
                waiting->peer_offer.deadline = 0;
                drop_offer(*waiting, 500);
            }
        });
    context_.events.emit(Reoffer{leg.record.leg, sdp, saved(leg)});
    return 0;
}

void Calls::take(const AnswerReoffer& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || leg->peer_offer.request == nullptr || leg->peer_offer.answered) {
        return;
    }
    if (command.sdp.empty()) {
        leg->record.remote_digest.clear();  // refused: the same offer later is not a refresh
        drop_offer(*leg, 488, command.warning);
        return;
    }
    answer_offer(*leg, command.sdp);
}

void Calls::answer_offer(Leg& leg, const std::string& sdp) {
    PeerOffer& offer = leg.peer_offer;
    context_.timers.cancel(offer.deadline);
    offer.deadline = 0;
    leg.record.local_sdp = sdp;
    Dialog& dialog = *leg.dialogs.front();
    const MessageRef message(nta_incoming_getrequest(offer.request));
    const sip_t* sip = message ? sip_object(message.get()) : nullptr;
    Reply answer;
    answer.headers = text::format("Contact: {}\r\n{}\r\n{}", dialog.record.contact, allow_header,
                                  supported_header);
    if (sip != nullptr && sip->sip_session_expires != nullptr) {
        answer.headers += "\r\n" + session_answer(leg, *sip);
    }
    answer.body = sdp;
    offer.answered = true;
    reply(offer.request, answer);
    if (leg.record.state != LegState::confirmed && sip != nullptr) {
        dialog.updated = true;
        dialog.early_remote = description_of(*sip).sdp;
    }
    if (offer.is_update) {
        nta_incoming_destroy(offer.request);
        offer = PeerOffer{};
    }
}

void Calls::drop_offer(Leg& leg, int status, const std::string& warning) {
    PeerOffer& offer = leg.peer_offer;
    if (offer.request == nullptr) {
        return;
    }
    context_.timers.cancel(offer.deadline);
    nta_incoming_bind(offer.request, nullptr, nullptr);
    if (!offer.answered) {
        Reply answer;
        answer.status = status;
        answer.headers = warning.empty() ? std::string{} : warning_header(warning);
        reply(offer.request, answer);
    }
    nta_incoming_destroy(offer.request);
    offer = PeerOffer{};
}

int Calls::on_offer_ack(void* magic, nta_incoming_t* request, const sip_t* sip) {
    Dialog& dialog = *static_cast<Dialog*>(magic);
    Leg& leg = dialog.leg;
    Calls& calls = dialog.calls;
    if (leg.peer_offer.request != request) {
        return 0;
    }
    if (sip != nullptr && sip->sip_request->rq_method == sip_method_cancel) {
        calls.drop_offer(leg, 487);
        return 0;
    }
    const bool wants_offer = leg.peer_offer.wants_offer;
    nta_incoming_destroy(request);
    leg.peer_offer = PeerOffer{};
    if (sip == nullptr) {
        // Our 2xx was never acknowledged (RFC 3261 §14.2): the peer is gone.
        calls.say_bye(leg, 102);
        calls.end(leg, Ended{leg.record.leg, 408, true, false, 0});
        calls.bury(leg);
        return 0;
    }
    if (wants_offer) {
        const std::string sdp = description_of(*sip).sdp;
        leg.record.remote_digest = digest_of(sdp);
        calls.context_.events.emit(Confirmed{leg.record.leg, sdp, calls.saved(leg)});
    } else {
        calls.context_.events.emit(Saved{leg.record.leg, calls.saved(leg)});
    }
    return 0;
}

void Calls::take(const Reinvite& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || leg->record.state != LegState::confirmed) {
        return;
    }
    const bool busy = leg->own_offer.request != nullptr || leg->own_offer.again ||
                      leg->peer_offer.request != nullptr;
    if (busy) {
        context_.events.emit(Reanswered{command.leg, 491, {}, saved(*leg)});
        return;
    }
    leg->own_offer = OwnOffer{};
    leg->own_offer.sdp = command.sdp;
    send_own_offer(*leg);
}

void Calls::send_own_offer(Leg& leg) {
    Dialog& dialog = *leg.dialogs.front();
    OwnOffer& offer = leg.own_offer;
    // A refresh by UPDATE needs no description and no ACK (RFC 4028 §7.4).
    offer.is_update = offer.is_refresh && dialog.record.can_update;
    offer.again = false;
    Parts parts;
    parts.headers = text::format("{}\r\n{}", allow_header, supported_header);
    if (leg.record.session_s > 0) {
        // In this transaction we are the UAC.
        parts.headers +=
            text::format("\r\nSession-Expires: {};refresher={}\r\nMin-SE: 90", leg.record.session_s,
                         leg.record.refresh_is_ours ? "uac" : "uas");
    }
    const std::string credentials =
        authorization(leg, offer.is_update ? "UPDATE" : "INVITE", dialog.record.target);
    if (!credentials.empty()) {
        parts.headers += "\r\n" + credentials;
    }
    if (offer.is_update) {
        offer.request = send(context_, dialog, SIP_METHOD_UPDATE, parts, &Calls::on_offer_response);
    } else {
        parts.body = offer.sdp;
        offer.request = send(context_, dialog, SIP_METHOD_INVITE, parts, &Calls::on_offer_response);
    }
    if (offer.request == nullptr) {
        if (!offer.is_refresh) {
            context_.events.emit(Reanswered{leg.record.leg, 503, {}, saved(leg)});
        } else {
            lose(leg);
        }
        offer = OwnOffer{};
    }
}

int Calls::on_offer_response(void* magic, nta_outgoing_t* request, const sip_t* sip) {
    Dialog& dialog = *static_cast<Dialog*>(magic);
    const int status = sip != nullptr && sip->sip_status != nullptr ? sip->sip_status->st_status
                                                                    : nta_outgoing_status(request);
    if (dialog.leg.own_offer.request == request && status >= 200) {
        dialog.calls.on_offer_answer(dialog, request, status, sip);
    }
    return 0;
}

void Calls::on_offer_answer(Dialog& dialog, nta_outgoing_t* request, int status, const sip_t* sip) {
    Leg& leg = dialog.leg;
    OwnOffer offer = leg.own_offer;
    const bool good = status < 300 && sip != nullptr;
    if (good && !offer.is_update) {
        acknowledge_invite(dialog, request);
    }
    nta_outgoing_destroy(request);
    leg.own_offer = OwnOffer{};
    const bool challenged = (status == 401 || status == 407) && sip != nullptr;
    if (challenged && offer.attempts < 2 && learn_challenge(leg, *sip, status == 407)) {
        leg.own_offer = offer;
        ++leg.own_offer.attempts;
        send_own_offer(leg);
        return;
    }
    constexpr int attempts_max = 4;
    if (status == 491 && offer.attempts < attempts_max) {
        leg.own_offer = offer;
        leg.own_offer.request = nullptr;
        ++leg.own_offer.attempts;
        retry_after_glare(leg);
        return;
    }
    if (status == 408 || status == 481) {
        // RFC 3261 §12.2.1.2, RFC 4028 §10: the dialog is gone at the other end.
        say_bye(leg, 102);
        end(leg, Ended{leg.record.leg, status, true, false, 0});
        bury(leg);
        return;
    }
    if (good) {
        if (sip->sip_session_expires != nullptr) {
            session_from_answer(leg, *sip);
        }
        if (sip->sip_contact != nullptr && !bracketed(*sip->sip_contact->m_url).empty()) {
            dialog.record.target = bracketed(*sip->sip_contact->m_url);
            nta_leg_client_reroute(dialog.nta, nullptr, sip->sip_contact, 0);
        }
        arm_session(leg);
    }
    if (offer.is_refresh) {
        return;
    }
    Reanswered event;
    event.leg = leg.record.leg;
    event.status = status;
    if (good) {
        leg.record.local_sdp = offer.sdp;
        event.sdp = description_of(*sip).sdp;
        leg.record.remote_digest = digest_of(event.sdp);
    }
    event.saved = saved(leg);
    context_.events.emit(std::move(event));
}

void Calls::retry_after_glare(Leg& leg) {
    // RFC 3261 §14.1: the owner of the Call-ID waits longer than the other side.
    const Duration wait = leg.record.outgoing ? 2100ms + 10ms * (leg.record.leg % 190)
                                              : 10ms * (leg.record.leg % 200);
    leg.own_offer.again = true;
    leg.glare_timer = context_.timers.at(runtime::steady_now() + wait, [this, id = leg.record.leg] {
        Leg* waiting = find(id);
        if (waiting == nullptr || !waiting->own_offer.again) {
            return;
        }
        waiting->glare_timer = 0;
        if (waiting->peer_offer.request == nullptr) {
            send_own_offer(*waiting);
        } else {
            retry_after_glare(*waiting);
        }
    });
}

}  // namespace linka::sip
