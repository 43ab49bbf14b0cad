#include "linka/sip/dialog.hpp"

#include "linka/base/text.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/reach.hpp"

namespace linka::sip {
namespace {

std::string joined(const std::vector<std::string>& routes) {
    std::string text;
    for (const std::string& route : routes) {
        text += text.empty() ? "" : ", ";
        text += route;
    }
    return text;
}

// What `encode` writes. The library's encoders leave a string out that would end at the last byte
// but one of the buffer, and return its length all the same (so do its own msg_as_string and
// sip_header_as_string): there is always room to spare.
template <typename Encode>
std::string encoded(Encode encode) {
    constexpr std::size_t room_to_spare = 64;
    std::string text(1024, '\0');
    for (int attempt = 0; attempt < 2; ++attempt) {
        const issize_t size = encode(text.data(), text.size());
        if (size < 0) {
            return {};
        }
        const auto needed = static_cast<std::size_t>(size);
        if (needed + room_to_spare <= text.size()) {
            text.resize(needed);
            return text;
        }
        text.assign(needed + room_to_spare, '\0');
    }
    return {};
}

const char* or_null(const std::string& text) {
    return text.empty() ? nullptr : text.c_str();
}

}  // namespace

Dialog::~Dialog() {
    // Destroying an unanswered server transaction answers it with 500; leaving the library's
    // shutdown to free it sends nothing, which is what a restart needs.
    if (invited != nullptr) {
        nta_incoming_bind(invited, nullptr, nullptr);
        if (nta_incoming_status(invited) >= 200) {
            nta_incoming_destroy(invited);
        }
    }
    if (invite != nullptr) {
        nta_outgoing_bind(invite, nullptr, nullptr);
        nta_outgoing_destroy(invite);
    }
    if (nta != nullptr) {
        nta_leg_destroy(nta);
    }
}

bool build(Context& context, Dialog& dialog) {
    take_sequence(dialog);
    if (dialog.nta != nullptr) {
        nta_leg_destroy(dialog.nta);
        dialog.nta = nullptr;
    }
    const DialogRecord& record = dialog.record;
    const std::string cseq = text::format("{} INVITE", record.cseq);
    nta_leg_t* leg = nta_leg_tcreate(
        context.agent, &Calls::on_request, &dialog, SIPTAG_CALL_ID_STR(record.call_id.c_str()),
        SIPTAG_FROM_STR(record.local.c_str()), SIPTAG_TO_STR(record.remote.c_str()),
        SIPTAG_CSEQ_STR(cseq.c_str()),
        NTATAG_REMOTE_CSEQ(static_cast<unsigned>(record.remote_cseq)), TAG_END());
    if (leg == nullptr) {
        return false;
    }
    dialog.nta = leg;
    Home home;
    const std::string joined_routes = joined(record.routes);
    sip_record_route_t* routes =
        joined_routes.empty() ? nullptr : sip_record_route_make(home.get(), joined_routes.c_str());
    sip_contact_t* target =
        record.target.empty() ? nullptr : sip_contact_make(home.get(), record.target.c_str());
    if ((routes == nullptr) != joined_routes.empty() ||
        (target == nullptr) != record.target.empty()) {
        return false;
    }
    // As a server's route set: in order, and the library notices loose routing.
    nta_leg_server_route(leg, routes, target);
    return true;
}

void take_sequence(Dialog& dialog) {
    if (dialog.nta != nullptr) {
        dialog.record.cseq =
            std::max<std::int64_t>(dialog.record.cseq, nta_leg_get_seq(dialog.nta));
        dialog.record.remote_cseq =
            std::max<std::int64_t>(dialog.record.remote_cseq, nta_leg_get_rseq(dialog.nta));
    }
}

tport_t* connection_of(const Context& context, const Dialog& dialog) {
    if (dialog.record.peer.transport == Transport::udp) {
        return nullptr;
    }
    if (Flows::alive(dialog.connection.get())) {
        return dialog.connection.get();
    }
    tport_t* connection = context.flows.find(dialog.record.flow);
    // A phone may register with another Contact than it calls with; behind NAT its newest
    // connection is the only way left.
    const std::string& device = dialog.leg.record.device;
    const bool try_device = connection == nullptr && dialog.record.behind_nat && !device.empty();
    return try_device ? context.flows.find(device) : connection;
}

nta_outgoing_t* send(Context& context, Dialog& dialog, sip_method_t method, const char* name,
                     const Parts& parts, nta_response_f* callback) {
    const DialogRecord& record = dialog.record;
    tport_t* connection = connection_of(context, dialog);
    const std::string& said = record.routes.empty() ? record.target : record.routes.front();
    bool to_source =
        record.behind_nat && record.routes.empty() && record.peer.transport == Transport::udp;
    if (!to_source && connection == nullptr && !reach_fault(said).empty()) {
        counters().unreachable.add();
        to_source = true;
    }
    const std::string route = to_source ? uri_of(record.peer) : std::string{};
    if (to_source && !reach_fault(route).empty()) {
        return nullptr;
    }
    const std::string& next = to_source ? route : said;
    return nta_outgoing_tcreate(
        dialog.nta, callback, &dialog, to_source ? URL_STRING_MAKE(route.c_str()) : nullptr, method,
        name, nullptr, TAG_IF(connection != nullptr, NTATAG_TPORT(connection)),
        TPTAG_IDENT(ident_for(next)),
        TAG_IF(!parts.ack_branch.empty(), NTATAG_ACK_BRANCH(parts.ack_branch.c_str())),
        SIPTAG_CSEQ_STR(or_null(parts.cseq)), SIPTAG_CONTACT_STR(record.contact.c_str()),
        SIPTAG_USER_AGENT_STR(context.options.user_agent.c_str()),
        SIPTAG_HEADER_STR(or_null(parts.headers)),
        TAG_IF(!parts.body.empty(), SIPTAG_CONTENT_TYPE_STR(parts.content_type.c_str())),
        SIPTAG_PAYLOAD_STR(or_null(parts.body)), TAG_END());
}

nta_outgoing_t* send_first(Context& context, Dialog& dialog, const std::string& request_uri,
                           const Parts& parts, nta_response_f* callback) {
    const DialogRecord& record = dialog.record;
    tport_t* connection = connection_of(context, dialog);
    if (connection == nullptr &&
        !reach_fault(record.route.empty() ? request_uri : record.route).empty()) {
        counters().unreachable.add();
        return nullptr;
    }
    return nta_outgoing_tcreate(
        dialog.nta, callback, &dialog,
        record.route.empty() ? nullptr : URL_STRING_MAKE(record.route.c_str()), SIP_METHOD_INVITE,
        URL_STRING_MAKE(request_uri.c_str()),
        TAG_IF(connection != nullptr, NTATAG_TPORT(connection)),
        TPTAG_IDENT(ident_for(record.route.empty() ? request_uri : record.route)),
        SIPTAG_CONTACT_STR(record.contact.c_str()),
        SIPTAG_USER_AGENT_STR(context.options.user_agent.c_str()),
        SIPTAG_HEADER_STR(or_null(parts.headers)),
        TAG_IF(!parts.body.empty(), SIPTAG_CONTENT_TYPE_STR(parts.content_type.c_str())),
        SIPTAG_PAYLOAD_STR(or_null(parts.body)), TAG_END());
}

std::string text_of(msg_t* message) {
    if (message == nullptr || msg_serialize(message, msg_object(message)) < 0) {
        return {};
    }
    return encoded([&](char* buffer, std::size_t size) {
        return msg_object_e(buffer, static_cast<isize_t>(size), msg_object(message), 0);
    });
}

std::string text_of_header(const void* header) {
    if (header == nullptr) {
        return {};
    }
    return encoded([&](char* buffer, std::size_t size) {
        return msg_header_field_e(buffer, static_cast<isize_t>(size),
                                  static_cast<const msg_header_t*>(header), 0);
    });
}

std::string tag_of(const std::string& address) {
    Home home;
    const sip_from_t* parsed = sip_from_make(home.get(), address.c_str());
    return parsed == nullptr ? std::string{} : copy(parsed->a_tag);
}

}  // namespace linka::sip
