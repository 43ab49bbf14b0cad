// Calls that come in: the INVITE, our answers to it, its ACK or CANCEL.
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/identity.hpp"
#include "linka/sip/message_parts.hpp"
#include "linka/sip/random.hpp"

namespace linka::sip {
namespace {

constexpr unsigned long session_min_s = 90;  // RFC 4028 §4

// What the caller dialled. Providers that we register with call the account, which is our contact,
// and say in To which of its numbers was dialled; or the number itself.
std::string number_called(const sip_t& sip, const Trunk* trunk) {
    std::string number = decode_user(view(sip.sip_request->rq_url->url_user));
    const bool account = trunk != nullptr && trunk->registers && number == trunk->username;
    const std::string named = account ? decode_user(view(sip.sip_to->a_url->url_user)) : "";
    return named.empty() ? number : named;
}

std::string join(std::initializer_list<std::string> lines) {
    std::string out;
    for (const std::string& line : lines) {
        if (!line.empty()) {
            out += out.empty() ? "" : "\r\n";
            out += line;
        }
    }
    return out;
}

}  // namespace

int Calls::check_new_invite(nta_incoming_t* request, const sip_t& sip) {
    const auto refuse_with = [&](int status, std::string headers) {
        Reply answer;
        answer.status = status;
        answer.headers = std::move(headers);
        reply(request, answer);
        return status;
    };
    if (sip.sip_max_forwards != nullptr && sip.sip_max_forwards->mf_count == 0) {
        return 483;  // we would send the call on: RFC 3261 §16.3 for what is a loop
    }
    if (hops_of(sip) >= hops_max) {
        return 482;
    }
    if (!accepts_sdp(sip)) {
        return 406;
    }
    const Description offer = description_of(sip);
    if (offer.refusal == 415) {
        return refuse_with(415,
                           "Accept: application/sdp, multipart/mixed\r\n"
                           "Accept-Encoding: identity");
    }
    if (offer.refusal != 0) {
        counters().too_large.add();
        return offer.refusal;
    }
    if (sip.sip_contact == nullptr || bracketed(*sip.sip_contact->m_url).empty()) {
        return refuse_with(400, "Warning: 399 linka \"Contact is missing\"");
    }
    if (sip.sip_session_expires != nullptr && sip.sip_session_expires->x_delta < session_min_s) {
        return refuse_with(422, text::format("Min-SE: {}", session_min_s));
    }
    const bool emergency =
        context_.directory.is_emergency(decode_user(view(sip.sip_request->rq_url->url_user)));
    if (context_.events.full() || !admission_.admit(live_, runtime::steady_now(), emergency)) {
        counters().calls_refused.add();
        return refuse_with(503, "Retry-After: 10");
    }
    return 0;
}

int Calls::on_new_invite(nta_incoming_t* request, const sip_t& sip, const Caller& caller) {
    if (const int refusal = check_new_invite(request, sip); refusal != 0) {
        return refusal;
    }
    std::string replaces;
    if (sip.sip_replaces != nullptr) {
        int refusal = 0;
        const LegId replaced = find_replaced(*sip.sip_replaces, refusal);
        if (refusal != 0) {
            return refusal;
        }
        replaces = std::to_string(replaced);
    }
    Leg& leg = make(next_incoming_, false);
    next_incoming_ += 2;
    if (!fill_incoming(leg, request, sip, caller)) {
        leg.ended = true;
        --live_;
        counters().legs.add(-1);
        bury(leg);
        return 400;
    }
    announce(leg, sip, replaces);
    return 0;
}

bool Calls::fill_incoming(Leg& leg, nta_incoming_t* request, const sip_t& sip,
                          const Caller& caller) {
    leg.record.device = caller.device;
    leg.record.trunk = caller.trunk;
    leg.dialogs.push_back(std::make_unique<Dialog>(*this, leg));
    Dialog& dialog = *leg.dialogs.front();
    DialogRecord& record = dialog.record;
    const std::string tag = random_hex(8);
    record.call_id = copy(sip.sip_call_id->i_id);
    record.local = text::format("{};tag={}", text_of_header(sip.sip_to), tag);
    record.remote = text_of_header(sip.sip_from);
    record.cseq = 10;
    record.remote_cseq = sip.sip_cseq->cs_seq;
    record.invite_cseq = sip.sip_cseq->cs_seq;
    record.routes = routes_of(sip, false);
    record.target = bracketed(*sip.sip_contact->m_url);
    record.contact = contact_towards(context_, caller.source);
    record.peer = caller.source;
    record.behind_nat = is_behind_nat(sip, caller.source, !caller.device.empty());
    record.flow =
        caller.device.empty() ? "trunk " + caller.trunk : caller.device + " " + record.target;
    record.can_ask_to_answer = lists(sip.sip_allow_events, "talk");
    record.can_update =
        sip.sip_allow != nullptr && sip_is_allowed(sip.sip_allow, SIP_METHOD_UPDATE) != 0;
    dialog.connection = transport_of(context_, request);
    context_.flows.remember(record.flow, dialog.connection.get());
    const MessageRef message(nta_incoming_getrequest(request));
    record.invite = text_of(message.get());
    if (record.invite.empty() || !build(context_, dialog)) {
        return false;
    }
    nta_incoming_tag(request, tag.c_str());
    nta_incoming_bind(request, &Calls::on_ack_or_cancel, &dialog);
    dialog.invited = request;
    return true;
}

void Calls::announce(Leg& leg, const sip_t& sip, const std::string& replaces) {
    Incoming event;
    event.leg = leg.record.leg;
    event.device = leg.record.device;
    event.trunk = leg.record.trunk;
    const Source& source = leg.dialogs.front()->record.peer;
    event.source = source.host;
    event.proved = event.trunk.empty() || source.transport != Transport::udp;
    event.number = number_called(sip, context_.directory.trunk(leg.record.trunk));
    // RFC 3325: a trunk is trusted to say who really calls.
    CallerIdentity who = caller_of(sip, !leg.record.trunk.empty());
    event.caller = std::move(who.number);
    event.caller_name = std::move(who.name);
    event.hops = hops_of(sip);
    if (sip.sip_max_forwards != nullptr) {
        event.max_forwards =
            static_cast<int>(std::min<unsigned long>(sip.sip_max_forwards->mf_count, 70));
    }
    event.sdp = description_of(sip).sdp;
    leg.offer_was_ours = event.sdp.empty();
    leg.record.remote_digest = digest_hex(DigestAlgorithm::sha256, event.sdp).substr(0, 16);
    event.replaces_leg = replaces;
    event.call_id = leg.dialogs.front()->record.call_id;
    if (!text::is_utf8(event.call_id)) {
        event.call_id.clear();
    }
    // The answer must know the session timer that the INVITE asks for, also after a restart.
    static_cast<void>(session_answer(leg, sip));
    event.saved = saved(leg);
    context_.events.emit(std::move(event));
}

void Calls::take(const Ring& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || leg->record.outgoing || leg->record.state != LegState::ringing) {
        return;
    }
    Dialog& dialog = *leg->dialogs.front();
    Reply answer;
    answer.status = command.sdp.empty() ? 180 : 183;
    answer.headers = join({"Contact: " + dialog.record.contact, allow_header});
    answer.body = command.sdp;
    // The library sends it reliably when the INVITE requires 100rel.
    reply(dialog.invited, answer);
    const MessageRef message(nta_incoming_getrequest(dialog.invited));
    const sip_t* sip = message ? sip_object(message.get()) : nullptr;
    if (!command.sdp.empty() && sip != nullptr && lists(sip->sip_require, "100rel")) {
        leg->record.local_sdp = command.sdp;
        dialog.exchanged = true;
    }
}

void Calls::take(const Answer& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || leg->record.outgoing || leg->record.state != LegState::ringing ||
        leg->dialogs.front()->invited == nullptr) {
        return;
    }
    leg->record.state = LegState::answered;
    leg->record.local_sdp = command.sdp;
    send_answer(*leg);
    context_.events.emit(Saved{command.leg, saved(*leg)});
}

void Calls::send_answer(Leg& leg) {
    Dialog& dialog = *leg.dialogs.front();
    const MessageRef message(nta_incoming_getrequest(dialog.invited));
    const sip_t* sip = message ? sip_object(message.get()) : nullptr;
    Reply answer;
    answer.headers = join({"Contact: " + dialog.record.contact, allow_header, supported_header,
                           sip == nullptr ? std::string{} : session_answer(leg, *sip)});
    // RFC 6337 §3: after an UPDATE the answer to the INVITE is history, and not said again.
    answer.body = dialog.updated ? std::string{} : leg.record.local_sdp;
    reply(dialog.invited, answer);
}

int Calls::on_ack_or_cancel(void* magic, nta_incoming_t* /*request*/, const sip_t* sip) {
    Dialog& dialog = *static_cast<Dialog*>(magic);
    if (dialog.invited == nullptr) {
        return 0;
    }
    if (sip == nullptr) {
        dialog.calls.on_no_ack(dialog);
    } else if (sip->sip_request->rq_method == sip_method_ack) {
        dialog.calls.on_ack(dialog, *sip);
    } else if (sip->sip_request->rq_method == sip_method_cancel) {
        dialog.calls.on_cancel(dialog, *sip);
    }
    return 0;
}

void Calls::on_ack(Dialog& dialog, const sip_t& sip) {
    Leg& leg = dialog.leg;
    if (leg.record.state != LegState::answered) {
        return;
    }
    nta_incoming_destroy(dialog.invited);
    dialog.invited = nullptr;
    dialog.record.invite.clear();
    leg.record.state = LegState::confirmed;
    if (leg.hang_up_on_ack) {
        say_bye(leg, leg.hang_up_cause);
        bury(leg);
        return;
    }
    arm_session(leg);
    const std::string sdp = leg.offer_was_ours ? description_of(sip).sdp : std::string{};
    if (leg.offer_was_ours) {
        leg.record.remote_digest = digest_hex(DigestAlgorithm::sha256, sdp).substr(0, 16);
    }
    context_.events.emit(Confirmed{leg.record.leg, sdp, saved(leg)});
}

void Calls::on_cancel(Dialog& dialog, const sip_t& sip) {
    Leg& leg = dialog.leg;
    if (leg.record.state != LegState::ringing) {
        return;
    }
    refuse(leg, 487, {}, 0);
    end(leg, Ended{leg.record.leg, 0, true, says_elsewhere(sip), 0});
    bury(leg);
}

void Calls::on_no_ack(Dialog& dialog) {
    // No ACK for 32 s (RFC 3261 §13.3.1.4), or the answer could not be sent at all.
    Leg& leg = dialog.leg;
    nta_incoming_destroy(dialog.invited);
    dialog.invited = nullptr;
    if (leg.record.state == LegState::answered) {
        say_bye(leg, 102);
    }
    end(leg, Ended{leg.record.leg, 408, true, false, 0});
    bury(leg);
}

}  // namespace linka::sip
