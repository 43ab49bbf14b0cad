// Goal: where a trunk takes no calls the next one is called by, and the one above sees one call.
#include "linka/sip/testing/harness.hpp"

namespace linka::sip::testing {
namespace {

struct NextTrunk : ::testing::Test {
    Harness harness{false};
    Peer first{harness.port()};
    Peer second{harness.port()};

    static Trunk trunk_at(const std::string& name, const Peer& peer) {
        Trunk trunk;
        trunk.name = name;
        trunk.host = "127.0.0.1";
        trunk.port = peer.port();
        return trunk;
    }
    void call() {
        harness.send(SetTrunks{{trunk_at("first", first), trunk_at("second", second)}});
        Invite invite;
        invite.leg = 2;
        invite.trunk = "first";
        invite.next_trunks = {"gone", "second"};
        invite.number = "00420777123456";
        invite.sdp = sdp_a;
        harness.send(std::move(invite));
    }
    void is_answered_by_second() {
        const Message invite = second.request("INVITE", 6s);
        EXPECT_NE(invite.request_uri().find("00420777123456@127.0.0.1:"), std::string::npos);
        EXPECT_NE(invite.body.find("o=a 1 1"), std::string::npos);
        second.answer(invite, 200, "OK", "s", {}, sdp_b);
        EXPECT_EQ(harness.event<Answered>().leg, 2);
        static_cast<void>(second.request("ACK"));
        EXPECT_TRUE(harness.none<Ended>(50ms));
    }
};

TEST_F(NextTrunk, is_called_by_after_a_failure_of_the_trunk) {
    call();
    first.answer(first.request("INVITE"), 503, "Service Unavailable", "f");
    static_cast<void>(first.request("ACK"));
    is_answered_by_second();
}

TEST_F(NextTrunk, is_called_by_where_nobody_answers) {
    call();
    static_cast<void>(first.request("INVITE"));
    is_answered_by_second();
}

// Who is busy, or did not pick up, is so by every trunk.
TEST_F(NextTrunk, is_not_for_what_the_one_called_has_said) {
    call();
    first.answer(first.request("INVITE"), 486, "Busy Here", "f");
    EXPECT_EQ(harness.event<Ended>().status, 486);
    EXPECT_TRUE(second.silent("INVITE", 200ms));
}

TEST_F(NextTrunk, is_not_called_by_once_it_rang) {
    call();
    const Message invite = first.request("INVITE");
    first.answer(invite, 180, "Ringing", "f");
    EXPECT_EQ(harness.event<Progress>().status, 180);
    first.answer(invite, 503, "Service Unavailable", "f");
    EXPECT_EQ(harness.event<Ended>().status, 503);
    EXPECT_TRUE(second.silent("INVITE", 200ms));
}

TEST_F(NextTrunk, that_fails_too_ends_the_call) {
    call();
    first.answer(first.request("INVITE"), 500, "Server Internal Error", "f");
    second.answer(second.request("INVITE"), 504, "Server Time-out", "s");
    EXPECT_EQ(harness.event<Ended>().status, 504);
}

}  // namespace
}  // namespace linka::sip::testing
