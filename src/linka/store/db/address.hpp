// Where a database is: a file's path, or postgresql://USER:PASSWORD@HOST:PORT/NAME as libpq takes
// it.
#pragma once

#include "linka/base/result.hpp"

#include <string>
#include <string_view>

namespace linka::store {

/// Whether the address is of a server, not of a file.
[[nodiscard]] inline bool is_server(std::string_view address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

/// The address as messages may show it: without a password.
std::string shown(std::string_view address);

/// `invalid`, with what to write instead: an address of another kind (http://…), or a password
/// whose characters would be taken for parts of the address.
Status check_address(std::string_view address);

}  // namespace linka::store
