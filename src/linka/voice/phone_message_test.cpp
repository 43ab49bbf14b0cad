// What pages say is bounded, and what is wrong is named by its field.
#include "linka/voice/phone_message.hpp"

#include <gtest/gtest.h>

namespace linka::voice {
namespace {

TEST(PhoneMessage, names_the_field_at_fault) {
    const auto field_of = [](const std::string& text) {
        const auto message = phone_message_from_text(text);
        return message ? "none" : message.error().field;
    };
    EXPECT_EQ(field_of(R"({"type":"phone.start"})"), "device");
    EXPECT_EQ(field_of(R"({"type":"phone.start","device":7})"), "device");
    EXPECT_EQ(field_of(R"({"type":"phone.start","device":"820","force":1})"), "force");
    EXPECT_EQ(field_of(R"({"type":"phone.start","device":"820","new":1})"), "none");
    const auto start_of = [&](std::size_t length) {
        return phone_message_text(PhoneStart{"820", false, std::string(length, 'b')});
    };
    EXPECT_EQ(field_of(start_of(phone_browser_max)), "none");
    EXPECT_EQ(field_of(start_of(phone_browser_max + 1)), "browser");
    EXPECT_EQ(field_of(R"({"type":"phone.ringing"})"), "leg");
    EXPECT_EQ(field_of(R"({"type":"phone.ringing","leg":-1})"), "leg");
    EXPECT_EQ(field_of(R"({"type":"phone.ringing","leg":1e99})"), "leg");
    EXPECT_EQ(field_of(R"({"type":"phone.answer","leg":2,"sdp":""})"), "sdp");
    EXPECT_EQ(field_of(R"({"type":"phone.answer","leg":2,"sdp":"v=0\u0000"})"), "sdp");
    EXPECT_EQ(field_of(R"({"type":"phone.answer","leg":2,"sdp":"v=0)" +
                       std::string(phone_sdp_max, 'x') + "\"}"),
              "sdp");
    EXPECT_EQ(field_of(R"({"type":"phone.digit","leg":2,"digit":"12"})"), "digit");
    EXPECT_EQ(field_of(R"({"type":"phone.digit","leg":2,"digit":"E"})"), "digit");
    EXPECT_FALSE(phone_message_from_text(R"({"type":"phone.nothing"})"));
    EXPECT_FALSE(phone_message_from_text("[]"));
    EXPECT_FALSE(phone_message_from_text(std::string(100'000, '[')));
}

}  // namespace
}  // namespace linka::voice
