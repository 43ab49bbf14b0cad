// SignInGuard: who has to wait before the next guess at a password. Strangers must not be able to
// lock a person out, so failures are counted for the account together with the network they came
// from, and for the network over all accounts. A browser that this account has signed in with
// before counts by itself: it gets in while others guess, and from a network full of guesses.
//
// While an account is being guessed from many networks, each further one has a single attempt
// instead of five; that attempt is always there, so the owner gets in with the right password.
// Pure: time comes in. Not thread-safe.
#pragma once

#include "linka/api/auth/throttle.hpp"

#include <string>

namespace linka::api {

struct SignInSource {
    std::string account;  // the name that was given, whether or not there is such a user
    std::string network;  // see network_of()
    std::string browser;  // its mark if this account has signed in with it before; else empty
};

class SignInGuard {
  public:
    struct Limits {
        ThrottleLimits pair;                                             // account and network
        ThrottleLimits network{.free_attempts = 20, .delay_max = 900s};  // all accounts
        int guessed_from = 20;  // failures of an account until further networks get one attempt
        Duration known_for = 30 * 24h;
    };
    explicit SignInGuard(Limits limits);

    [[nodiscard]] Duration wait(const SignInSource& source, Instant now) const;
    struct Failure {
        Duration delay{};  // until the next attempt may be made
        int count = 0;     // failures in a row of this source at this account
    };
    Failure failed(const SignInSource& source, Instant now);
    /// A right password; what the network did to other accounts stays counted.
    void succeeded(const SignInSource& source, Instant now);
    /// May the attempt be looked at before those of strangers? A browser that was here before, and
    /// a network from which somebody has signed in during the last `known_for`, an office's say.
    [[nodiscard]] bool is_known(const SignInSource& source, Instant now) const;

  private:
    const Limits limits_;
    Throttle pairs_;
    Throttle networks_;
    Throttle accounts_;  // counts only, locks nobody
    Throttle known_;     // networks by their newest success: counts only
};

}  // namespace linka::api
