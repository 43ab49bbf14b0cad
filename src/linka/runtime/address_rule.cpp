#include "linka/runtime/address_rule.hpp"

#include <cstdint>
#include <cstring>
#include <string>

#include <arpa/inet.h>

namespace linka::runtime {

std::string_view target_fault(const in_addr& ip) {
    const std::uint32_t value = ntohl(ip.s_addr);
    if (value == 0xFFFFFFFFU) {
        return "the broadcast address";
    }
    switch (value >> 28) {
        case 14:
            return "a multicast address";
        case 15:
            return "a reserved address";
        default:
            return value >> 24 == 0 ? "no address of a host" : "";
    }
}

std::string_view target_fault(const in6_addr& ip) {
    if (IN6_IS_ADDR_V4MAPPED(&ip)) {
        in_addr inner{};
        std::memcpy(&inner, &ip.s6_addr[12], sizeof inner);
        return target_fault(inner);
    }
    if (IN6_IS_ADDR_MULTICAST(&ip)) {
        return "a multicast address";
    }
    return IN6_IS_ADDR_UNSPECIFIED(&ip) ? "no address of a host" : "";
}

std::string_view target_fault(std::string_view ip) {
    if (ip.size() >= INET6_ADDRSTRLEN) {
        return "no IP address";
    }
    const std::string text(ip);
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1) {
        return target_fault(four);
    }
    in6_addr six{};
    return ::inet_pton(AF_INET6, text.c_str(), &six) == 1 ? target_fault(six) : "no IP address";
}

}  // namespace linka::runtime
