// IP addresses as text: which kind, and which of ours faces a peer.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace linka::sip {

bool is_ip_address(std::string_view host);
/// Equal as addresses ("::1" and "0:0:0:0:0:0:0:1"); as text if they are none.
bool same_address(std::string_view a, std::string_view b);
bool is_loopback(std::string_view host);
/// RFC 1918, RFC 6598, RFC 4193, link-local and loopback.
bool is_private(std::string_view host);

/// Who is counted as one: an IPv4 address, the /64 of an IPv6 address (one host may have all of
/// it); text that is no address as it is.
std::string network_of(std::string_view host);

/// Our address towards a peer, as the routing table has it; remembers the last 1,000 answers.
class LocalAddresses {
  public:
    /// `peer` must be an IP address; empty if there is no way to it.
    const std::string& towards(const std::string& peer);

  private:
    std::map<std::string, std::string> known_;
};

}  // namespace linka::sip
