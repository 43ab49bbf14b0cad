#include "linka/api/auth/sign_in_guard.hpp"

#include <algorithm>

namespace linka::api {

namespace {

// A network's text, which comes first, has no line's end: two sources never share a key.
std::string pair_key(const SignInSource& source) {
    return source.browser.empty() ? source.network + '\n' + source.account
                                  : "browser\n" + source.browser;
}

}  // namespace

SignInGuard::SignInGuard(Limits limits)
    : limits_(limits),
      pairs_(limits.pair),
      networks_(limits.network),
      accounts_(limits.pair),
      known_({.forget_after = limits.known_for}) {
}

Duration SignInGuard::wait(const SignInSource& source, Instant now) const {
    const Duration pair = pairs_.wait(pair_key(source), now);
    return source.browser.empty() ? std::max(pair, networks_.wait(source.network, now)) : pair;
}

SignInGuard::Failure SignInGuard::failed(const SignInSource& source, Instant now) {
    const bool guessed = accounts_.failures(source.account, now) >= limits_.guessed_from;
    accounts_.failed(source.account, now);
    const std::string key = pair_key(source);
    const int free = guessed && source.browser.empty() ? 1 : limits_.pair.free_attempts;
    Failure failure;
    failure.delay = pairs_.failed(key, now, free);
    failure.count = pairs_.failures(key, now);
    const Duration network = networks_.failed(source.network, now);
    if (source.browser.empty()) {
        failure.delay = std::max(failure.delay, network);
    }
    return failure;
}

void SignInGuard::succeeded(const SignInSource& source, Instant now) {
    pairs_.succeeded(pair_key(source));
    known_.failed(source.network, now);
}

bool SignInGuard::is_known(const SignInSource& source, Instant now) const {
    return !source.browser.empty() || known_.failures(source.network, now) > 0;
}

}  // namespace linka::api
