#include "linka/api/files/encodings.hpp"

#include "linka/base/text.hpp"

#include <optional>
#include <string>

namespace linka::api {

namespace {

// "gzip;q=0", "br; q=0.000": not acceptable.
bool has_no_weight(std::string_view parameters) {
    for (const std::string_view raw : text::split(parameters, ';')) {
        const std::string_view parameter = text::trim(raw);
        if (text::starts_with_ignoring_case(parameter, "q=")) {
            return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
        }
    }
    return false;
}

}  // namespace

bool accepts_encoding(std::string_view header, std::string_view coding) {
    std::optional<bool> any;
    for (const std::string_view item : text::split(header, ',')) {
        const std::size_t end = item.find(';');
        const std::string_view name = text::trim(item.substr(0, end));
        const bool accepted = end == std::string_view::npos || !has_no_weight(item.substr(end + 1));
        if (text::equal_ignoring_case(name, coding)) {
            return accepted;
        }
        if (name == "*") {
            any = accepted;
        }
    }
    return any.value_or(false);
}

bool names_tag(std::string_view header, std::string_view tag) {
    for (const std::string_view item : text::split(header, ',')) {
        std::string_view one = text::trim(item);
        if (one.starts_with("W/")) {
            one.remove_prefix(2);
        }
        if (one == tag || one == "*") {
            return true;
        }
    }
    return false;
}

}  // namespace linka::api
