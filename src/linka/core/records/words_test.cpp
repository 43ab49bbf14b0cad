// What names and titles are made of.
#include "linka/core/records/words.hpp"

#include <string>

#include <gtest/gtest.h>

namespace linka::core::test {
namespace {

TEST(Words, TellWhatIsNotSeen) {
    for (const std::string& text :
         {std::string("a\0", 2), std::string("\x7f"), std::string("\u0085"), std::string("\u00ad"),
          std::string("a\u200bb"), std::string("\u200f"), std::string("\u2028"),
          std::string("\u202e"), std::string("\u2066"), std::string("\ufeff"),
          std::string("\U000e0041"), std::string("\u034f"), std::string("\u115f"),
          std::string("\u17b4"), std::string("\uffa0"), std::string("\U0001d173"),
          std::string("a\nb")}) {
        EXPECT_TRUE(has_hidden(text)) << text;
    }
    for (const std::string text :
         {"Žluťoučký kůň", "日本語", "👩\u200d💻", "☎\ufe0f", "\u00a0", ""}) {
        EXPECT_FALSE(has_hidden(text)) << text;
    }
    EXPECT_FALSE(has_hidden("a\n\tb", Lines::many));
    EXPECT_TRUE(has_hidden("a\u200bb", Lines::many));
    EXPECT_FALSE(has_hidden("cut \xe2\x80")) << "what is no character is no hidden one";
}

TEST(Words, TellWhatIsBlank) {
    for (const std::string text : {"", " ", "\u00a0\u3000", "\u200d", "\u2800", "\ufe0f", "\t"}) {
        EXPECT_TRUE(is_blank(text)) << text;
    }
    EXPECT_FALSE(is_blank(" a "));
    EXPECT_FALSE(is_blank("ž"));
}

TEST(Words, TellNames) {
    for (const std::string text : {"jan", "č", "a.b-c", "日本"}) {
        EXPECT_TRUE(is_name(text)) << text;
    }
    for (const std::string text :
         {"", ".", "..", "a b", "a/b", "a\\b", "a\"b", "a\u00a0b", "a\u200b"}) {
        EXPECT_FALSE(is_name(text)) << text;
    }
    EXPECT_FALSE(is_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace linka::core::test
