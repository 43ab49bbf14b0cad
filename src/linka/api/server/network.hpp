// Whom an address stands for, where attempts and connections are counted by sender.
#pragma once

#include <string>
#include <string_view>

namespace linka::api {

/// An IPv4 address itself; of an IPv6 address its first 64 bits ("2001:db8:0:1::/64"), because that
/// much is one subscriber's as a rule (RFC 6177), who can send from any address in it. An IPv4
/// address in IPv6 form (::ffff:192.0.2.1) counts as the IPv4 address. Other text as it is.
std::string network_of(std::string_view address);

}  // namespace linka::api
