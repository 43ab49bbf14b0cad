#include "linka/api/server/response_text.hpp"

#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::api {

namespace {

bool is_safe(std::string_view value) {
    return std::none_of(value.begin(), value.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
}

bool has(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) {
        return text::equal_ignoring_case(header.first, name);
    });
}

void add(std::string& out, std::string_view name, std::string_view value) {
    if (is_safe(value)) {
        out += name;
        out += ": ";
        out += value;
        out += "\r\n";
    }
}

void add_unless_set(std::string& out, const Response& response, std::string_view name,
                    std::string_view value) {
    if (!has(response, name)) {
        add(out, name, value);
    }
}

}  // namespace

std::string head_text(const Response& response, bool keep_alive, bool secure) {
    std::string out =
        text::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
    for (const auto& [name, value] : response.headers) {
        add(out, name, value);
    }
    const bool no_body = response.status == 204 || response.status == 304;
    if (!no_body) {
        const std::int64_t length =
            response.file ? response.file->length : static_cast<std::int64_t>(response.body.size());
        add(out, "Content-Type", response.type);
        add(out, "Content-Length", std::to_string(length));
    }
    add_unless_set(out, response, "Cache-Control", "no-store");
    // No Strict-Transport-Security: with a certificate of one's own it would lock people out of
    // the page that explains how to trust it.
    add_unless_set(out, response, "Content-Security-Policy",
                   "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    add(out, "X-Content-Type-Options", "nosniff");
    add(out, "X-Frame-Options", "DENY");
    add_unless_set(out, response, "Referrer-Policy", "no-referrer");
    if (secure) {
        add(out, "Cross-Origin-Resource-Policy", "same-origin");
    }
    add(out, "Connection", keep_alive ? "keep-alive" : "close");
    out += "\r\n";
    return out;
}

std::string upgrade_text(std::string_view key, std::string_view version,
                         std::string_view protocol) {
    std::string out = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    add(out, "Sec-WebSocket-Key", key);
    add(out, "Sec-WebSocket-Version", version);
    if (!protocol.empty()) {
        add(out, "Sec-WebSocket-Protocol", protocol);
    }
    out += "\r\n";
    return out;
}

}  // namespace linka::api
