#include "linka/api/setup_page.hpp"

#include "linka/api/auth/credentials.hpp"
#include "linka/api/auth/password_rule.hpp"
#include "linka/api/auth/token.hpp"
#include "linka/api/server/url.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

namespace linka::api {

namespace {

constexpr std::string_view page_text = R"html(<!doctype html>
<html lang="{}"><head><meta charset="utf-8"><title>Linka</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root{{color-scheme:light dark}}
body{{font:1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem}}
input,button{{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;margin:.3rem 0}}
[role=alert]{{color:#a40000}}
@media (prefers-color-scheme:dark){{[role=alert]{{color:#ff9c9c}}}}</style>
</head><body><main><h1>Linka</h1>
{}
</main></body></html>
)html";

// What stands on the page, in the reader's language.
struct Words {
    std::string_view lang;
    std::string_view intro;
    std::string_view label;
    std::string_view button;
    std::string_view gone;
    std::string_view cross_site;
    std::string_view busy;
    std::string_view again;
    std::string_view done;
    std::string_view enter;
};

constexpr Words czech{"cs",
                      "Nastavte heslo administrátora. Přihlašovat se budete jménem admin.",
                      "Heslo",
                      "Uložit a přihlásit",
                      "Tato adresa už byla použita, nebo nikdy neplatila.",
                      "Formulář odeslala jiná stránka. Otevřete adresu z výpisu serveru znovu.",
                      "Teď to nejde uložit, zkuste to za chvíli znovu.",
                      "Přejít na přihlášení",
                      "Heslo je nastaveno a jste přihlášeni.",
                      "Otevřít Linku"};
constexpr Words english{
    "en",
    "Set the administrator's password. Your user name is admin.",
    "Password",
    "Save and sign in",
    "This address was used already, or was never valid.",
    "Another page sent the form. Open the address that the server printed again.",
    "It cannot be saved now; try again in a moment.",
    "Go to signing in",
    "The password is set and you are signed in.",
    "Open Linka"};

const Words& words_for(const Request& request) {
    return language_of(request) == Language::cs ? czech : english;
}

// `referrer`: the page's own forms must say where they are from, or a browser sends "Origin: null";
// other sites learn nothing of the address.
Response page(const Words& words, std::string_view text, int status = 200) {
    Response response;
    response.status = status;
    response.type = "text/html; charset=utf-8";
    response.body = text::format(page_text, words.lang, text);
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; form-action "
                                  "'self'; frame-ancestors 'none'; base-uri 'none'");
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    return response;
}

// `fault` empty: nothing is wrong yet, and the rule is told beforehand.
Response form_page(const Words& words, std::string_view fault, int status) {
    const BothLanguages rule = *password_fault({}, false);
    const std::string said = fault.empty()
                                 ? text::format("<p>{}.</p>", &words == &czech ? rule.cs : rule.en)
                                 : text::format(R"(<p role="alert">{}</p>)", fault);
    return page(words,
                text::format(R"html(<p>{}</p>{}
<form method="post"><label>{}<input type="password" name="password" minlength="{}" maxlength="{}"
required autofocus autocomplete="new-password"></label><button>{}</button></form>)html",
                             words.intro, said, words.label, password_size_min, password_bytes_max,
                             words.button),
                status);
}

Response fault_page(const Words& words, std::string_view fault, int status) {
    return page(
        words,
        text::format(R"(<p role="alert">{}</p><p><a href="/">{}</a></p>)", fault, words.again),
        status);
}

// Whose token this is.
std::string owner_of(const Site& site, std::string_view token) {
    const auto secrets = site.store.secrets(setup_kind);
    if (!secrets) {
        return {};
    }
    for (const auto& [name, value] : *secrets) {
        if (is_same_secret(token, value)) {
            return name;
        }
    }
    return {};
}

// Saved, signed in, and on to the application; a page, not a redirect, so that programs which set
// the password see that it was taken even where no application is served.
Response signed_in_page(const Site& site, const Request& request,
                        const std::shared_ptr<const core::User>& user) {
    const Words& words = words_for(request);
    Response response = page(
        words,
        text::format(
            R"(<meta http-equiv="refresh" content="0;url=/"><p>{}</p><p><a href="/">{}</a></p>)",
            words.done, words.enter));
    add_sign_in_cookies(response, site.accounts.start_session(user, is_from_our_page(request)),
                        site.now());
    return response;
}

void set_password(const Site& site, const Request& request, const std::string& token,
                  const Respond& respond) {
    const Words& words = words_for(request);
    const std::string name = owner_of(site, token);
    const auto user = site.directory.now()->user(std::string_view(name));
    if (!user) {
        respond(fault_page(words, words.gone, 404));
        return;
    }
    if (request.method != Method::post) {
        respond(form_page(words, {}, 200));
        return;
    }
    const auto pairs = parse_form(request.body);
    const std::string* password = pairs ? find_pair(*pairs, "password") : nullptr;
    if (const auto fault = password_fault(password != nullptr ? *password : "", false)) {
        respond(
            form_page(words, language_of(request) == Language::cs ? fault->cs : fault->en, 400));
        return;
    }
    const Status set = site.accounts.set_password(
        name, *password, user->id, note_of(site, request, *user, "password.change", name));
    if (!set) {
        log::error("administrator's password not set", {{"reason", set.error().text}});
        respond(form_page(words, words.busy, 503));
        return;
    }
    const Status removed = site.store.remove_secret(setup_kind, name);
    if (!removed) {
        log::error("set-up token not removed", {{"reason", removed.error().text}});
    }
    site.needs_setup = false;
    log::info("administrator's password set", {{"user", name}});
    const Response response = signed_in_page(site, request, user);
    const bool asked =
        user->type == core::UserType::CC &&
        site.live.submit(core::LogIn{user->id},
                         [response, respond](const core::Reply&) { respond(response); });
    if (!asked) {
        respond(response);
    }
}

}  // namespace

void add_setup_routes(Router& router, const Site& site) {
    for (const Method method : {Method::get, Method::post}) {
        router.add(method, "/setup/{token}",
                   [&site](Request request, PathValues values, const Respond& respond) {
                       const Words& words = words_for(request);
                       if (is_cross_site(request) && request.method == Method::post) {
                           respond(fault_page(words, words.cross_site, 403));
                           return;
                       }
                       const bool taken = site.accounting.post(
                           [&site, respond, request = std::move(request),
                            token = values.at("token")](const Result<store::Reader*>&) {
                               set_password(site, request, token, respond);
                           });
                       if (!taken) {
                           respond(form_page(words, words.busy, 503));
                       }
                   });
    }
}

}  // namespace linka::api
