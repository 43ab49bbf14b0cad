// Calls over the real network, loopback, with scripted peers.
#include "linka/sip/testing/trunk_call.hpp"

namespace linka::sip::testing {
namespace {

TEST(SipCall, from_a_trunk_rings_is_answered_and_ended_by_the_caller) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "in-1");
    EXPECT_EQ(call.incoming.trunk, "public");
    EXPECT_EQ(call.incoming.number, "226000001");
    EXPECT_EQ(call.incoming.caller, "+420777123456");
    EXPECT_EQ(call.incoming.caller_name, "Novák");
    EXPECT_EQ(call.incoming.sdp, sdp_a);
    EXPECT_EQ(call.incoming.leg % 2, 1);
    harness.send(Ring{call.leg, {}});
    const Message ringing = peer.response(180, "INVITE");
    harness.send(Ring{call.leg, sdp_b});
    EXPECT_EQ(peer.response(183, "INVITE").body, sdp_b);
    harness.send(Answer{call.leg, sdp_b});
    call.answer = peer.response(200, "INVITE");
    EXPECT_EQ(call.answer.body, sdp_b);
    EXPECT_EQ(call.answer.tag("To"), ringing.tag("To"));
    call.acknowledge(peer);
    EXPECT_EQ(harness.event<Confirmed>().leg, call.leg);
    peer.send(peer.text(call.next("BYE")));
    peer.response(200, "BYE");
    const Ended ended = harness.event<Ended>();
    EXPECT_EQ(ended.leg, call.leg);
    EXPECT_TRUE(ended.by_peer);
    EXPECT_EQ(ended.status, 0);
}

TEST(SipCall, from_a_trunk_is_ended_by_us) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "in-2");
    harness.send(HangUp{call.leg, false, 16});
    const Message bye = peer.request("BYE");
    EXPECT_EQ(bye.header("Reason"), "Q.850;cause=16");
    EXPECT_EQ(bye.tag("To"), "ftin-2");
    EXPECT_EQ(bye.tag("From"), call.answer.tag("To"));
    EXPECT_EQ(bye.request_uri(), peer.contact().substr(1, peer.contact().size() - 2));
    peer.answer(bye, 200, "OK", {});
    EXPECT_FALSE(harness.event<Ended>().by_peer);
}

TEST(SipCall, cancelled_by_the_caller) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "in-3");
    harness.send(Ring{call.leg, {}});
    const Message ringing = peer.response(180, "INVITE");
    Peer::Request cancel = call.request;
    cancel.method = "CANCEL";
    cancel.body.clear();
    cancel.branch = ringing.header("Via").substr(ringing.header("Via").find("branch=") + 7);
    cancel.branch = cancel.branch.substr(0, cancel.branch.find(';'));
    cancel.headers = "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n";
    peer.send(peer.text(cancel));
    peer.response(200, "CANCEL");
    peer.response(487, "INVITE");
    const Ended ended = harness.event<Ended>();
    EXPECT_TRUE(ended.by_peer);
    EXPECT_TRUE(ended.elsewhere);
}

TEST(SipCall, refused_by_us_with_retry_after) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "in-4");
    harness.send(Refuse{call.leg, 486, "Q.850;cause=17", 5});
    const Message refusal = peer.response(486, "INVITE");
    EXPECT_EQ(refusal.header("Retry-After"), "5");
    EXPECT_EQ(refusal.header("Reason"), "Q.850;cause=17");
    EXPECT_EQ(harness.event<Ended>().status, 486);
}

TEST(SipCall, hang_up_before_the_ack_waits_for_it) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "in-5");
    harness.send(Answer{call.leg, sdp_b});
    call.answer = peer.response(200, "INVITE");
    harness.send(HangUp{call.leg, false, 16});
    harness.event<Ended>();
    EXPECT_TRUE(peer.silent("BYE", 200ms));
    call.acknowledge(peer);
    peer.answer(peer.request("BYE"), 200, "OK", {});
}

TEST(SipCall, without_an_offer_gets_ours) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call;
    call.request.uri = "sip:1@127.0.0.1";
    call.request.from = "<sip:2@127.0.0.1>;tag=a";
    call.request.to = "<sip:1@127.0.0.1>";
    call.request.call_id = "in-6";
    peer.send(peer.text(call.request));
    const Incoming incoming = harness.event<Incoming>();
    EXPECT_EQ(incoming.sdp, "");
    harness.send(Answer{incoming.leg, sdp_b});
    call.answer = peer.response(200, "INVITE");
    Peer::Request ack = call.request;
    ack.method = "ACK";
    ack.to = call.answer.header("To");
    ack.body = sdp_a;
    peer.send(peer.text(ack));
    EXPECT_EQ(harness.event<Confirmed>().sdp, sdp_a);
}

TEST(SipCall, provisional_answers_are_reliable_when_required) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "in-7", "Require: 100rel\r\n");
    harness.send(Ring{call.leg, sdp_b});
    call.answer = peer.response(183, "INVITE");
    EXPECT_EQ(call.answer.header("Require"), "100rel");
    // Not acknowledged: sent again. The answer waits.
    peer.response(183, "INVITE");
    harness.send(Answer{call.leg, sdp_b});
    Peer::Request prack = call.next("PRACK");
    prack.headers = "RAck: " + call.answer.header("RSeq") + " 1 INVITE\r\n";
    peer.send(peer.text(prack));
    peer.response(200, "PRACK");
    peer.response(200, "INVITE");
}

TEST(SipCall, to_a_trunk_with_early_media_and_prack) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "777123456";
    command.from_user = "226000001";
    command.from_display = "Linka \"x\"";
    command.sdp = sdp_a;
    command.headers["X-Trace"] = "7";
    command.headers["Via"] = "evil";
    harness.send(command);
    const Message invite = peer.request("INVITE");
    EXPECT_EQ(invite.request_uri(), "sip:777123456@127.0.0.1:" + std::to_string(peer.port()));
    EXPECT_EQ(invite.header("X-Trace"), "7");
    EXPECT_EQ(invite.all("Via").size(), 1U);
    EXPECT_EQ(invite.body, sdp_a);
    EXPECT_TRUE(invite.header("From").starts_with("\"Linka \\\"x\\\"\" <sip:226000001@127.0.0.1:"))
        << invite.header("From");
    EXPECT_NE(harness.event<Saved>().saved, "");
    peer.answer(invite, 100, "Trying", {});
    peer.answer(invite, 183, "Session Progress", "tt", "Require: 100rel\r\nRSeq: 9\r\n", sdp_b);
    const Progress progress = harness.event<Progress>();
    EXPECT_EQ(progress.status, 183);
    EXPECT_EQ(progress.sdp, sdp_b);
    const Message prack = peer.request("PRACK");
    EXPECT_EQ(prack.header("RAck"), "9 " + std::to_string(invite.cseq()) + " INVITE");
    peer.answer(prack, 200, "OK", {});
    peer.answer(invite, 200, "OK", "tt", "User-Agent: Peer 1\r\n", sdp_b);
    const Message ack = peer.request("ACK");
    EXPECT_EQ(ack.cseq(), invite.cseq());
    const Answered answered = harness.event<Answered>();
    EXPECT_EQ(answered.sdp, sdp_b);
    harness.send(HangUp{2, false, 16});
    const Message bye = peer.request("BYE");
    EXPECT_GT(bye.cseq(), prack.cseq());
    EXPECT_EQ(bye.tag("To"), "tt");
    peer.answer(bye, 200, "OK", {});
    EXPECT_EQ(harness.event<Ended>().leg, 2);
}

TEST(SipCall, our_ack_is_repeated_for_a_repeated_answer) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "1";
    command.sdp = sdp_a;
    harness.send(command);
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 200, "OK", "tt", {}, sdp_b);
    peer.request("ACK");
    peer.answer(invite, 200, "OK", "tt", {}, sdp_b);
    peer.request("ACK");
}

TEST(SipCall, cancelled_by_us_and_answered_all_the_same_is_ended) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "1";
    command.sdp = sdp_a;
    harness.send(command);
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 180, "Ringing", "tt");
    harness.event<Progress>();
    harness.send(HangUp{2, true, 16});
    const Message cancel = peer.request("CANCEL");
    EXPECT_EQ(cancel.header("Reason"), "SIP;cause=200;text=\"Call completed elsewhere\"");
    EXPECT_EQ(harness.event<Ended>().status, 0);
    // The answer crossed the CANCEL.
    peer.answer(invite, 200, "OK", "tt", {}, sdp_b);
    peer.request("ACK");
    peer.request("BYE");
}

TEST(SipCall, failures_are_told_with_status_and_retry_after) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "1";
    command.sdp = sdp_a;
    harness.send(command);
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 503, "Busy", "tt", "Retry-After: 17\r\n");
    const Ended ended = harness.event<Ended>();
    EXPECT_EQ(ended.status, 503);
    EXPECT_EQ(ended.retry_after_s, 17);
    peer.request("ACK");
    command.leg = 4;
    command.trunk.clear();
    command.device = "330";
    harness.send(command);
    EXPECT_EQ(harness.event<Ended>().status, 480);
    command.leg = 6;
    command.device.clear();
    command.trunk = "none";
    harness.send(command);
    EXPECT_EQ(harness.event<Ended>().status, 404);
}

// A redirection is told and not followed: one INVITE, whatever it names.
TEST(SipCall, a_redirection_is_not_followed) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    Invite command;
    command.trunk = "public";
    command.number = "1";
    command.sdp = sdp_a;
    struct Case {
        int status;
        std::string contacts;
        std::string told;
    };
    for (const Case& each : std::vector<Case>{
             {302, "<sip:999@192.0.2.1>", "999"},
             {301, "\"Boss\" <sip:%2B420900123456@192.0.2.1>;q=0.5, <sip:2@192.0.2.1>",
              "+420900123456"},
             {302, peer.contact(), "peer"}}) {
        command.leg += 2;
        harness.send(command);
        const Message invite = peer.request("INVITE");
        peer.answer(invite, each.status, "Moved", "tt", "Contact: " + each.contacts + "\r\n");
        peer.request("ACK");
        const Ended ended = harness.event<Ended>();
        EXPECT_EQ(ended.status, each.status);
        EXPECT_TRUE(ended.by_peer);
        EXPECT_EQ(ended.forwards_to, each.told);
        EXPECT_TRUE(peer.silent("INVITE", 20ms));
    }
}

TEST(SipCall, a_silent_trunk_is_given_up_after_three_seconds) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "1";
    harness.send(command);
    peer.request("INVITE");
    EXPECT_EQ(harness.event<Ended>(5s).status, 408);
}

TEST(SipCall, a_trunk_that_asks_who_hangs_up_is_told) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port(), "linka", "secret");
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "1";
    command.sdp = sdp_a;
    harness.send(command);
    peer.answer(peer.request("INVITE"), 200, "OK", "tt", {}, sdp_b);
    peer.request("ACK");
    harness.event<Answered>();
    harness.send(HangUp{2, false, 16});
    harness.event<Ended>();
    const std::string challenge =
        "WWW-Authenticate: Digest realm=\"isp\", nonce=\"abc\", qop=\"auth\"\r\n";
    const Message first = peer.request("BYE");
    EXPECT_EQ(first.header("Authorization"), "");
    peer.answer(first, 401, "Who", {}, challenge);
    const Message second = peer.request("BYE");
    EXPECT_GT(second.cseq(), first.cseq());
    const auto credentials = parse_credentials(second.header("Authorization"));
    ASSERT_TRUE(credentials);
    EXPECT_EQ(digest_response(*credentials, "BYE", "secret"), credentials->response);
    peer.answer(second, 401, "Who", {}, challenge);
    EXPECT_TRUE(peer.silent("BYE", 50ms)) << "once";
}

TEST(SipCall, a_telephone_that_says_nothing_is_given_up) {
    Options options;
    options.device_answer_wait = 50ms;
    Harness harness(true, options);
    Peer peer(harness.port());
    register_device(harness, peer, "330");
    Invite command;
    command.leg = 2;
    command.device = "330";
    command.sdp = sdp_a;
    harness.send(command);
    peer.request("INVITE");
    EXPECT_EQ(harness.event<Ended>().status, 408);
}

TEST(SipCall, a_leg_number_that_cannot_be_used_ends_at_once) {
    Harness harness;
    Invite command;
    command.leg = 3;
    command.device = "330";
    harness.send(command);
    EXPECT_EQ(harness.event<Ended>().status, 500);
}

TEST(SipCall, a_trunk_that_asks_for_a_password_gets_it) {
    for (const char* algorithm : {"MD5", "SHA-256"}) {
        Harness harness;
        Peer peer(harness.port());
        harness.trunk_to(peer.port(), "linka", "secret");
        Invite command;
        command.leg = 2;
        command.trunk = "public";
        command.number = "1";
        command.sdp = sdp_a;
        harness.send(command);
        const Message first = peer.request("INVITE");
        EXPECT_EQ(first.header("Proxy-Authorization"), "");
        peer.answer(first, 407, "Who", "x",
                    std::string("Proxy-Authenticate: Digest realm=\"isp\", nonce=\"abc\", "
                                "qop=\"auth\", algorithm=") +
                        algorithm + "\r\n");
        peer.request("ACK");
        const Message second = peer.request("INVITE");
        EXPECT_EQ(second.cseq(), first.cseq() + 1);
        const auto credentials = parse_credentials(second.header("Proxy-Authorization"));
        ASSERT_TRUE(credentials);
        EXPECT_EQ(digest_response(*credentials, "INVITE", "secret"), credentials->response);
        EXPECT_EQ(credentials->uri, second.request_uri());
        peer.answer(second, 200, "OK", "tt", {}, sdp_b);
        EXPECT_NE(peer.request("ACK").header("Proxy-Authorization"), "");
        harness.event<Answered>();
        harness.send(HangUp{2, false, 16});
        const Message bye = peer.request("BYE");
        const auto later = parse_credentials(bye.header("Proxy-Authorization"));
        ASSERT_TRUE(later);
        EXPECT_EQ(digest_response(*later, "BYE", "secret"), later->response);
        EXPECT_GT(nonce_count(*later), nonce_count(*credentials));
    }
}

}  // namespace
}  // namespace linka::sip::testing
