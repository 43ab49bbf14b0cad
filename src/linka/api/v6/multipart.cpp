#include "linka/api/v6/multipart.hpp"

#include "linka/api/server/url.hpp"
#include "linka/base/text.hpp"

#include <vector>

namespace linka::api::v6 {

namespace {

constexpr std::size_t boundary_bytes_max = 70;  // RFC 2046 5.1.1

// The parameter `name` of a header's value, e.g. of `form-data; name="title"`; empty without it.
std::string_view parameter(std::string_view value, std::string_view name) {
    for (const std::string_view part : text::split(value, ';')) {
        const std::string_view trimmed = text::trim(part);
        const std::size_t equals = trimmed.find('=');
        if (equals == std::string_view::npos ||
            !text::equal_ignoring_case(trimmed.substr(0, equals), name)) {
            continue;
        }
        std::string_view found = trimmed.substr(equals + 1);
        if (found.size() >= 2 && found.front() == '"' && found.back() == '"') {
            found = found.substr(1, found.size() - 2);
        }
        return found;
    }
    return {};
}

// The header's value in the head of a part; empty without it.
std::string_view disposition_of(std::string_view head) {
    constexpr std::string_view disposition = "Content-Disposition:";
    for (const std::string_view line : text::split(head, '\n')) {
        const std::string_view trimmed = text::trim(line);
        if (text::starts_with_ignoring_case(trimmed, disposition)) {
            return trimmed.substr(disposition.size());
        }
    }
    return {};
}

// Takes what stands before `mark` from `rest`, and the mark.
bool take_until(std::string_view mark, std::string_view& rest, std::string_view& taken) {
    const std::size_t at = rest.find(mark);
    if (at == std::string_view::npos) {
        return false;
    }
    taken = rest.substr(0, at);
    rest.remove_prefix(at + mark.size());
    return true;
}

struct Part {
    std::string_view disposition;
    std::string_view value;
};

Result<std::vector<Part>> parts_of(std::string_view content_type, std::string_view body) {
    const std::string_view boundary = parameter(content_type, "boundary");
    if (boundary.empty() || boundary.size() > boundary_bytes_max) {
        return fail(ErrorCode::invalid, "multipart without a boundary");
    }
    const std::string mark = "--" + std::string(boundary);
    std::string_view rest = body;
    std::string_view head;
    Part part;
    std::vector<Part> parts;
    bool more = take_until(mark, rest, head);
    while (more && rest.starts_with("\r\n")) {
        more = take_until("\r\n\r\n", rest, head) && take_until("\r\n" + mark, rest, part.value);
        part.disposition = disposition_of(head);
        if (!more || parameter(part.disposition, "name").empty()) {
            return fail(ErrorCode::invalid, "malformed multipart body");
        }
        if (parts.size() == pairs_max) {
            return fail(ErrorCode::full, "too many fields");
        }
        parts.push_back(part);
    }
    if (!more || !rest.starts_with("--")) {
        return fail(ErrorCode::invalid, "malformed multipart body");
    }
    return parts;
}

}  // namespace

Result<Pairs> parse_multipart(std::string_view content_type, std::string_view body) {
    const auto parts = parts_of(content_type, body);
    if (!parts) {
        return parts.error();
    }
    Pairs pairs;
    for (const Part& part : *parts) {
        const std::string_view name = parameter(part.disposition, "name");
        if (!text::is_utf8(name) || !text::is_utf8(part.value)) {
            return fail(ErrorCode::invalid, "malformed multipart body");
        }
        pairs.emplace_back(name, part.value);
    }
    return pairs;
}

Result<std::string_view> file_in_multipart(std::string_view content_type, std::string_view body) {
    const auto parts = parts_of(content_type, body);
    if (!parts) {
        return parts.error();
    }
    for (const Part& part : *parts) {
        if (!parameter(part.disposition, "filename").empty()) {
            return part.value;
        }
    }
    return fail(ErrorCode::not_found, "there is no file in the form");
}

}  // namespace linka::api::v6
