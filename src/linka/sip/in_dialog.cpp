// Requests of the peer in a dialog, and our small ones.
#include "linka/base/text.hpp"
#include "linka/runtime/log_limited.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"

namespace linka::sip {

int Calls::on_request(void* magic, nta_leg_t* /*nta*/, nta_incoming_t* request, const sip_t* sip) {
    Dialog& dialog = *static_cast<Dialog*>(magic);
    counters().request(view(sip->sip_request->rq_method_name)).add();
    return dialog.calls.on_dialog_request(dialog, request, *sip);
}

int Calls::on_dialog_request(Dialog& dialog, nta_incoming_t* request, const sip_t& sip) {
    const sip_method_t method = sip.sip_request->rq_method;
    if (method == sip_method_ack) {
        // An ACK that found no transaction: late, or after a restart.
        nta_incoming_destroy(request);
        return 0;
    }
    if (method == sip_method_cancel) {
        return 481;
    }
    if (dialog.leg.ended && method != sip_method_bye) {
        return 481;
    }
    learn_way(dialog, request, sip);
    switch (method) {
        case sip_method_bye:
            return on_bye(dialog, request, sip);
        case sip_method_invite:
            return on_peer_offer(dialog, request, sip, false);
        case sip_method_update:
            return on_peer_offer(dialog, request, sip, true);
        case sip_method_info:
            return on_info(dialog, request, sip);
        case sip_method_refer:
            return on_refer(dialog, request, sip);
        case sip_method_options: {
            Reply answer;
            answer.headers =
                text::format("{}\r\n{}\r\nAccept: application/sdp", allow_header, supported_header);
            reply(request, answer);
            nta_incoming_destroy(request);
            return 0;
        }
        case sip_method_notify:  // RFC 6665 §4.1.3: we subscribe to nothing
        case sip_method_prack:   // its 18x is answered already
            return 481;
        default: {
            Reply answer;
            answer.status = 405;
            answer.headers = allow_header;
            reply(request, answer);
            return 405;
        }
    }
}

void Calls::learn_way(Dialog& dialog, nta_incoming_t* request, const sip_t& sip) {
    const Source source = source_of(context_, request);
    if (dialog.record.routes.empty() && !same_address(source.host, dialog.record.peer.host)) {
        // Taken all the same: telephones change networks in a call (RFC 3261 §12.2.2 knows a dialog
        // by its identifiers, ours have 64 random bits). Who listens on a plain wire can do this.
        counters().moved.add();
        static log::Limited line;
        line.info("sip request within a call from another address than its peer's",
                  {{"leg", dialog.leg.record.leg}, {"address", source.host}});
    }
    // A phone that moved to another connection or port is answered there from now on; only where
    // the address is that of the phone and not of a proxy.
    if (dialog.record.routes.empty() && source.transport != Transport::udp) {
        dialog.connection = transport_of(context_, request);
        context_.flows.remember(dialog.record.flow, dialog.connection.get());
        dialog.record.peer = source;
    } else if (dialog.record.behind_nat && dialog.record.routes.empty()) {
        dialog.record.peer = source;
    }
    const sip_method_t method = sip.sip_request->rq_method;
    const bool refreshes_target = method == sip_method_invite || method == sip_method_update;
    if (refreshes_target && sip.sip_contact != nullptr) {
        const std::string target = bracketed(*sip.sip_contact->m_url);
        if (!target.empty() && target != dialog.record.target) {
            dialog.record.target = target;
            nta_leg_client_reroute(dialog.nta, nullptr, sip.sip_contact, 0);
        }
    }
}

int Calls::on_bye(Dialog& dialog, nta_incoming_t* request, const sip_t& sip) {
    Leg& leg = dialog.leg;
    Reply answer;
    reply(request, answer);
    nta_incoming_destroy(request);
    if (leg.bye != nullptr) {
        return 0;  // both sides hang up
    }
    if (dialog.invited != nullptr && leg.record.state == LegState::ringing) {
        refuse(leg, 487, {}, 0);  // RFC 3261 §15.1.2
    }
    if (leg.record.outgoing && leg.record.state == LegState::ringing) {
        return 0;  // a fork that speaks out of turn; its INVITE will fail by itself
    }
    end(leg, Ended{leg.record.leg, 0, true, says_elsewhere(sip), 0});
    bury(leg);
    return 0;
}

int Calls::on_info(Dialog& dialog, nta_incoming_t* request, const sip_t& sip) {
    Reply answer;
    if (sip.sip_payload != nullptr && sip.sip_payload->pl_len > 0) {
        const std::string_view body(sip.sip_payload->pl_data, sip.sip_payload->pl_len);
        // Some telephones send the digit without saying what it is.
        const std::string_view type = sip.sip_content_type == nullptr
                                          ? "application/dtmf-relay"
                                          : view(sip.sip_content_type->c_type);
        const std::optional<char> digit = read_dtmf_body(type, body);
        if (!digit) {
            answer.status = 415;
            answer.headers = "Accept: application/dtmf-relay, application/dtmf";
            reply(request, answer);
            return 415;
        }
        context_.events.emit(InfoDigit{dialog.leg.record.leg, *digit});
    }
    reply(request, answer);
    nta_incoming_destroy(request);
    return 0;
}

void Calls::take(const AskToAnswer& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || !leg->record.outgoing || leg->record.state != LegState::ringing) {
        return;
    }
    for (const auto& dialog : leg->dialogs) {
        // Only in an early dialog: a phone must have said that it rings.
        if (!dialog->record.can_ask_to_answer || dialog->record.target.empty() ||
            dialog->talk_sent) {
            continue;
        }
        Parts parts;
        parts.headers = "Event: talk\r\nSubscription-State: active";
        nta_outgoing_destroy(send(context_, *dialog, SIP_METHOD_NOTIFY, parts, nullptr));
        dialog->talk_sent = true;
    }
}

void Calls::take(const SendInfoDigit& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || leg->record.state != LegState::confirmed ||
        !read_dtmf_body("application/dtmf", std::string(1, command.digit))) {
        return;
    }
    Dialog& dialog = *leg->dialogs.front();
    Parts parts;
    parts.body = dtmf_body(command.digit);
    parts.content_type = "application/dtmf-relay";
    parts.headers = authorization(*leg, "INFO", dialog.record.target);
    nta_outgoing_destroy(send(context_, dialog, SIP_METHOD_INFO, parts, nullptr));
}

}  // namespace linka::sip
