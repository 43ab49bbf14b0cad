#include "linka/api/auth/credentials.hpp"

#include "linka/api/server/url.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"

namespace linka::api {

namespace {

std::string in_body(const Request& request) {
    // The name first: bodies are parsed once more by their handlers, most carry no token.
    if (request.body.find("accessToken") == std::string::npos) {
        return {};
    }
    const std::string_view start = text::trim(request.body);
    if (!start.empty() && start.front() == '{') {
        const auto value = json::parse(request.body);
        if (value && value->is_object()) {
            const json::Value* token = value->get_object().if_contains("accessToken");
            if (token != nullptr && token->is_string()) {
                return std::string(token->get_string());
            }
        }
        return {};
    }
    const auto pairs = parse_form(request.body);
    const std::string* token = pairs ? find_pair(*pairs, "accessToken") : nullptr;
    return token != nullptr ? *token : std::string();
}

}  // namespace

Credentials credentials_of(const Request& request) {
    for (const std::string_view name : {"x-auth-token", "x-auth-token-openapi"}) {
        const std::string* value = request.header(name);
        if (value != nullptr && !value->empty()) {
            return {*value, false};
        }
    }
    const std::string* bearer = request.header("authorization");
    if (bearer != nullptr && text::starts_with_ignoring_case(*bearer, "Bearer ")) {
        return {std::string(text::trim(std::string_view(*bearer).substr(7))), false};
    }
    if (request.query.find("accessToken=") != std::string::npos) {
        const auto pairs = parse_form(request.query);
        const std::string* token = pairs ? find_pair(*pairs, "accessToken") : nullptr;
        if (token != nullptr && !token->empty()) {
            return {*token, false};
        }
    }
    const std::string token = in_body(request);
    if (!token.empty()) {
        return {token, false};
    }
    const auto cookie = request.cookie("c_user");
    if (cookie && !cookie->empty()) {
        return {*cookie, true};
    }
    return {};
}

bool is_cross_site(const Request& request) {
    const std::string* origin = request.header("origin");
    const std::string* site = request.header("sec-fetch-site");
    // A page that hides where it is from sends "null"; the browser's own word, which no page can
    // set, then tells a page of ours from a sandboxed one.
    if (origin != nullptr && !(*origin == "null" && site != nullptr)) {
        const std::string* host = request.header("host");
        const std::string expected =
            std::string(request.secure ? "https://" : "http://") + (host ? *host : "");
        return !text::equal_ignoring_case(*origin, expected);
    }
    return site != nullptr && *site != "same-origin" && *site != "none";
}

bool is_from_our_page(const Request& request) {
    return (request.header("origin") != nullptr || request.header("sec-fetch-site") != nullptr) &&
           !is_cross_site(request);
}

std::string cookie_text(const std::string& name, const std::string& value, Duration life,
                        const std::string& path) {
    return text::format("{}={}; Path={}; Max-Age={}; HttpOnly; Secure; SameSite=Strict", name,
                        value, path, whole_seconds(life));
}

void add_sign_in_cookies(Response& response, const Tokens& tokens, Instant now) {
    response.headers.emplace_back("Set-Cookie",
                                  cookie_text("c_user", tokens.access, tokens.expires - now, "/"));
    response.headers.emplace_back(
        "Set-Cookie", cookie_text("c_refresh_token", tokens.refresh, tokens.refresh_expires - now,
                                  "/api/v6/login"));
    if (!tokens.known_browser.empty()) {
        response.headers.emplace_back(
            "Set-Cookie", cookie_text(std::string(known_browser_cookie), tokens.known_browser,
                                      known_browser_life, "/api"));
    }
}

}  // namespace linka::api
