// One's own password. Whoever finds a computer unlocked must not take the account over: the present
// one is asked for, and guesses count like those at signing in. All sessions end, this one as well.
#include "linka/api/auth/password.hpp"

#include "linka/api/live/actions.hpp"
#include "linka/base/json_read.hpp"
#include "linka/runtime/log.hpp"

namespace linka::api {

namespace {

constexpr std::size_t own_password_size_min = 8;  // as for the administrator's first one

struct PasswordBody {
    std::string password;
    std::string new_password;
};
LINKA_DESCRIBE(PasswordBody, (password, new_password))

Response password_fault(std::string_view field, Language language, std::string_view cs,
                        std::string_view en) {
    return error_of(Error{ErrorCode::invalid, std::string(language == Language::cs ? cs : en),
                          std::string(field)});
}

void change_password(const Site& site, const Call& call, const PasswordBody& body,
                     const Respond& respond) {
    site.accounts.sign_in(
        call.user->name, body.password, call.request.peer,
        [&site, respond, user = call.user, language = call.language, next = body.new_password](
            const std::optional<Tokens>& tokens, const SignInFailure& failure) {
            if (!tokens) {
                respond(failure.busy ? overloaded()
                        : failure.retry_after > Duration{}
                            ? password_fault("password", language,
                                             "Příliš mnoho neúspěšných pokusů, zkuste to později",
                                             "Too many failed attempts, try again later")
                            : password_fault("password", language, "Současné heslo nesouhlasí",
                                             "This is not your current password"));
                return;
            }
            const Status set = site.accounts.set_password(user->name, next, user->id);
            if (!set) {
                respond(error_of(set.error()));
                return;
            }
            log::info("own password changed", {{"user", user->name}});
            respond(json_response("{}"));
        });
}

}  // namespace

void add_password_route(Router& router, const Site& site) {
    router.add(
        Method::post, "/api/live/me/password",
        signed_in(site, [&site](const Call& call, const Respond& respond) {
            const auto body = json::from_text<PasswordBody>(call.request.body);
            if (!body) {
                respond(error_of(body.error()));
            } else if (body->new_password.size() < own_password_size_min ||
                       body->new_password.size() > password_bytes_max) {
                respond(password_fault("new_password", call.language, "Heslo má mít 8 až 256 znaků",
                                       "A password has between 8 and 256 characters"));
            } else {
                change_password(site, call, *body, respond);
            }
        }));
}

}  // namespace linka::api
