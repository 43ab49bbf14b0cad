#include "linka/api/files/range.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <optional>

namespace linka::api {

namespace {

// Digits only; anything longer than a file can be counts as the largest number.
std::optional<std::int64_t> number(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    return text.size() > 18 ? INT64_MAX : text::to_int(text).value_or(INT64_MAX);
}

}  // namespace

ByteRange parse_range(std::string_view header, std::int64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (!text::starts_with_ignoring_case(header, unit)) {
        return {};
    }
    const std::string_view spec = text::trim(header.substr(unit.size()));
    const std::size_t dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) {
        return {};
    }
    const std::string_view left = text::trim(spec.substr(0, dash));
    const std::string_view right = text::trim(spec.substr(dash + 1));
    if (left.empty()) {
        const auto count = number(right);
        if (!count) {
            return {};
        }
        if (*count == 0 || size == 0) {
            return {ByteRange::Kind::unsatisfiable, 0, 0};
        }
        return {ByteRange::Kind::part, size - std::min(*count, size), size - 1};
    }
    const auto first = number(left);
    const auto last = right.empty() ? std::optional(INT64_MAX) : number(right);
    if (!first || !last || *last < *first) {
        return {};
    }
    if (*first >= size) {
        return {ByteRange::Kind::unsatisfiable, 0, 0};
    }
    return {ByteRange::Kind::part, *first, std::min(*last, size - 1)};
}

}  // namespace linka::api
