#include "linka/api/v6/sign_in.hpp"

#include "linka/api/auth/credentials.hpp"
#include "linka/api/v6/body.hpp"
#include "linka/api/v6/view.hpp"
#include "linka/base/text.hpp"

namespace linka::api::v6 {

namespace {

std::string text_of(const json::Object& body, std::string_view name) {
    const json::Value* value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

bool is_set(const json::Object& body, std::string_view name) {
    const json::Value* value = body.if_contains(name);
    if (value == nullptr) {
        return false;
    }
    if (value->is_string()) {
        return value->get_string() == "1" || value->get_string() == "true";
    }
    return (value->is_bool() && value->get_bool()) || (value->is_int64() && *value == 1);
}

Response tokens_response(const Site& site, const Envelope& envelope, const Tokens& tokens,
                         bool only_token) {
    json::Object result;
    result["accessToken"] = tokens.access;
    result["refreshToken"] = tokens.refresh;
    result["accessTokenExpirationDate"] = envelope.time(tokens.expires);
    const View view{tokens.user, site.directory.now(), envelope, nullptr};
    result["user"] = view.user(*tokens.user);
    Response response =
        envelope.success(only_token ? json::Value(tokens.access) : json::Value(std::move(result)));
    add_sign_in_cookies(response, tokens, site.now());
    return response;
}

Response failed_response(const Envelope& envelope, const SignInFailure& failure) {
    if (failure.retry_after <= Duration{}) {
        return envelope.failure(401, "Neplatné jméno nebo heslo", "Invalid user name or password");
    }
    Response response =
        failure.busy
            ? envelope.failure(503, "Příliš mnoho přihlášení najednou", "Too many sign-ins at once")
            : envelope.failure(429, "Příliš mnoho neúspěšných pokusů", "Too many failed attempts");
    response.headers.emplace_back(
        "Retry-After",
        std::to_string(std::max<std::int64_t>(1, whole_seconds(failure.retry_after + 999ms))));
    return response;
}

void sign_in(const Site& site, const Request& request, const json::Object& body,
             const Respond& respond) {
    const std::string name = text_of(body, "username");
    const std::string password = text_of(body, "password");
    const bool only_token = is_set(body, "only_token");
    const Envelope envelope(request, site.now());
    // Else a page of another site could sign its reader in as somebody else, and see what they do.
    if (is_cross_site(request)) {
        respond(envelope.failure(403, "Přihlášení odeslala jiná stránka",
                                 "sent by a page of another site"));
        return;
    }
    if (name.empty() || name.size() > 128 || password.empty()) {
        respond(failed_response(envelope, {}));
        return;
    }
    site.accounts.sign_in(
        {name, password, request.peer, request.cookie(known_browser_cookie).value_or(""),
         is_from_our_page(request)},
        [&site, envelope, respond, only_token](const std::optional<Tokens>& tokens,
                                               const SignInFailure& failure) {
            if (!tokens) {
                respond(failed_response(envelope, failure));
                return;
            }
            const auto answer = [&site, envelope, respond, only_token, tokens = *tokens] {
                respond(tokens_response(site, envelope, tokens, only_token));
            };
            // Signing in is logging in to the contact centre; without the core people still get in.
            const bool asked = tokens->user->type == core::UserType::CC &&
                               site.live.submit(core::LogIn{tokens->user->id},
                                                [answer](const core::Reply&) { answer(); });
            if (!asked) {
                answer();
            }
        });
}

void refresh(const Site& site, const Request& request, const json::Object& body,
             const Respond& respond) {
    std::string token = text_of(body, "refreshToken");
    if (token.empty() && !is_cross_site(request)) {
        token = request.cookie("c_refresh_token").value_or("");
    }
    const Envelope envelope(request, site.now());
    const bool taken = site.accounting.post([&site, envelope, respond, token = std::move(token)](
                                                const Result<store::Reader*>&) {
        const auto tokens = token.empty() ? std::nullopt : site.accounts.refresh(token);
        respond(tokens ? tokens_response(site, envelope, *tokens, false) : envelope.unauthorized());
    });
    if (!taken) {
        respond(overloaded());
    }
}

void sign_out(const Site& site, const Request& request, const Respond& respond) {
    const Credentials credentials = credentials_of(request);
    const Envelope envelope(request, site.now());
    const bool cross = credentials.by_cookie && is_cross_site(request);
    if (cross || !site.accounts.find(credentials.token)) {
        respond(envelope.unauthorized());
        return;
    }
    const bool taken = site.accounting.post(
        [&site, respond, token = credentials.token](const Result<store::Reader*>&) {
            site.accounts.sign_out(token);
            Response response;
            response.status = 204;
            response.headers.emplace_back("Set-Cookie", cookie_text("c_user", "", 0s, "/"));
            response.headers.emplace_back("Set-Cookie",
                                          cookie_text("c_refresh_token", "", 0s, "/api/v6/login"));
            respond(std::move(response));
        });
    if (!taken) {
        respond(overloaded());
    }
}

}  // namespace

void handle_login(const Site& site, const Request& request, const Respond& respond) {
    if (request.method == Method::del) {
        sign_out(site, request, respond);
        return;
    }
    const auto body = read_body(request);
    if (!body) {
        const Envelope envelope(request, site.now());
        respond(envelope.failure(400, "Požadavek nelze přečíst: " + body.error().text,
                                 body.error().text));
        return;
    }
    if (request.method == Method::put) {
        refresh(site, request, *body, respond);
    } else {
        sign_in(site, request, *body, respond);
    }
}

void handle_whoim(const Site& site, const Request& request, const Respond& respond) {
    const Envelope envelope(request, site.now());
    const Credentials credentials = credentials_of(request);
    json::Object result;
    result["version"] = site.version;
    result["demo"] = is_demo(site);
    result["setup"] = site.needs_setup.load();  // the first password is not set yet
    if (credentials.token.empty()) {
        result["user"] = nullptr;
        respond(envelope.success(result));
        return;
    }
    const auto caller = site.accounts.find(credentials.token);
    if (!caller) {
        respond(envelope.unauthorized());
        return;
    }
    const View view{caller->user, site.directory.now(), envelope, nullptr};
    json::Object user = view.user(*caller->user);
    // A softphone registers as the first of these: no web phones, no numbers outside.
    json::Array extensions;
    for (const core::DeviceRight& right : caller->user->devices) {
        const auto device = view.records->device(right.device);
        if (device && device->type == core::DeviceType::sip && !device->deactivated) {
            extensions.push_back(view.device(*device));
        }
    }
    user["extensions"] = std::move(extensions);
    user["_sys"].as_object()["accessToken"] = caller->token;
    result["user"] = std::move(user);
    Response response = envelope.success(result);
    const auto language = request.cookie("lang");
    if (language && language->size() <= 16 &&
        language->find_first_of(" ;,\"\\") == std::string::npos) {
        response.headers.emplace_back("Set-Cookie",
                                      "lang=" + *language + "; Path=/; SameSite=Strict; Secure");
    }
    respond(std::move(response));
}

}  // namespace linka::api::v6
