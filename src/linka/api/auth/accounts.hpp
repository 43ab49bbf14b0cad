// Accounts: who asks. Signing in with a password, tokens and their life, lock-out.
//
// An access token lasts 12 hours, a refresh token 30 days; refreshing replaces both. Besides, each
// user can have one token that lasts until it is replaced (secret kind "token").
#pragma once

#include "linka/api/auth/throttle.hpp"
#include "linka/api/directory.hpp"
#include "linka/api/workers.hpp"
#include "linka/base/result.hpp"
#include "linka/store/store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace linka::api {

struct Tokens {
    std::string access;
    std::string refresh;
    Instant expires;
    Instant refresh_expires;
    std::shared_ptr<const core::User> user;
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
        std::size_t sessions_per_user = 50;  // the oldest goes
        ThrottleLimits account;
        ThrottleLimits address{.free_attempts = 20, .first_delay = 2s, .delay_max = 900s};
        std::function<Instant()> now;  // wall clock
    };

    Accounts(store::Store& store, const Directory& directory, Workers& hashing, Options options);

    /// Reads sessions and tokens from the store.
    Status load();

    struct Caller {
        std::shared_ptr<const core::User> user;
        std::string token;
    };
    /// Who has this token; none if it is unknown, expired, or the user is gone or deactivated.
    [[nodiscard]] std::optional<Caller> find(std::string_view token);

    using SignedIn = std::function<void(std::optional<Tokens>, SignInFailure)>;
    /// `done` is called on a worker, or at once when refused by lock-out.
    void sign_in(std::string name, std::string password, std::string address, SignedIn done);
    /// New tokens for a refresh token; the old ones end. On a worker.
    std::optional<Tokens> refresh(std::string_view refresh_token);
    /// On a worker.
    void sign_out(std::string_view token);
    /// Ends every session of the user. On a worker.
    void sign_out_everywhere(core::UserId user);

    /// Sets a password (at most password_bytes_max bytes) or, if empty, takes it away, and ends the
    /// user's sessions. On a worker: takes about 60 ms.
    Status set_password(const std::string& user_name, const std::string& password,
                        core::UserId user);
    /// A new lasting token for the user; the only time that it can be read. On a worker.
    Result<std::string> new_lasting_token(const std::string& user_name);
    /// Forgets a removed user's secrets and sessions. On a worker.
    void forget(const std::string& user_name, core::UserId user);
    /// The same for everybody, and every device, that is no longer in the directory. On a worker,
    /// and at start: a crash may have come between the removal and the forgetting.
    void forget_gone();

  private:
    void check(const std::string& name, const std::string& password, const std::string& address,
               const SignedIn& done);
    std::optional<Tokens> start_session(const std::shared_ptr<const core::User>& user);
    void remove(const std::string& hash);
    Duration locked(const std::string& name, const std::string& address, Instant now);

    store::Store& store_;
    const Directory& directory_;
    Workers& hashing_;
    const Options options_;

    std::mutex mutex_;                                       // everything below
    std::map<std::string, store::Store::Session> sessions_;  // by token hash
    std::map<std::string, std::string> lasting_;             // token hash → user name
    Throttle accounts_;
    Throttle addresses_;
};

}  // namespace linka::api
