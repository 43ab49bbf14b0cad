#include "linka/sip/headers.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>

namespace linka::sip {
namespace {

constexpr std::size_t user_max = 256;
constexpr std::size_t display_max = 128;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Cuts `text` to at most `size` bytes, not inside a UTF-8 character.
void cut(std::string& text, std::size_t size) {
    if (text.size() <= size) {
        return;
    }
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
        --size;
    }
    text.resize(size);
}

std::optional<char> signal_digit(std::string_view signal) {
    if (signal == "10") {
        return '*';
    }
    if (signal == "11") {
        return '#';
    }
    if (signal.size() != 1) {
        return std::nullopt;
    }
    const char c = signal.front();
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'D') || c == '*' || c == '#') {
        return c;
    }
    return c >= 'a' && c <= 'd' ? std::optional<char>(static_cast<char>(c - 'a' + 'A'))
                                : std::nullopt;
}

}  // namespace

std::string decode_user(std::string_view user) {
    // An escaped semicolon belongs to the number, a plain one ends it.
    user = user.substr(0, user.find(';'));
    std::string out;
    for (std::size_t i = 0; i < user.size() && out.size() < user_max; ++i) {
        if (user[i] == '%' && i + 2 < user.size() && hex_digit(user[i + 1]) >= 0 &&
            hex_digit(user[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(user[i + 1]) * 16 + hex_digit(user[i + 2]));
            i += 2;
        } else {
            out += user[i];
        }
    }
    if (!text::is_utf8(out) || std::any_of(out.begin(), out.end(), is_control)) {
        return {};
    }
    return out;
}

std::string encode_user(std::string_view user) {
    std::string out;
    for (const char c : user.substr(0, user_max)) {
        // RFC 3261 §25.1: unreserved and user-unreserved, without ";" and "?" which many peers
        // misread.
        if (is_alphanumeric(c) ||
            std::string_view("-_.!~*'()&=+$,/").find(c) != std::string::npos) {
            out += c;
        } else {
            out += text::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::string read_display(std::string_view display) {
    display = text::trim(display);
    std::string out;
    if (display.size() >= 2 && display.front() == '"' && display.back() == '"') {
        display = display.substr(1, display.size() - 2);
        for (std::size_t i = 0; i < display.size(); ++i) {
            if (display[i] == '\\' && i + 1 < display.size()) {
                ++i;
            }
            out += display[i];
        }
    } else {
        out = display;
    }
    std::erase_if(out, is_control);
    if (!text::is_utf8(out)) {
        return {};
    }
    cut(out, display_max);
    return out;
}

std::string quote_display(std::string_view name) {
    std::string plain(name);
    std::erase_if(plain, is_control);
    if (!text::is_utf8(plain)) {
        plain.clear();
    }
    cut(plain, display_max);
    std::string out = "\"";
    for (const char c : plain) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    out += '"';
    return out;
}

std::string warning_header(std::string_view text) {
    return text::format("Warning: 399 linka {}", quote_display(text));
}

std::optional<std::string> mended_address(std::string_view value) {
    const std::size_t open = value.find('<');
    const std::string_view name = text::trim(value.substr(0, open));
    const bool plain = std::none_of(name.begin(), name.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (open == std::string_view::npos || plain || name.front() == '"' ||
        name.find_first_of(",\"") != std::string_view::npos) {
        return std::nullopt;
    }
    std::string out = text::is_utf8(name) ? quote_display(name) + " " : std::string{};
    out += value.substr(open);
    return out;
}

std::optional<char> read_dtmf_body(std::string_view content_type, std::string_view body) {
    const std::string_view type = text::trim(content_type.substr(0, content_type.find(';')));
    if (!text::equal_ignoring_case(type, "application/dtmf") &&
        !text::equal_ignoring_case(type, "application/dtmf-relay")) {
        return std::nullopt;
    }
    // Telephones differ: "Signal=5", "d=5" or the digit alone, under either type.
    for (std::string_view line : text::split(body.substr(0, 256), '\n')) {
        line = text::trim(line);
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) {
            if (!line.empty()) {
                return signal_digit(line);
            }
            continue;
        }
        const std::string_view key = text::trim(line.substr(0, equals));
        if (text::equal_ignoring_case(key, "Signal") || text::equal_ignoring_case(key, "d")) {
            return signal_digit(text::trim(line.substr(equals + 1)));
        }
    }
    return std::nullopt;
}

std::string dtmf_body(char digit) {
    return text::format("Signal={}\r\nDuration=160\r\n", digit);
}

bool is_answered_elsewhere(std::string_view reason) {
    std::string plain = text::lower(reason.substr(0, 1024));
    std::erase_if(plain, [](char c) { return c == ' ' || c == '\t'; });
    for (const std::string_view value : text::split(plain, ',')) {
        if (value.starts_with("sip;") &&
            (std::string(value) + ";").find(";cause=200;") != std::string::npos) {
            return true;
        }
    }
    return false;
}

bool is_allowed_header(std::string_view name, std::string_view value) {
    static constexpr std::array<std::string_view, 8> allowed = {
        "alert-info",           "call-info", "diversion", "history-info", "p-asserted-identity",
        "p-preferred-identity", "privacy",   "subject"};
    if (name.empty() || name.size() > 64 || value.size() > 1024) {
        return false;
    }
    const bool token = std::all_of(name.begin(), name.end(),
                                   [](char c) { return is_alphanumeric(c) || c == '-'; });
    if (!token || std::any_of(value.begin(), value.end(), is_control)) {
        return false;
    }
    return text::starts_with_ignoring_case(name, "X-") ||
           std::find(allowed.begin(), allowed.end(), text::lower(name)) != allowed.end();
}

std::string plain_host(std::string_view host) {
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    constexpr std::string_view mapped = "::ffff:";
    if (text::starts_with_ignoring_case(host, mapped) && host.find('.') != std::string_view::npos) {
        host.remove_prefix(mapped.size());
    }
    return std::string(host);
}

std::string uri_host(std::string_view host) {
    if (host.find(':') != std::string_view::npos && host.front() != '[') {
        return text::format("[{}]", host);
    }
    return std::string(host);
}

}  // namespace linka::sip
