#include "linka/voice/media_address.hpp"

#include "linka/base/text.hpp"

#include <utility>

namespace linka::voice {
namespace {

// Documentation addresses (RFC 5737, RFC 3849): the way to them is the default route.
constexpr const char* somewhere = "192.0.2.1";

bool is_ipv6(std::string_view address) {
    return address.find(':') != std::string_view::npos;
}

std::string ip_or_nothing(std::string_view host) {
    return sip::is_ip_address(host) ? std::string(host) : std::string();
}

}  // namespace

MediaAddresses::MediaAddresses(AddressOptions options)
    : options_(std::move(options)),
      any_(options_.local.empty() || options_.local == "0.0.0.0" || options_.local == "::") {
}

MediaAddress MediaAddresses::towards(const std::string& peer) {
    MediaAddress address = facing(peer);
    const bool beyond = !peer.empty() && !sip::is_private(peer);
    if (beyond && !options_.given.empty() && is_ipv6(options_.given) == is_ipv6(address.bind)) {
        address.advertise = options_.given;
    }
    return address;
}

MediaAddress MediaAddresses::facing(const std::string& peer) {
    if (any_) {
        std::string own = local_.towards(peer.empty() ? somewhere : peer);
        if (own.empty()) {
            own = is_ipv6(peer) ? "::1" : "127.0.0.1";
        }
        return {is_ipv6(own) ? "::" : "0.0.0.0", own};
    }
    if (peer.empty() || is_ipv6(peer) == is_ipv6(options_.local)) {
        return {options_.local, {}};
    }
    if (sip::is_loopback(options_.local) && sip::is_loopback(peer)) {
        return {is_ipv6(peer) ? "::1" : "127.0.0.1", {}};
    }
    return {is_ipv6(peer) && !options_.local6.empty() ? options_.local6 : options_.local, {}};
}

std::string connection_address(std::string_view sdp) {
    for (const std::string_view raw : text::split(sdp.substr(0, sdp_read_max), '\n')) {
        const std::string_view line = text::trim(raw);
        if (line.starts_with("c=IN IP4 ") || line.starts_with("c=IN IP6 ")) {
            const std::string_view rest = line.substr(9);
            return ip_or_nothing(rest.substr(0, rest.find('/')));
        }
    }
    return {};
}

std::string host_of(std::string_view address) {
    const std::string_view host = address.substr(0, address.find(' '));
    if (host.starts_with('[')) {
        return ip_or_nothing(host.substr(1, host.find(']') - 1));
    }
    const std::string bare = ip_or_nothing(host);
    return bare.empty() ? ip_or_nothing(host.substr(0, host.rfind(':'))) : bare;
}

}  // namespace linka::voice
