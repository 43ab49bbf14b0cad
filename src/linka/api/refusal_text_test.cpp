#include "linka/api/live/refusal_text.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(RefusalText, speaks_the_readers_language_and_keeps_names) {
    const auto cs = [](std::string_view text) { return refusal_text(text, Language::cs); };
    EXPECT_EQ(cs("5 to 90 s"), "5 až 90 s");
    EXPECT_EQ(cs("used by queue 6001"), "používá fronta 6001");
    EXPECT_EQ(cs("no queue "), "no queue ") << "a sentence without its name is another one";
    EXPECT_EQ(cs("330 is a back-office user's"), "330 patří uživateli back office");
    EXPECT_EQ(cs("1 to 64 of 0-9 * # A-D"), "1 až 64 z 0-9 * # A-D");
    EXPECT_EQ(cs("something new"), "something new");
    EXPECT_EQ(refusal_text("5 to 90 s", Language::en), "5 to 90 s");
}

}  // namespace
}  // namespace linka::api::testing
