// One's own password, and one's token for programs. Whoever finds a computer unlocked, or a cookie,
// must not take the account over: the present password is asked for, and guesses count like those
// at signing in. A new password ends all sessions, this one as well, and the token.
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/live/actions.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"

namespace linka::api {

namespace {

struct PasswordBody {
    std::string password;
    std::string new_password;
};
LINKA_DESCRIBE(PasswordBody, (password, new_password))

struct TokenBody {
    std::string password;
};
LINKA_DESCRIBE(TokenBody, (password))

Response fault_of(std::string_view field, Language language, const BothLanguages& text) {
    return error_of(Error{ErrorCode::invalid, language == Language::cs ? text.cs : text.en,
                          std::string(field)});
}

// The present password was not right, or could not be looked at.
Response not_verified(const SignInFailure& failure, Language language) {
    if (failure.busy) {
        return overloaded();
    }
    return failure.retry_after > Duration{}
               ? fault_of("password", language,
                          {"Příliš mnoho neúspěšných pokusů, zkuste to později",
                           "Too many failed attempts, try again later"})
               : fault_of("password", language,
                          {"Současné heslo nesouhlasí", "This is not your current password"});
}

// Runs `then` on a worker if this is the caller's password.
void with_password(const Site& site, const Call& call, const std::string& password,
                   const Respond& respond, std::function<void()> then) {
    site.accounts.verify(
        {call.user->name, password, call.request.peer,
         call.request.cookie(known_browser_cookie).value_or("")},
        [respond, language = call.language, then = std::move(then)](
            const std::shared_ptr<const core::User>& user, const SignInFailure& failure) {
            if (user) {
                then();
            } else {
                respond(not_verified(failure, language));
            }
        });
}

void change_password(const Site& site, const Call& call, const Respond& respond) {
    const auto body = json::from_text<PasswordBody>(call.request.body);
    if (!body) {
        respond(error_of(body.error()));
        return;
    }
    if (const auto fault = password_fault(body->new_password, is_demo(site))) {
        respond(fault_of("new_password", call.language, *fault));
        return;
    }
    with_password(
        site, call, body->password, respond,
        [&site, respond, user = call.user, language = call.language, next = body->new_password,
         note = note_of(site, call.request, *call.user, "password.change", call.user->name)] {
            const Status set = site.accounts.set_password(user->name, next, user->id, note);
            respond(set ? json_response("{}") : error_of(set.error(), language));
        });
}

// A lasting token for programs; making one ends the one before.
void make_token(const Site& site, const Call& call, const Respond& respond) {
    const std::string_view given = text::trim(call.request.body);
    const auto body = json::from_text<TokenBody>(given.empty() ? "{}" : given);
    if (!body) {
        respond(error_of(body.error()));
        return;
    }
    with_password(
        site, call, body->password, respond,
        [&site, respond, user = call.user, language = call.language,
         note = note_of(site, call.request, *call.user, "token.create", call.user->name)] {
            const auto token = site.accounts.new_lasting_token(*user, note);
            respond(token ? json_response(R"({"token":")" + *token + R"("})")
                          : error_of(token.error(), language));
        });
}

}  // namespace

void add_password_routes(Router& router, const Site& site) {
    router.add(Method::post, "/api/live/me/password",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   change_password(site, call, respond);
               }));
    router.add(Method::post, "/api/live/me/token",
               signed_in(site, [&site](const Call& call, const Respond& respond) {
                   make_token(site, call, respond);
               }));
}

}  // namespace linka::api
