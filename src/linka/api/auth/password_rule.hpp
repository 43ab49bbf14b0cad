// The one rule for new passwords, of people and of telephones, whoever sets them.
#pragma once

#include "linka/api/auth/password.hpp"
#include "linka/base/text.hpp"
#include "linka/core/records/words.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace linka::api {

/// The same in both languages.
struct BothLanguages {
    std::string cs;
    std::string en;
};

/// Why this password is not taken; none: it is. It has characters that whoever types it sees, on
/// any keyboard. In the demo, whose passwords everybody knows, six are enough ("sip330").
inline std::optional<BothLanguages> password_fault(std::string_view password, bool demo) {
    if (!text::is_utf8(password)) {
        return BothLanguages{"Heslo není text v UTF-8", "The password is no text in UTF-8"};
    }
    if (core::has_hidden(password)) {
        return BothLanguages{"Heslo nesmí mít znaky, které nejsou vidět",
                             "A password has no characters that are not seen"};
    }
    const auto is_first = [](char byte) { return (static_cast<unsigned char>(byte) >> 6) != 2; };
    const auto characters =
        static_cast<std::size_t>(std::count_if(password.begin(), password.end(), is_first));
    const std::size_t least = demo ? password_size_min_demo : password_size_min;
    if (characters >= least && password.size() <= password_bytes_max) {
        return std::nullopt;
    }
    const std::string from = std::to_string(least);
    const std::string to = std::to_string(password_bytes_max);
    return BothLanguages{
        "Heslo má mít aspoň " + from + " znaků a nejvýš " + to + " bajtů",
        "A password has at least " + from + " characters and at most " + to + " bytes"};
}

}  // namespace linka::api
