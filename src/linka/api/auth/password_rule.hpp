// The one rule for new passwords, of people and of telephones, whoever sets them.
#pragma once

#include "linka/api/auth/password.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace linka::api {

/// The same in both languages.
struct BothLanguages {
    std::string cs;
    std::string en;
};

/// Why this password is not taken; none: it is. In the demo, whose passwords everybody knows, six
/// characters are enough ("sip330").
inline std::optional<BothLanguages> password_fault(std::string_view password, bool demo) {
    const std::size_t least = demo ? password_size_min_demo : password_size_min;
    if (password.size() >= least && password.size() <= password_bytes_max) {
        return std::nullopt;
    }
    const std::string from = std::to_string(least);
    const std::string to = std::to_string(password_bytes_max);
    return BothLanguages{"Heslo má mít " + from + " až " + to + " znaků",
                         "A password has between " + from + " and " + to + " characters"};
}

}  // namespace linka::api
