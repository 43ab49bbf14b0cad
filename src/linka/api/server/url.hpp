// Percent-encoding, paths and query strings (RFC 3986, and the form encoding of the WHATWG URL
// standard). Bounded; what is malformed is refused, never guessed.
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

/// Decodes %XX. None if a % is not followed by two hex digits, or the result is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text);
/// The same with + as space, as forms and query strings write it.
std::optional<std::string> form_decode(std::string_view text);
/// Encodes all but the unreserved characters of RFC 3986.
std::string percent_encode(std::string_view text);

inline constexpr std::size_t pairs_max = 2000;

/// Splits `a=1&b=2` and decodes both sides. A key without '=' has an empty value.
Result<Pairs> parse_form(std::string_view text);

/// The segments of an absolute path, each decoded after splitting, so that %2F stays inside one.
/// `.`, `..`, NUL and more than 16 segments are refused; an empty last segment is dropped.
Result<std::vector<std::string>> parse_path(std::string_view path);

/// First value of `key`, or null.
const std::string* find_pair(const Pairs& pairs, std::string_view key);

}  // namespace linka::api
