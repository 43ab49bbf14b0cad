// Where we send when a stranger names the address (in an SDP, a Contact, a Via): one host, never a
// group of them. Whether that host is wanted there is for the caller to know.
#pragma once

#include <string_view>

#include <netinet/in.h>

namespace linka::runtime {

/// What is wrong with sending to that address, in words that follow "is"; empty: nothing. Refused
/// are 0.0.0.0/8 ("this network") and ::, multicast (RFC 5771, RFC 4291 §2.7), the limited
/// broadcast address and the rest of 240.0.0.0/4 (RFC 1112 §4). An IPv4 address within an IPv6 one
/// (RFC 4291 §2.5.5.2) is judged as what it is. Loopback is as good as any. The broadcast addresses
/// of our own networks need no rule: Linux refuses them to sockets without SO_BROADCAST.
std::string_view target_fault(const in_addr& ip);
std::string_view target_fault(const in6_addr& ip);
/// Of a numeric address without brackets; a name is "no IP address".
std::string_view target_fault(std::string_view ip);

}  // namespace linka::runtime
