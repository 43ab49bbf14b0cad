// Descriptions that change before the call is answered (RFC 3311, RFC 6337), and offers that cross.
#include "linka/base/text.hpp"
#include "linka/sip/testing/trunk_call.hpp"

namespace linka::sip::testing {
namespace {

// Our call that the trunk has answered early and for good: a reliable 183 with a description.
struct EarlyCall {
    explicit EarlyCall(Harness& harness, Peer& peer) {
        harness.trunk_to(peer.port());
        Invite command;
        command.leg = 2;
        command.trunk = "public";
        command.number = "1";
        command.sdp = sdp_a;
        harness.send(command);
        invite = peer.request("INVITE");
    }
    void answer_early(Harness& harness, Peer& peer) {
        peer.answer(invite, 183, "Progress", "tt", "Require: 100rel\r\nRSeq: 1\r\n", sdp_b);
        EXPECT_EQ(harness.event<Progress>().sdp, sdp_b);
        peer.answer(peer.request("PRACK"), 200, "OK", {});
    }
    // A request of the peer in the dialog.
    Peer::Request next(const std::string& method, const std::string& body) {
        Peer::Request request;
        request.method = method;
        request.uri = invite.header("Contact").substr(1, invite.header("Contact").find('>') - 1);
        request.from = invite.header("To") + ";tag=tt";
        request.to = invite.header("From");
        request.call_id = invite.header("Call-ID");
        request.cseq = ++cseq;
        request.body = body;
        return request;
    }
    Message invite;
    int cseq = 100;
};

TEST(SipEarly, the_callee_moves_before_the_answer) {
    Harness harness;
    Peer peer(harness.port());
    EarlyCall call(harness, peer);
    call.answer_early(harness, peer);
    peer.send(peer.text(call.next("UPDATE", sdp_c)));
    const Reoffer moved = harness.event<Reoffer>();
    EXPECT_EQ(moved.sdp, sdp_c);
    harness.send(AnswerReoffer{2, sdp_a, {}});
    EXPECT_EQ(peer.response(200, "UPDATE").body, sdp_a);
    // The 200 repeats the first answer, as many do: what counts is the newest.
    peer.answer(call.invite, 200, "OK", "tt", {}, sdp_b);
    EXPECT_EQ(harness.event<Answered>().sdp, sdp_c);
    peer.request("ACK");
}

TEST(SipEarly, an_update_that_does_not_fit_is_refused_and_the_call_goes_on) {
    Harness harness;
    Peer peer(harness.port());
    EarlyCall call(harness, peer);
    call.answer_early(harness, peer);
    peer.send(peer.text(call.next("UPDATE", sdp_c)));
    harness.event<Reoffer>();
    harness.send(AnswerReoffer{2, {}, "no codec \"that\" fits"});
    EXPECT_EQ(peer.response(488, "UPDATE").header("Warning"),
              "399 linka \"no codec \\\"that\\\" fits\"");
    peer.answer(call.invite, 200, "OK", "tt", {}, sdp_b);
    EXPECT_EQ(harness.event<Answered>().sdp, sdp_b);
}

TEST(SipEarly, before_our_offer_is_answered_it_is_491) {
    Harness harness;
    Peer peer(harness.port());
    EarlyCall call(harness, peer);
    peer.answer(call.invite, 180, "Ringing", "tt");
    harness.event<Progress>();
    peer.send(peer.text(call.next("UPDATE", sdp_b)));
    peer.response(491, "UPDATE");
    peer.send(peer.text(call.next("UPDATE", {})));
    peer.response(200, "UPDATE");
    // An unreliable 183 is a foretaste, no answer.
    peer.answer(call.invite, 183, "Progress", "tt", {}, sdp_b);
    harness.event<Progress>();
    peer.send(peer.text(call.next("UPDATE", sdp_c)));
    peer.response(491, "UPDATE");
}

TEST(SipEarly, while_we_owe_the_answer_it_is_500) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "e-1");
    harness.send(Ring{call.leg, {}});
    call.answer = peer.response(180, "INVITE");
    Peer::Request update = call.next("UPDATE");
    update.body = sdp_c;
    peer.send(peer.text(update));
    EXPECT_NE(peer.response(500, "UPDATE").header("Retry-After"), "");
    peer.send(peer.text(call.next("UPDATE")));
    peer.response(200, "UPDATE");
}

TEST(SipEarly, the_caller_moves_after_a_reliable_answer) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "e-2", "Require: 100rel\r\n");
    harness.send(Ring{call.leg, sdp_b});
    call.answer = peer.response(183, "INVITE");
    Peer::Request prack = call.next("PRACK");
    prack.headers = "RAck: " + call.answer.header("RSeq") + " 1 INVITE\r\n";
    peer.send(peer.text(prack));
    peer.response(200, "PRACK");
    Peer::Request update = call.next("UPDATE");
    update.body = sdp_c;
    peer.send(peer.text(update));
    EXPECT_EQ(harness.event<Reoffer>().sdp, sdp_c);
    harness.send(AnswerReoffer{call.leg, sdp_b, {}});
    EXPECT_EQ(peer.response(200, "UPDATE").body, sdp_b);
    harness.send(Answer{call.leg, sdp_b});
    EXPECT_EQ(peer.response(200, "INVITE").body, "") << "what was agreed is not said again";
}

// While our re-INVITE is out: offers of the peer 491, everything else as ever.
TEST(SipEarly, offers_that_cross) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "e-3");
    harness.send(Reinvite{call.leg, sdp_a});
    const Message ours = peer.request("INVITE");
    Peer::Request update = call.next("UPDATE");
    update.body = sdp_c;
    peer.send(peer.text(update));
    peer.response(491, "UPDATE");
    Peer::Request again = call.next("INVITE");
    again.body = sdp_c;
    peer.send(peer.text(again));
    peer.response(491, "INVITE");
    Peer::Request ack = again;
    ack.method = "ACK";
    ack.body.clear();
    peer.send(peer.text(ack));
    peer.send(peer.text(call.next("UPDATE")));
    peer.response(200, "UPDATE");
    Peer::Request info = call.next("INFO");
    info.body = "Signal=5\r\n";
    info.content_type = "application/dtmf-relay";
    peer.send(peer.text(info));
    peer.response(200, "INFO");
    EXPECT_EQ(harness.event<InfoDigit>().digit, '5');
    peer.send(peer.text(call.next("BYE")));
    peer.response(200, "BYE");
    EXPECT_TRUE(harness.event<Ended>().by_peer);
}

// The peer owns the Call-ID, so we try again within two seconds (RFC 3261 §14.1), and in the end it
// takes our description.
TEST(SipEarly, after_491_the_description_is_taken_in_the_end) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "e-4");
    harness.send(Reinvite{call.leg, sdp_a});
    for (int i = 0; i < 4; ++i) {
        peer.answer(peer.request("INVITE"), 491, "Request Pending", {});
        peer.request("ACK");
    }
    peer.answer(peer.request("INVITE"), 200, "OK", {}, {}, sdp_c);
    const Reanswered taken = harness.event<Reanswered>();
    EXPECT_EQ(taken.status, 200);
    EXPECT_EQ(taken.sdp, sdp_c);
}

// RFC 4028 §9: a refresh without Session-Expires ends the peer's promise to refresh.
TEST(SipEarly, a_peer_that_takes_its_session_timer_back_is_not_hung_up) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "e-5",
                                 "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n");
    EXPECT_NE(harness.legs.at(call.leg).find("\"session_s\":90"), std::string::npos);
    Peer::Request refresh = call.next("INVITE");
    refresh.body = sdp_a;
    peer.send(peer.text(refresh));
    EXPECT_EQ(peer.response(200, "INVITE").header("Session-Expires"), "");
    refresh.method = "ACK";
    refresh.body.clear();
    peer.send(peer.text(refresh));
    harness.event<Saved>();
    while (harness.legs.at(call.leg).find("\"session_s\":90") != std::string::npos) {
        harness.event<Saved>();
    }
}

}  // namespace
}  // namespace linka::sip::testing
