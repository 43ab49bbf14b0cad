#include "linka/demo/protocol.hpp"

#include <string>

#include <gtest/gtest.h>

namespace linka::demo {
namespace {

TEST(DemoProtocol, what_is_said_arrives) {
    Call call;
    call.call = 7;
    call.number = "226000002";
    call.caller_name = "Šárka \"S\"";
    const auto read = decode_request(encode(Request(call)));
    ASSERT_TRUE(read.ok()) << read.error().text;
    EXPECT_EQ(std::get<Call>(*read).caller_name, call.caller_name);

    const Phones phones{{{"340", "sip340", 2500, {{"prompt", "lucie_hello", "cs"}}}}};
    const auto again = decode_request(encode(Request(phones)));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(std::get<Phones>(*again).phones.front().items.front().value, "lucie_hello");

    const auto notice = decode_notice(encode(Notice(Ended{7, 486, true})));
    ASSERT_TRUE(notice.ok());
    EXPECT_EQ(std::get<Ended>(*notice).status, 486);
}

TEST(DemoProtocol, what_is_none_is_refused) {
    EXPECT_FALSE(decode_request("").ok());
    EXPECT_FALSE(decode_request("[]").ok());
    EXPECT_FALSE(decode_request(R"({"type":"shout","call":1})").ok());
    EXPECT_FALSE(decode_request(R"({"type":"call","call":"one"})").ok());
    EXPECT_FALSE(decode_request(R"({"type":"hang_up","call":1,"loud":true})").ok());
    EXPECT_FALSE(decode_notice(R"({"type":"call","call":1})").ok());
    const std::string huge(message_bytes_max + 1, ' ');
    EXPECT_EQ(decode_request(huge).error().code, ErrorCode::full);
}

}  // namespace
}  // namespace linka::demo
