#include "linka/demo/register_answer.hpp"

#include <gtest/gtest.h>

namespace linka::demo {
namespace {

TEST(RegisterAnswer, a_challenge_is_read) {
    const RegisterAnswer answer = parse_register_answer(
        "SIP/2.0 401 Unauthorized\r\nCall-ID: abc\r\nCSeq: 12 REGISTER\r\n"
        "WWW-Authenticate: Digest realm=\"a:b\"\r\nwww-authenticate: Digest realm=\"c\"\r\n\r\n"
        "CSeq: 99 REGISTER\r\n");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.cseq, 12) << "what stands in the body is no header";
    EXPECT_EQ(answer.call_id, "abc");
    ASSERT_EQ(answer.challenges.size(), 2U);
    EXPECT_EQ(answer.challenges[0], "Digest realm=\"a:b\"");
}

TEST(RegisterAnswer, what_is_none_has_no_status) {
    EXPECT_EQ(parse_register_answer("").status, 0);
    EXPECT_EQ(parse_register_answer("OPTIONS sip:340@h SIP/2.0\r\nCSeq: 1 REGISTER\r\n").status, 0);
    EXPECT_EQ(parse_register_answer("SIP/2.0 200 OK\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n").status,
              0);
    EXPECT_EQ(parse_register_answer("SIP/2.0 200 OK\r\nCSeq: 1 REGISTER\r\n").status, 0);
    EXPECT_EQ(parse_register_answer("SIP/2.0 2x0 OK\r\nCall-ID: a\r\nCSeq: 1 REGISTER\r\n").status,
              0);
    EXPECT_EQ(parse_register_answer("SIP/2.0 200 OK\r\nCall-ID: a\r\nCSeq: x REGISTER\r\n").status,
              0);
}

}  // namespace
}  // namespace linka::demo
