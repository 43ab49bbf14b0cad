// Private to core/records: what the checks of records share.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/records/check.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace linka::core {

using Check = std::optional<Fault>;

inline Check fault(std::string field, std::string text) {
    return Fault{std::move(field), std::move(text)};
}

inline bool all_of_set(std::string_view text, std::string_view set) {
    return text.find_first_not_of(set) == std::string_view::npos;
}

inline bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most && all_of_set(text, "0123456789");
}

inline bool within(Duration value, Duration least, Duration most, bool zero) {
    return (zero && value == Duration{}) || (value >= least && value <= most);
}

}  // namespace linka::core
