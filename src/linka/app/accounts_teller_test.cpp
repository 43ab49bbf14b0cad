#include "linka/app/accounts_teller.hpp"

#include "linka/runtime/clock.hpp"

#include <future>
#include <vector>

#include <gtest/gtest.h>

namespace linka::app {
namespace {

using Passwords = std::map<std::string, std::string>;
const std::vector<Passwords> only_the_new = {Passwords{{"330", "new"}}};

struct Telling : ::testing::Test {
    bool wait(const std::function<bool()>& done) {
        const Instant end = runtime::steady_now() + 5s;
        while (!done() && runtime::steady_now() < end) {
            loop.step(5ms);
        }
        return done();
    }

    runtime::Loop loop;
    std::vector<Result<SipPasswords>> answers;  // of the store, one after the other; the last stays
    std::size_t reads = 0;
    std::vector<Passwords> told;
    int refusals = 0;  // of the SIP side, to come
    std::promise<void> going_on;
    std::shared_future<void> may_go_on;  // waited for while reading, if there is one
    AccountsTeller teller{loop,
                          [this] {
                              if (may_go_on.valid()) {
                                  may_go_on.wait();
                              }
                              return answers[std::min(reads++, answers.size() - 1)];
                          },
                          [this](const SipPasswords& passwords) {
                              if (refusals > 0) {
                                  --refusals;
                                  return false;
                              }
                              told.push_back(passwords.devices);
                              return true;
                          },
                          {.read_again = 1us, .tell_again = 1us}};
};

TEST_F(Telling, WhatCannotBeReadTakesNoPasswordAway) {
    answers = {fail(ErrorCode::internal, "the disk is gone"), SipPasswords{{{"330", "new"}}, {}}};
    teller.changed();
    ASSERT_TRUE(wait([this] { return !told.empty(); })) << "it is read again";
    EXPECT_EQ(reads, 2U);
    EXPECT_EQ(told, only_the_new);
}

TEST_F(Telling, WhatChangesWhileItIsReadIsReadOnceMore) {
    answers = {SipPasswords{{{"330", "old"}}, {}}, SipPasswords{{{"330", "new"}}, {}}};
    may_go_on = going_on.get_future().share();
    teller.changed();
    teller.changed();
    teller.changed();
    going_on.set_value();
    ASSERT_TRUE(wait([this] { return !told.empty(); }));
    EXPECT_EQ(reads, 2U);
    EXPECT_EQ(told, only_the_new);
}

TEST_F(Telling, WhatTheSipSideHasNoRoomForIsToldAgain) {
    answers = {SipPasswords{{{"330", "new"}}, {}}};
    refusals = 2;
    teller.changed();
    ASSERT_TRUE(wait([this] { return !told.empty(); }));
    EXPECT_EQ(told, only_the_new);
}

}  // namespace
}  // namespace linka::app
