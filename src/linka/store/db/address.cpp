#include "linka/store/db/address.hpp"

namespace linka::store {

std::string shown(std::string_view address) {
    if (!is_server(address)) {
        return std::string(address);
    }
    // What follows `?` may hold a password as well, and sockets and options that say nothing.
    std::string text(address.substr(0, address.find('?')));
    const std::size_t begin = text.find("//") + 2;
    // A password that was not written as it must be may hold any of `/@%:`.
    const std::size_t at = text.rfind('@');
    const std::size_t colon = text.find(':', begin);
    if (at != std::string::npos && colon < at) {
        text.erase(colon, at - colon);
    }
    return text;
}

Status check_address(std::string_view address) {
    if (!is_server(address)) {
        return address.find(":/") == std::string_view::npos
                   ? Status(Done{})
                   : fail(ErrorCode::invalid,
                          "neither a directory nor an address like postgresql://linka@host/linka");
    }
    const std::string_view whole = address.substr(0, address.find('?'));
    const std::size_t begin = whole.find("//") + 2;
    const std::size_t at = whole.rfind('@');
    const std::string_view who =
        at == std::string_view::npos ? std::string_view() : whole.substr(begin, at - begin);
    if (who.find_first_of("@/") != std::string_view::npos) {
        return fail(ErrorCode::invalid,
                    "in a name or a password @ is written %40, / %2F and % %25");
    }
    return Done{};
}

}  // namespace linka::store
