// Names of files that people give: of prompts and music. It knows no directory.
#pragma once

#include <string_view>

namespace linka {

inline constexpr std::size_t plain_name_bytes_max = 128;

/// One plain path element, never a way out of its directory.
inline bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= plain_name_bytes_max && name.front() != '.' &&
           name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

}  // namespace linka
