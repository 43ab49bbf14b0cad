#include "linka/sip/context.hpp"

#include "linka/base/text.hpp"
#include "linka/sip/headers.hpp"

#include <arpa/inet.h>

namespace linka::sip {

namespace {

Source source_of(const tport_t* transport, msg_t* message) {
    Source source;
    if (transport != nullptr) {
        const std::string_view protocol = view(tport_name(transport)->tpn_proto);
        source.transport = text::equal_ignoring_case(protocol, "tls")   ? Transport::tls
                           : text::equal_ignoring_case(protocol, "tcp") ? Transport::tcp
                                                                        : Transport::udp;
    }
    const su_sockaddr_t* address = message != nullptr ? msg_addr(message) : nullptr;
    if (address != nullptr) {
        char host[SU_ADDRSIZE] = "";
        su_inet_ntop(address->su_family, SU_ADDR(address), host, sizeof host);
        source.host = plain_host(host);
        source.port = ntohs(address->su_port);
    }
    return source;
}

}  // namespace

Source source_of(const Context& context, nta_incoming_t* request) {
    const TransportRef transport = transport_of(context, request);
    const MessageRef message(nta_incoming_getrequest(request));
    return source_of(transport.get(), message.get());
}

Source source_of(const Context& context, msg_t* message) {
    return source_of(tport_delivered_by(nta_agent_tports(context.agent), message), message);
}

TransportRef transport_of(const Context& context, nta_incoming_t* request) {
    const MessageRef message(nta_incoming_getrequest(request));
    return TransportRef(nta_incoming_transport(context.agent, request, message.get()));
}

std::string contact_towards(Context& context, const Source& peer) {
    std::string host = context.options.listen.public_address;
    if (host.empty()) {
        host = context.local_addresses.towards(peer.host);
    }
    if (host.empty()) {
        host = context.options.listen.address;
    }
    const bool tls = peer.transport == Transport::tls;
    return text::format("<sip:linka@{}:{}{}>", uri_host(host),
                        tls ? context.tls_port : context.port,
                        tls                                ? ";transport=tls"
                        : peer.transport == Transport::tcp ? ";transport=tcp"
                                                           : "");
}

std::string uri_of(const Source& source) {
    return text::format("sip:{}:{};transport={}", uri_host(source.host), source.port,
                        name_of(source.transport));
}

const char* ident_for(std::string_view uri) {
    const std::size_t at = uri.find('@');
    const std::size_t start = at != std::string_view::npos ? at + 1 : uri.find(':') + 1;
    const std::string_view host = uri.substr(std::min(start, uri.size()));
    if (host.starts_with("[")) {
        return ip6_ident;
    }
    return is_ip_address(host.substr(0, host.find_first_of(":;>?"))) ? ip4_ident : nullptr;
}

void reply(const Context& context, nta_incoming_t* request, const Reply& what) {
    const char* phrase = what.phrase != nullptr ? what.phrase : sip_status_phrase(what.status);
    nta_incoming_treply(
        request, what.status, phrase, SIPTAG_SERVER_STR(context.options.user_agent.c_str()),
        TAG_IF(!what.headers.empty(), SIPTAG_HEADER_STR(what.headers.c_str())),
        TAG_IF(!what.body.empty(), SIPTAG_CONTENT_TYPE_STR(what.content_type.c_str())),
        TAG_IF(!what.body.empty(), SIPTAG_PAYLOAD_STR(what.body.c_str())), TAG_END());
}

}  // namespace linka::sip
