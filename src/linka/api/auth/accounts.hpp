// Accounts: who asks. Signing in with a password, tokens and their life, lock-out.
//
// An access token lasts 12 hours, a refresh token 30 days; refreshing replaces both, the session
// stays. Sessions of browsers and of programs (clients of the API) are bounded apart: a program
// that signs in again and again ends its own kind only. Besides, each user can have one token that
// lasts until it is replaced (secret kind "token"). Whatever takes access away (a new password, by
// whomever; deactivation; removal) ends all of these, and who listens (ended()) closes what hangs
// on them.
#pragma once

#include "linka/api/auth/known_browsers.hpp"
#include "linka/api/auth/rate_limit.hpp"
#include "linka/api/auth/sign_in_guard.hpp"
#include "linka/api/directory.hpp"
#include "linka/api/workers.hpp"
#include "linka/base/result.hpp"
#include "linka/store/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace linka::api {

struct Tokens {
    std::string access;
    std::string refresh;
    Instant expires;
    Instant refresh_expires;
    std::shared_ptr<const core::User> user;
    std::string known_browser;  // the mark that the browser is to keep; empty: it has one
};

/// What somebody gave to be let in.
struct SignInAttempt {
    std::string name;
    std::string password;
    std::string address;      // where it came from
    std::string browser;      // the mark that the browser kept, see KnownBrowsers
    bool by_browser = false;  // sent by a page of ours, see is_from_our_page()
};

/// Why a sign-in failed. `retry_after` is set when it may not even be tried now.
struct SignInFailure {
    Duration retry_after{};
    bool busy = false;  // too many at once: 503
};

class Accounts {
  public:
    struct Options {
        Duration access_life = 12h;
        Duration refresh_life = 30 * 24h;
        // Of browsers, and as many of programs; the oldest of the kind goes.
        std::size_t sessions_per_user = 50;
        SignInGuard::Limits guard;
        std::function<Instant()> now;  // wall clock
    };

    /// `hashing`: for passwords that are tried, nothing else: a flood of them must not hold up
    /// those who are in.
    Accounts(store::Store& store, const Directory& directory, Workers& hashing, Options options);

    /// A session or a lasting token ended; `last`: the user has no session any more. Set before
    /// load(). Called on a worker, without locks.
    using Ended = std::function<void(core::UserId user, const std::string& session, bool last)>;
    void on_ended(Ended ended) { ended_ = std::move(ended); }

    /// Reads sessions and tokens from the store.
    Status load();

    struct Caller {
        std::shared_ptr<const core::User> user;
        std::string token;
        std::string session;  // stays the same when tokens are refreshed
    };
    /// Who has this token; none if it is unknown, expired, or the user is gone or deactivated.
    [[nodiscard]] std::optional<Caller> find(std::string_view token);

    /// False once this session, or lasting token, has ended.
    [[nodiscard]] bool is_open(const std::string& session);

    using SignedIn = std::function<void(std::optional<Tokens>, SignInFailure)>;
    /// `done` is called on a worker, or at once when refused by lock-out.
    void sign_in(SignInAttempt attempt, SignedIn done);
    /// The same without a session: for what asks for the password once more. No user: `failure`
    /// says why.
    using Verified = std::function<void(std::shared_ptr<const core::User>, SignInFailure)>;
    void verify(SignInAttempt attempt, Verified done);
    /// For who has shown in another way who they are. On a worker. `by_browser`: a page asks, not a
    /// program.
    Tokens start_session(const std::shared_ptr<const core::User>& user, bool by_browser);
    /// New tokens for a refresh token; the old ones end. On a worker.
    std::optional<Tokens> refresh(std::string_view refresh_token);
    /// On a worker.
    void sign_out(std::string_view token);
    /// Ends every session of the user, and their lasting token. On a worker. `at_work`: they do it
    /// themselves and come again at once, so none of it counts as the last.
    void sign_out_everywhere(const std::string& user_name, core::UserId user, bool at_work = false);

    /// Sets a password (at most password_bytes_max bytes) or, if empty, takes it away, and signs
    /// the user out everywhere. On a worker: takes about 60 ms. `note`: of the change log, written
    /// with it; none: it is noted elsewhere.
    Status set_password(const std::string& user_name, const std::string& password,
                        core::UserId user, const std::optional<store::Change>& note);
    /// That a user of this name is being made, whose password is kept before there is the user;
    /// false if another is: theirs must not become this one's. Until made().
    [[nodiscard]] bool begin_making(const std::string& user_name);
    void made(const std::string& user_name);
    /// A new lasting token for the user; the only time that it can be read. On a worker.
    Result<std::string> new_lasting_token(const core::User& user, const store::Change& note);
    /// Forgets a removed user's secrets and sessions. On a worker.
    void forget(const std::string& user_name, core::UserId user);
    /// The same for everybody, and every device, that is no longer in the directory. On a worker,
    /// and at start: a crash may have come between the removal and the forgetting.
    void forget_gone();

  private:
    struct Session {
        store::Store::Session stored;
        std::string name;  // of the session: the hash of its first token
    };
    struct Lasting {
        std::string user_name;
        core::UserId user;
    };
    void check(const SignInAttempt& attempt, const SignInSource& source, const Verified& done);
    void failed(const SignInAttempt& attempt, const SignInSource& source, bool known);
    struct Start {
        std::string session;  // that goes on; empty: a new one
        bool browser = false;
    };
    Tokens start(const std::shared_ptr<const core::User>& user, const Start& how);
    /// Takes the token away; the session may go on with another one.
    std::optional<Session> forget_token(const std::string& hash);
    void end(const std::string& hash, bool may_be_last = true);
    void end_lasting(const std::string& user_name, bool may_be_last);
    void tell_ended(core::UserId user, const std::string& session, bool may_be_last);
    void note(core::UserId who, std::string_view what, std::string_view detail);

    store::Store& store_;
    const Directory& directory_;
    Workers& hashing_;
    const Options options_;
    Ended ended_;
    KnownBrowsers browsers_;

    std::mutex mutex_;                         // everything below
    std::map<std::string, Session> sessions_;  // by token hash
    std::map<std::string, Lasting> lasting_;   // by token hash
    SignInGuard guard_;
    std::set<std::string> making_;
    RateLimit failures_noted_;  // rows of the audit log about failures
};

}  // namespace linka::api
