// How many sessions a user may have, and whose end when there are more.
#include "linka/api/auth/accounts.hpp"

#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::api {
namespace {

// The accounts of one user, jan, who may have two sessions of each kind. Every sign-in is a second
// after the one before.
class SessionsOfJan : public ::testing::Test {
  protected:
    SessionsOfJan() {
        core::User jan;
        jan.id = core::UserId{1};
        jan.name = "jan";
        records_.follow(core::State{}, {{1, now_, core::UserSaved{jan}}});
        open();
    }
    void open() {
        Accounts::Options options;
        options.sessions_per_user = 2;
        options.now = [this] { return now_; };
        accounts_ = std::make_unique<Accounts>(*store_, records_, hashing_, options);
        ASSERT_TRUE(accounts_->load().ok());
    }
    Tokens sign_in(bool by_browser) {
        now_ = now_ + 1s;
        return accounts_->start_session(records_.now()->user(core::UserId{1}), by_browser);
    }
    bool is_in(const Tokens& tokens) { return accounts_->find(tokens.access).has_value(); }

    Instant now_{1'800'000'000'000'000};
    store::TestDirectory directory_;
    std::unique_ptr<store::Store> store_ =
        store::Store::open({.directory = directory_ / "data", .sync = false, .clock = {}}).value();
    Directory records_;
    Workers hashing_{*store_, 1, 1};
    std::unique_ptr<Accounts> accounts_;
};

TEST_F(SessionsOfJan, OfABrowserAreNotEndedByPrograms) {
    const Tokens page = sign_in(true);
    const Tokens first = sign_in(false);
    const Tokens second = sign_in(false);
    const Tokens third = sign_in(false);
    EXPECT_TRUE(is_in(page));
    EXPECT_FALSE(is_in(first)) << "the oldest program goes";
    EXPECT_TRUE(is_in(second));
    EXPECT_TRUE(is_in(third));
}

TEST_F(SessionsOfJan, OfBrowsersAreBoundedToo) {
    const Tokens program = sign_in(false);
    const Tokens first = sign_in(true);
    const Tokens second = sign_in(true);
    const Tokens third = sign_in(true);
    EXPECT_TRUE(is_in(program));
    EXPECT_FALSE(is_in(first));
    EXPECT_TRUE(is_in(second));
    EXPECT_TRUE(is_in(third));
}

TEST_F(SessionsOfJan, StayOfTheirKindWhenRefreshedAndAfterARestart) {
    const auto page = accounts_->refresh(sign_in(true).refresh);
    ASSERT_TRUE(page);
    open();
    const Tokens first = sign_in(false);
    sign_in(false);
    sign_in(false);
    EXPECT_TRUE(is_in(*page));
    EXPECT_FALSE(is_in(first));
}

}  // namespace
}  // namespace linka::api
