#include "linka/api/server/url.hpp"

#include "linka/base/text.hpp"

namespace linka::api {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    if (!text::is_utf8(out)) {
        return std::nullopt;
    }
    return out;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
    return decode(text, false);
}

std::optional<std::string> form_decode(std::string_view text) {
    return decode(text, true);
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                           (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

Result<Pairs> parse_form(std::string_view text) {
    Pairs pairs;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (part.empty()) {
            continue;
        }
        if (pairs.size() >= pairs_max) {
            return fail(ErrorCode::full, "more than 2000 parameters");
        }
        const std::size_t equals = part.find('=');
        auto key = form_decode(part.substr(0, equals));
        auto value =
            equals == std::string_view::npos ? std::string() : form_decode(part.substr(equals + 1));
        if (!key || !value) {
            return fail(ErrorCode::invalid, "a parameter is not percent-encoded UTF-8");
        }
        pairs.emplace_back(std::move(*key), std::move(*value));
    }
    return pairs;
}

Result<std::vector<std::string>> parse_path(std::string_view path) {
    if (path.empty() || path.front() != '/') {
        return fail(ErrorCode::invalid, "the path must begin with /");
    }
    std::vector<std::string> segments;
    for (const std::string_view part : text::split(path.substr(1), '/')) {
        auto segment = percent_decode(part);
        if (!segment || *segment == "." || *segment == "..") {
            return fail(ErrorCode::invalid, "the path is malformed");
        }
        segments.push_back(std::move(*segment));
        if (segments.size() > 16) {
            return fail(ErrorCode::invalid, "the path has more than 16 segments");
        }
    }
    while (!segments.empty() && segments.back().empty()) {
        segments.pop_back();
    }
    return segments;
}

const std::string* find_pair(const Pairs& pairs, std::string_view key) {
    for (const auto& [name, value] : pairs) {
        if (name == key) {
            return &value;
        }
    }
    return nullptr;
}

}  // namespace linka::api
