#include "linka/base/fold_case.hpp"

#include <gtest/gtest.h>

namespace linka::text {
namespace {

TEST(FoldCase, lowers_the_letters_of_Europe) {
    EXPECT_EQ(fold_case("ŽLUŤOUČKÝ Kůň ŁÓDŹ ÄÖÜ ΑΩ ПРИВЕТ ІЎ 123"),
              "žluťoučký kůň łódź äöü αω привет іў 123");
    EXPECT_EQ(fold_case("\xc5"), "\xc5");            // cut off
    EXPECT_EQ(fold_case("\xc3 \x80"), "\xc3 \x80");  // not UTF-8
    EXPECT_EQ(fold_case("日本 ×÷ß"), "日本 ×÷ß");
}

}  // namespace
}  // namespace linka::text
