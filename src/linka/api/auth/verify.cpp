// The part of Accounts that tries passwords.
#include "linka/api/auth/accounts.hpp"
#include "linka/api/auth/password.hpp"
#include "linka/api/server/network.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"
#include "linka/runtime/metrics.hpp"

namespace linka::api {

namespace {

metrics::Counter signed_in_counter("linka_sign_ins_total", "Sign-ins with a password",
                                   "result=\"ok\"");
metrics::Counter failed_in_counter("linka_sign_ins_total", "Sign-ins with a password",
                                   "result=\"failed\"");
metrics::Counter locked_in_counter("linka_sign_ins_total", "Sign-ins with a password",
                                   "result=\"locked\"");

constexpr SignInFailure busy_failure{5s, true};

}  // namespace

void Accounts::verify(SignInAttempt attempt, Verified done) {
    const SignInSource source{attempt.name, network_of(attempt.address),
                              browsers_.browser_of(attempt.name, attempt.browser)};
    Duration wait{};
    bool known = false;
    {
        const std::lock_guard lock(mutex_);
        wait = guard_.wait(source, options_.now());
        known = guard_.is_known(source, options_.now());
    }
    if (wait > Duration{}) {
        locked_in_counter.add();
        done(nullptr, {wait, false});
        return;
    }
    const auto shared = std::make_shared<Verified>(std::move(done));  // us and the job
    const bool taken = hashing_.post(
        [this, attempt = std::move(attempt), source, shared](const Result<store::Reader*>& reader) {
            if (!reader && reader.error().code == ErrorCode::full) {
                (*shared)(nullptr, busy_failure);
            } else {
                check(attempt, source, *shared);
            }
        },
        {source.network, known});
    if (!taken) {
        (*shared)(nullptr, busy_failure);
    }
}

void Accounts::check(const SignInAttempt& attempt, const SignInSource& source,
                     const Verified& done) {
    // Again here: attempts that were let in together must not all be tried.
    Duration wait{};
    {
        const std::lock_guard lock(mutex_);
        wait = guard_.wait(source, options_.now());
    }
    if (wait > Duration{}) {
        locked_in_counter.add();
        done(nullptr, {wait, false});
        return;
    }
    const std::shared_ptr<const core::User> user =
        directory_.now()->user(std::string_view(attempt.name));
    std::string hash;
    if (const auto hashes = store_.secrets(password_kind);
        hashes && hashes->contains(attempt.name)) {
        hash = hashes->at(attempt.name);
    }
    const bool right = attempt.password.size() <= password_bytes_max &&
                       verify_password(hash, attempt.password) && user && !user->deactivated;
    if (!right) {
        failed(attempt, source, user != nullptr);
        done(nullptr, {});
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        guard_.succeeded(source, options_.now());
    }
    done(user, {});
}

// What floods can cause is a counter; the audit log gets the first failure and then each that
// doubles their number, and all in all no more than failures_noted_limits.
void Accounts::failed(const SignInAttempt& attempt, const SignInSource& source, bool known) {
    const Instant now = options_.now();
    SignInGuard::Failure failure;
    bool noted = false;
    {
        const std::lock_guard lock(mutex_);
        failure = guard_.failed(source, now);
        const bool doubled = (failure.count & (failure.count - 1)) == 0;
        noted = doubled && failures_noted_.take(now);
    }
    failed_in_counter.add();
    if (noted) {
        const std::string name = known ? attempt.name : std::string("unknown");
        log::warn("sign-in failed", {{"user", name},
                                     {"address", attempt.address},
                                     {"failures", failure.count},
                                     {"locked_s", whole_seconds(failure.delay)}});
        note({}, "sign_in.failed",
             text::format("{} from {}, failures: {}", name, attempt.address, failure.count));
    }
}

void Accounts::sign_in(SignInAttempt attempt, SignedIn done) {
    const bool known = !browsers_.browser_of(attempt.name, attempt.browser).empty();
    const std::string address = attempt.address;
    const bool by_browser = attempt.by_browser;
    verify(std::move(attempt),
           [this, known, address, by_browser, done = std::move(done)](
               const std::shared_ptr<const core::User>& user, const SignInFailure& failure) {
               if (!user) {
                   done(std::nullopt, failure);
                   return;
               }
               signed_in_counter.add();
               Tokens tokens = start_session(user, by_browser);
               if (!known) {
                   tokens.known_browser = browsers_.mark_for(user->name);
               }
               note(user->id, "sign_in", "from " + address);
               done(std::move(tokens), {});
           });
}

}  // namespace linka::api
