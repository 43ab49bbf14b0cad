// `linka user password`: for when nobody can sign in who could set one in the page.
#include "linka/api/auth/password.hpp"
#include "linka/api/auth/password_rule.hpp"
#include "linka/app/commands.hpp"
#include "linka/app/demo/belongings.hpp"
#include "linka/app/demo/kept_demo.hpp"
#include "linka/base/json_read.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/store/inspect.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/store.hpp"

#include <cstdio>
#include <iostream>
#include <optional>
#include <string>

#include <termios.h>
#include <unistd.h>

namespace linka::app {
namespace {

/// The terminal without the letters that are typed, until it goes.
class NoEcho {
  public:
    NoEcho() {
        if (::tcgetattr(STDIN_FILENO, &before_) == 0) {
            termios quiet = before_;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            changed_ = ::tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet) == 0;
        }
    }
    ~NoEcho() {
        if (changed_) {
            ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
            std::fputc('\n', stderr);
        }
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

  private:
    termios before_{};
    bool changed_ = false;
};

// Without its end, whichever system it was written on.
std::string line_of_input() {
    std::string line;
    std::getline(std::cin, line);
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

std::string line_without_echo(const char* prompt) {
    std::fprintf(stderr, "%s: ", prompt);
    const NoEcho quiet;
    return line_of_input();
}

// Typed twice on a terminal; otherwise the first line that comes.
Result<std::string> ask_password() {
    if (::isatty(STDIN_FILENO) == 0) {
        return line_of_input();
    }
    std::string password = line_without_echo("New password");
    if (line_without_echo("Once more") != password) {
        return fail(ErrorCode::invalid, "the two differ; nothing was changed");
    }
    return password;
}

Result<core::User> find_user(store::Store& store, const std::string& name) {
    auto reader = store.reader();
    if (!reader) {
        return reader.error();
    }
    store::Query query;
    query.filter.kind = store::Filter::Kind::compare;
    query.filter.field = "name";
    query.filter.values = {name};
    query.take = 1;
    query.count = false;
    const auto page = reader.value()->list(store::Model::users, query);
    if (!page) {
        return page.error();
    }
    if (page->rows.empty()) {
        return fail(ErrorCode::not_found, "there is no user " + name);
    }
    return json::from_text<core::User>(page->rows.front(), json::Unknown::ignore);
}

// Whoever was signed in with the old one is signed out.
Status sign_out(store::Store& store, const core::User& user) {
    const auto sessions = store.sessions();
    if (!sessions) {
        return sessions.error();
    }
    for (const store::Store::Session& session : sessions.value()) {
        if (session.user == user.id) {
            const Status gone = store.remove_session(session.token_hash);
            if (!gone) {
                return gone;
            }
        }
    }
    return store.remove_secret(api::token_kind, user.name);
}

bool is_demo(const store::Place& place) {
    return kept_demo_from_text(store::read_side(place, Belongings::kept_kind, Belongings::kept_key))
        .there;
}

// The user who has it now.
Result<core::User> set_password(const UserOptions& options) {
    const store::Place place{options.data, options.database};
    const auto settings = store::read_settings(place);
    if (!settings) {
        return settings.error();  // no company is made by asking for a user of it
    }
    const bool demo = is_demo(place);
    store::Options opening;
    opening.directory = options.data;
    opening.database = options.database;
    auto store = store::Store::open(std::move(opening));
    if (!store) {
        return store.error();
    }
    const auto user = find_user(**store, options.name);
    if (!user) {
        return user.error();
    }
    const auto password = ask_password();
    if (!password) {
        return password.error();
    }
    if (const auto fault = api::password_fault(*password, demo)) {
        return fail(ErrorCode::invalid, fault->en);
    }
    const std::string hash = api::hash_password(*password);
    if (hash.empty()) {
        return fail(ErrorCode::full, "no memory for hashing a password (64 MiB)");
    }
    const store::Change note{.at = runtime::wall_now(),
                             .who = {},
                             .what = "users.update",
                             .detail = "password",
                             .model = "users",
                             .name = user->name,
                             .title = user->title};
    const Status kept = (*store)->put_secret(api::password_kind, user->name, hash, &note);
    const Status done = kept ? sign_out(**store, *user) : kept;
    if (!done) {
        return done.error();
    }
    return user;
}

}  // namespace

int user_password(const UserOptions& options) {
    const auto set = set_password(options);
    if (!set) {
        std::fprintf(stderr, "linka: %s\n", set.error().text.c_str());
        return 2;
    }
    std::printf("%s has a new password\n", options.name.c_str());
    if (set->deactivated) {
        std::printf("%s is deactivated: nobody can sign in as them until somebody activates them\n",
                    options.name.c_str());
    }
    return 0;
}

}  // namespace linka::app
