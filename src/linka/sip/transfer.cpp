// REFER (RFC 3515) with Replaces (RFC 3891): accepted at once, its end is reported by NOTIFY.
#include "linka/base/text.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"

#include <cstring>

namespace linka::sip {
namespace {

// The Replaces header inside of a Refer-To URI's `?Replaces=…`, unescaped; empty if none.
std::string embedded_replaces(const url_t& url) {
    if (url.url_headers == nullptr) {
        return {};
    }
    Home home;
    std::string text = copy(url.url_headers).substr(0, 4096);
    for (const std::string_view part : text::split(text, '&')) {
        if (text::starts_with_ignoring_case(part, "Replaces=")) {
            std::string value(part.substr(9));
            url_unescape(value.data(), value.c_str());
            value.resize(std::strlen(value.c_str()));  // it became shorter
            return value;
        }
    }
    return {};
}

}  // namespace

LegId Calls::find_replaced(const sip_replaces_t& replaces, int& refusal) {
    refusal = 481;
    if (replaces.rp_call_id == nullptr || replaces.rp_to_tag == nullptr ||
        replaces.rp_from_tag == nullptr) {
        refusal = 400;
        return 0;
    }
    nta_leg_t* nta = nta_leg_by_replaces(context_.agent, &replaces);
    void* magic = nta == nullptr ? nullptr : nta_leg_magic(nta, &Calls::on_request);
    if (magic == nullptr) {
        return 0;
    }
    const Leg& leg = static_cast<Dialog*>(magic)->leg;
    if (leg.ended) {
        return 0;
    }
    if (replaces.rp_early_only != 0 && leg.record.state != LegState::ringing) {
        refusal = 486;
        return 0;
    }
    refusal = 0;
    return leg.record.leg;
}

int Calls::on_refer(Dialog& dialog, nta_incoming_t* request, const sip_t& sip) {
    Leg& leg = dialog.leg;
    if (leg.record.state != LegState::confirmed) {
        return 403;
    }
    if (sip.sip_refer_to == nullptr) {
        return 400;
    }
    if (leg.transfer_open) {
        return 491;
    }
    TransferAsked event;
    event.leg = leg.record.leg;
    const url_t& target = *sip.sip_refer_to->r_url;
    event.to = decode_user(view(target.url_user));
    const std::string replaces = embedded_replaces(target);
    if (!replaces.empty()) {
        Home home;
        const sip_replaces_t* parsed = sip_replaces_make(home.get(), replaces.c_str());
        int refusal = 400;
        event.replaces_leg = parsed == nullptr ? 0 : find_replaced(*parsed, refusal);
        if (refusal != 0) {
            // Not a blind transfer instead: it would lead to the one who is being asked, and is
            // busy with that.
            return refusal;
        }
    }
    if (event.to.empty() && event.replaces_leg == 0) {
        return 400;
    }
    leg.transfer_open = true;
    leg.transfer_reports =
        !text::equal_ignoring_case(text::trim(unknown_header(sip, "Refer-Sub")), "false");
    Reply answer;
    answer.status = 202;
    answer.headers = "Contact: " + dialog.record.contact;
    if (!leg.transfer_reports) {
        answer.headers += "\r\nRefer-Sub: false";
    }
    reply(request, answer);
    nta_incoming_destroy(request);
    report_transfer(leg, 100, false);
    context_.events.emit(std::move(event));
    return 0;
}

void Calls::take(const TransferResult& command) {
    Leg* leg = find(command.leg);
    if (leg == nullptr || !leg->transfer_open) {
        return;
    }
    const int status = command.status >= 100 && command.status <= 699 ? command.status : 500;
    const bool over = command.over || status >= 200;
    leg->transfer_open = !over;
    report_transfer(*leg, status, over);
}

void Calls::report_transfer(Leg& leg, int status, bool over) {
    if (!leg.transfer_reports) {
        return;
    }
    Dialog& dialog = *leg.dialogs.front();
    Parts parts;
    parts.headers = text::format("Event: refer\r\nSubscription-State: {}",
                                 !over          ? "active;expires=60"
                                 : status < 200 ? "terminated;reason=timeout"
                                                : "terminated;reason=noresource");
    const std::string credentials = authorization(leg, "NOTIFY", dialog.record.target);
    if (!credentials.empty()) {
        parts.headers += "\r\n" + credentials;
    }
    const char* phrase = sip_status_phrase(status);
    parts.content_type = "message/sipfrag;version=2.0";
    parts.body = text::format("SIP/2.0 {} {}\r\n", status, phrase == nullptr ? "Result" : phrase);
    nta_outgoing_destroy(send(context_, dialog, SIP_METHOD_NOTIFY, parts, nullptr));
}

}  // namespace linka::sip
