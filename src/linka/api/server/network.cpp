#include "linka/api/server/network.hpp"

#include <array>
#include <cstring>

#include <arpa/inet.h>

namespace linka::api {

std::string network_of(std::string_view address) {
    const std::string text(address.substr(0, address.find('%')));  // without the link's name
    in6_addr six{};
    if (inet_pton(AF_INET6, text.c_str(), &six) != 1) {
        return text;
    }
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        inet_ntop(AF_INET, &six.s6_addr[12], out.data(), out.size());
        return out.data();
    }
    std::memset(&six.s6_addr[8], 0, 8);
    inet_ntop(AF_INET6, &six, out.data(), out.size());
    return std::string(out.data()) + "/64";
}

}  // namespace linka::api
