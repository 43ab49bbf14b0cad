// Small text helpers that the standard library lacks. Locale-free on purpose.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace linka::text {

/// fmt's formatting is the program's way to put text together.
using fmt::format;

std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
/// ASCII only: protocol tokens and host names, never people's names.
std::string lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
/// A whole decimal number and nothing else.
std::optional<std::int64_t> to_int(std::string_view text);
std::string hex(std::string_view bytes);
/// RFC 4648 §4, padded.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
/// So many bytes at the start are ASCII between space and ~ without quotation marks and
/// backslashes; counted by eight, so up to seven more may be.
std::size_t plain_prefix(std::string_view text);
/// True if `text` is well-formed UTF-8 without NUL.
bool is_utf8(std::string_view text);

}  // namespace linka::text
