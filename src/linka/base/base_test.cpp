#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

#include <gtest/gtest.h>

namespace linka {
namespace {

enum class Colour { red, dark_blue };
LINKA_DESCRIBE_ENUM(Colour, red, dark_blue)

struct Inner {
    static constexpr std::string_view type = "inner";
    Id<struct InnerTag> id;
    std::optional<int> maybe;
    bool operator==(const Inner&) const = default;
};
LINKA_DESCRIBE(Inner, (id, maybe))

struct Other {
    static constexpr std::string_view type = "other";
    std::string name;
    bool operator==(const Other&) const = default;
};
LINKA_DESCRIBE(Other, (name))

struct Outer {
    Colour colour = Colour::red;
    std::vector<std::variant<Inner, Other>> parts;
    std::map<std::string, double> weights;
    Instant at;
    Duration took{};
    bool flag = false;
    bool operator==(const Outer&) const = default;
};
LINKA_DESCRIBE(Outer, (colour, parts, weights, at, took, flag))

struct Sparse {
    static constexpr bool leaves_out_defaults = true;
    int version = 2;
    int tries = 3;
    bool flag = false;
    std::string name;
    Id<struct SparseTag> id;
    Colour colour = Colour::red;
    std::optional<int> maybe;
    std::vector<int> many;
    json::Raw raw;
    Inner inner;
    bool operator==(const Sparse&) const = default;
};
LINKA_DESCRIBE(Sparse, (version, tries, flag, name, id, colour, maybe, many, raw, inner))

const Outer sample{Colour::dark_blue,
                   {Inner{Id<InnerTag>{7}, {}}, Other{"Žluťoučký \"kůň\"\n"}},
                   {{"a", 0.1}},
                   Instant{1'700'000'000'000'000},
                   2500ms,
                   true};

TEST(Json, reads_back_what_it_wrote) {
    const std::string text = json::to_text(sample);
    const auto read = json::from_text<Outer>(text);
    ASSERT_TRUE(read.ok()) << read.error().text;
    EXPECT_EQ(*read, sample);
    EXPECT_EQ(json::to_text(*read), text);
}

TEST(Json, leaves_out_what_reading_gives_anyway) {
    EXPECT_EQ(json::to_text(Sparse{}), R"({"version":2,"inner":{"id":0,"maybe":null}})");
    Sparse full{.tries = 0,
                .flag = true,
                .name = "x",
                .id = Id<SparseTag>{4},
                .colour = Colour::dark_blue,
                .maybe = 0,
                .many = {0},
                .raw = {"{}"},
                .inner = {}};
    const std::string text = json::to_text(full);
    EXPECT_EQ(text, R"({"version":2,"tries":0,"flag":true,"name":"x","id":4,"colour":"dark_blue",)"
                    R"("maybe":0,"many":[0],"raw":{},"inner":{"id":0,"maybe":null}})");
    EXPECT_EQ(*json::from_text<Sparse>(text), full);
    EXPECT_EQ(*json::from_text<Sparse>(json::to_text(Sparse{})), Sparse{});
}

TEST(Json, names_the_field_at_fault) {
    const auto wrong = json::from_text<Outer>(R"({"parts":[{"type":"inner","id":"x"}]})");
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().field, "parts.0.id");
    const auto unknown = json::from_text<Outer>(R"({"colour":"red","size":3})");
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().field, "size");
    EXPECT_TRUE(json::from_text<Outer>(R"({"size":3})", json::Unknown::ignore).ok());
}

TEST(Json, bounds_depth_and_size) {
    EXPECT_FALSE(json::parse(std::string(100, '[')).ok());
    const auto large = json::parse(std::string(2000, ' '), {.bytes_max = 1000});
    ASSERT_FALSE(large.ok());
    EXPECT_EQ(large.error().code, ErrorCode::full);
    EXPECT_FALSE(json::parse("{} {}").ok());
    EXPECT_FALSE(json::parse("{").ok());
    EXPECT_TRUE(json::parse(" {} \n").ok());
}

TEST(Json, refuses_numbers_that_are_not_finite) {
    EXPECT_FALSE(json::parse("1e400").ok());
    EXPECT_FALSE(json::parse(R"({"a":[1,-1e999]})").ok());
    EXPECT_TRUE(json::parse("[1e300,1e-400]").ok());
}

TEST(Json, writes_equal_doubles_alike) {
    EXPECT_EQ(json::to_text(-0.0), json::to_text(0.0));
    EXPECT_EQ(json::to_text(0.1), "0.1");
}

TEST(Json, writes_bytes_that_are_not_utf8_as_replacement) {
    EXPECT_EQ(json::to_text(std::string("a\xFFz")), "\"a\xEF\xBF\xBDz\"");
}

// Text is looked at eight bytes at a time.
TEST(Json, each_byte_is_escaped_or_kept_at_each_place) {
    for (int value = 1; value < 0x80; ++value) {
        for (std::size_t at = 0; at < 19; ++at) {
            std::string text = "0123456789abcdef~! ";
            text[at] = static_cast<char>(value);
            const auto read = json::from_text<std::string>(json::to_text(text));
            ASSERT_TRUE(read.ok()) << value << " at " << at;
            EXPECT_EQ(*read, text);
            const bool plain = value >= 0x20 && value < 0x7F && value != '"' && value != '\\';
            EXPECT_EQ(text::plain_prefix(text), plain ? 16 : std::min<std::size_t>(at / 8 * 8, 16));
            EXPECT_EQ(json::to_text(text).size() == text.size() + 2, plain) << value;
        }
    }
}

TEST(Text, base64_both_ways) {
    for (const std::string plain : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
        EXPECT_EQ(text::from_base64(text::base64(plain)), plain);
    }
    EXPECT_EQ(text::base64("foobar"), "Zm9vYmFy");
    EXPECT_FALSE(text::from_base64("Zm9").has_value());
    EXPECT_FALSE(text::from_base64("Zm=v").has_value());
}

TEST(Text, utf8_refuses_overlong_surrogates_and_nul) {
    EXPECT_TRUE(text::is_utf8("řeka €"));
    EXPECT_FALSE(text::is_utf8("\xC0\x80"));
    EXPECT_FALSE(text::is_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(text::is_utf8(std::string_view("a\0b", 3)));
    for (std::size_t at = 0; at < 20; ++at) {
        std::string text(20, 'x');
        text[at] = '\0';
        EXPECT_FALSE(text::is_utf8(text)) << at;
        text[at] = '\x80';
        EXPECT_FALSE(text::is_utf8(text)) << at;
        text.replace(at, 1, "ř");
        EXPECT_TRUE(text::is_utf8(text)) << at;
        EXPECT_FALSE(text::is_utf8(text.substr(0, at + 1))) << at;
    }
}

TEST(Text, numbers_are_whole) {
    EXPECT_EQ(text::to_int("-12"), -12);
    EXPECT_FALSE(text::to_int("12x").has_value());
    EXPECT_FALSE(text::to_int("").has_value());
    EXPECT_FALSE(text::to_int("99999999999999999999").has_value());
}

}  // namespace
}  // namespace linka
