#include "linka/sip/nonces.hpp"

#include "linka/sip/auth_guard.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

const Instant first_moment{1'700'000'000'000'000};

TEST(Nonces, each_count_is_good_once) {
    Nonces nonces("secret");
    const std::string nonce = nonces.make(first_moment, "0123456789abcdef", "192.0.2.1");
    EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.1", first_moment), Nonces::Verdict::good);
    EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.1", first_moment), Nonces::Verdict::stale);
    EXPECT_EQ(nonces.use(nonce, 3, "192.0.2.1", first_moment), Nonces::Verdict::good);
    EXPECT_EQ(nonces.use(nonce, 2, "192.0.2.1", first_moment), Nonces::Verdict::stale);
}

TEST(Nonces, get_old) {
    Nonces nonces("secret");
    const std::string nonce = nonces.make(first_moment, "0123456789abcdef", "192.0.2.1");
    EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.1", first_moment + Nonces::lifetime),
              Nonces::Verdict::good);
    EXPECT_EQ(nonces.use(nonce, 2, "192.0.2.1", first_moment + Nonces::lifetime + 1s),
              Nonces::Verdict::stale);
    EXPECT_EQ(
        nonces.use(nonces.make(first_moment + 60s, "0", "192.0.2.1"), 1, "192.0.2.1", first_moment),
        Nonces::Verdict::stale);
}

TEST(Nonces, cannot_be_made_up) {
    Nonces nonces("secret");
    std::string nonce = nonces.make(first_moment, "0123456789abcdef", "192.0.2.1");
    EXPECT_EQ(Nonces("other").use(nonce, 1, "192.0.2.1", first_moment), Nonces::Verdict::alien);
    nonce[3] = nonce[3] == '0' ? '1' : '0';
    EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.1", first_moment), Nonces::Verdict::alien);
    EXPECT_EQ(nonces.use("", 1, "192.0.2.1", first_moment), Nonces::Verdict::alien);
    EXPECT_EQ(nonces.use(std::string(96, 'z'), 1, "192.0.2.1", first_moment),
              Nonces::Verdict::alien);
}

TEST(Nonces, are_for_the_network_that_asked) {
    Nonces nonces("secret");
    const std::string nonce = nonces.make(first_moment, "0123456789abcdef", "192.0.2.1");
    EXPECT_EQ(nonces.look(nonce, "192.0.2.2", first_moment), Nonces::Verdict::stale);
    EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.2", first_moment), Nonces::Verdict::stale);
    EXPECT_EQ(nonces.look(nonce, "192.0.2.1", first_moment), Nonces::Verdict::good);
    EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.1", first_moment), Nonces::Verdict::good);
}

// A nonce that was forgotten for lack of room must not become good again.
TEST(Nonces, forgotten_ones_are_stale) {
    Nonces nonces("secret");
    const std::string first = nonces.make(first_moment, "first", "192.0.2.1");
    EXPECT_EQ(nonces.use(first, 1, "192.0.2.1", first_moment), Nonces::Verdict::good);
    for (std::size_t i = 0; i < Nonces::used_max; ++i) {
        const std::string nonce = nonces.make(first_moment + 1us, std::to_string(i), "192.0.2.1");
        ASSERT_EQ(nonces.use(nonce, 1, "192.0.2.1", first_moment + 1us), Nonces::Verdict::good);
    }
    EXPECT_EQ(nonces.use(first, 2, "192.0.2.1", first_moment + 1us), Nonces::Verdict::stale);
}

TEST(AuthGuard, locks_a_pair_and_lets_it_go) {
    AuthGuard guard;
    for (int i = 1; i < AuthGuard::pair_failures_max; ++i) {
        EXPECT_FALSE(guard.failed("10.0.0.1", "330", first_moment));
    }
    EXPECT_EQ(guard.locked("10.0.0.1", "330", first_moment), AuthGuard::Lock::none);
    EXPECT_TRUE(guard.failed("10.0.0.1", "330", first_moment));
    EXPECT_NE(guard.locked("10.0.0.1", "330", first_moment + 1s), AuthGuard::Lock::none);
    EXPECT_EQ(guard.locked("10.0.0.1", "331", first_moment + 1s), AuthGuard::Lock::none);
    EXPECT_EQ(guard.locked("10.0.0.2", "330", first_moment + 1s), AuthGuard::Lock::none);
    EXPECT_EQ(guard.locked("10.0.0.1", "330", first_moment + AuthGuard::lock_time),
              AuthGuard::Lock::none);
}

TEST(AuthGuard, forgets_with_time_and_success) {
    AuthGuard guard;
    for (int i = 1; i < AuthGuard::pair_failures_max; ++i) {
        guard.failed("10.0.0.1", "330", first_moment);
    }
    EXPECT_FALSE(guard.failed("10.0.0.1", "330", first_moment + AuthGuard::window + 1s));
    guard.succeeded("10.0.0.1", "330");
    for (int i = 1; i < AuthGuard::pair_failures_max; ++i) {
        EXPECT_FALSE(guard.failed("10.0.0.1", "330", first_moment + AuthGuard::window + 2s));
    }
}

TEST(AuthGuard, locks_an_address_that_tries_many_accounts) {
    AuthGuard guard;
    bool locked = false;
    for (int i = 0; i < AuthGuard::network_failures_max; ++i) {
        locked = guard.failed("10.0.0.1", std::to_string(i), first_moment);
    }
    EXPECT_TRUE(locked);
    EXPECT_NE(guard.locked("10.0.0.1", "never tried", first_moment), AuthGuard::Lock::none);
    EXPECT_EQ(guard.locked("10.0.0.2", "never tried", first_moment), AuthGuard::Lock::none);
}

TEST(AuthGuard, locks_an_account_that_is_guessed_at_from_everywhere) {
    AuthGuard guard;
    for (int i = 0; i < AuthGuard::account_failures_max; ++i) {
        guard.failed("10.0.0." + std::to_string(i), "330", first_moment);
    }
    EXPECT_EQ(guard.locked("10.9.9.9", "330", first_moment), AuthGuard::Lock::account);
    EXPECT_EQ(guard.locked("10.9.9.9", "331", first_moment), AuthGuard::Lock::none);
}

}  // namespace
}  // namespace linka::sip
