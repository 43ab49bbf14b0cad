#include "linka/base/plain_letters.hpp"

#include <gtest/gtest.h>

namespace linka::text {
namespace {

TEST(PlainLetters, have_neither_case_nor_accents) {
    EXPECT_EQ(plain_letters("Příliš ŽLUŤOUČKÝ kůň ÚPĚL Ďábelské ÓDY, Ľubomír Ńowak"),
              "prilis zlutoucky kun upel dabelske ody, lubomir nowak");
    EXPECT_EQ(plain_letters("R\u030cehor\u030c"), "rehor") << "marks of their own";
    EXPECT_EQ(plain_letters("Łódź Straße Ørsted"), "łodz straße ørsted");
    EXPECT_EQ(plain_letters("Жуй 123 日本"), "жуй 123 日本");
    EXPECT_EQ(plain_letters("cut \xc5"), "cut \xc5") << "what is no character stays";
}

}  // namespace
}  // namespace linka::text
