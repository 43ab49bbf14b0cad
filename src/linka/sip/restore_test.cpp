// Restarts: the port goes without a word, a new one gets the saved texts. As after a crash.
#include "linka/sip/saved.hpp"
#include "linka/sip/testing/trunk_call.hpp"

namespace linka::sip::testing {
namespace {

Invite call_out(LegId leg) {
    Invite command;
    command.leg = leg;
    command.trunk = "public";
    command.number = "1";
    command.from_user = "2";
    command.sdp = sdp_a;
    return command;
}

TEST(SipRestore, an_incoming_call_is_ended_by_the_caller_after_a_restart) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "r-1");
    harness.restart();
    peer.send(peer.text(call.next("BYE")));
    peer.response(200, "BYE");
    EXPECT_EQ(harness.event<Ended>().leg, call.leg);
}

TEST(SipRestore, an_incoming_call_is_ended_by_us_after_a_restart) {
    Harness harness;
    Peer peer(harness.port());
    const std::string routes =
        "Record-Route: <sip:127.0.0.1:" + std::to_string(peer.port()) + ";lr>\r\n";
    TrunkCall call = established(harness, peer, "r-2", routes);
    harness.send(Reinvite{call.leg, sdp_c});
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 200, "OK", {}, {}, sdp_a);
    peer.request("ACK");
    harness.event<Reanswered>();
    harness.restart();
    harness.send(HangUp{call.leg, false, 16});
    const Message bye = peer.request("BYE");
    EXPECT_GT(bye.cseq(), invite.cseq());
    EXPECT_EQ(bye.tag("From"), call.answer.tag("To"));
    EXPECT_EQ(bye.tag("To"), "ftr-2");
    EXPECT_NE(bye.header("Route"), "");
    EXPECT_EQ(bye.request_uri(), peer.contact().substr(1, peer.contact().size() - 2));
}

TEST(SipRestore, the_peer_holds_after_two_restarts) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "r-3");
    harness.restart();
    harness.restart();
    Peer::Request hold = call.next("INVITE");
    hold.body = sdp_c;
    peer.send(peer.text(hold));
    EXPECT_EQ(harness.event<Reoffer>().sdp, sdp_c);
    harness.send(AnswerReoffer{call.leg, sdp_b});
    EXPECT_EQ(peer.response(200, "INVITE").body, sdp_b);
    // A request with an old number is not taken.
    Peer::Request old = call.next("INFO");
    old.cseq = 1;
    peer.send(peer.text(old));
    peer.response(500, "INFO");
}

TEST(SipRestore, a_ringing_incoming_call_is_answered_after_a_restart) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "r-4");
    harness.send(Ring{call.leg, {}});
    const Message ringing = peer.response(180, "INVITE");
    harness.restart();
    harness.send(Answer{call.leg, sdp_b});
    call.answer = peer.response(200, "INVITE");
    EXPECT_EQ(call.answer.tag("To"), ringing.tag("To"));
    call.acknowledge(peer);
    EXPECT_EQ(harness.event<Confirmed>().leg, call.leg);
}

TEST(SipRestore, an_unacknowledged_answer_is_sent_again) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = invite(harness, peer, "r-5");
    harness.send(Answer{call.leg, sdp_b});
    const Message first = peer.response(200, "INVITE");
    harness.event<Saved>();
    harness.restart();
    call.answer = peer.response(200, "INVITE");
    EXPECT_EQ(call.answer.tag("To"), first.tag("To"));
    EXPECT_EQ(call.answer.body, sdp_b);
    // The caller's repeated INVITE gets the same answer and makes no second call.
    Peer::Request again = call.request;
    again.branch = first.header("Via").substr(first.header("Via").find("branch=") + 7);
    again.branch = again.branch.substr(0, again.branch.find(';'));
    peer.send(peer.text(again));
    EXPECT_EQ(peer.response(200, "INVITE").tag("To"), first.tag("To"));
    call.acknowledge(peer);
    EXPECT_EQ(harness.event<Confirmed>().leg, call.leg);
    EXPECT_TRUE(harness.none<Incoming>(50ms));
}

TEST(SipRestore, a_ringing_outgoing_call_goes_on) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    harness.send(call_out(2));
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 180, "Ringing", "tt");
    harness.event<Progress>();
    harness.restart();
    harness.trunk_to(peer.port());
    // The same transaction: a proxy or phone takes it for a retransmission.
    const Message again = peer.request("INVITE");
    EXPECT_EQ(again.text, invite.text);
    peer.answer(again, 200, "OK", "tt", {}, sdp_b);
    peer.request("ACK");
    EXPECT_EQ(harness.event<Answered>().sdp, sdp_b);
    harness.send(HangUp{2, false, 16});
    EXPECT_EQ(peer.request("BYE").tag("To"), "tt");
}

TEST(SipRestore, a_ringing_outgoing_call_is_cancelled_after_a_restart) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    harness.send(call_out(2));
    const Message invite = peer.request("INVITE");
    harness.event<Saved>();
    harness.restart();
    peer.answer(peer.request("INVITE"), 180, "Ringing", "tt");
    harness.event<Progress>();
    harness.send(HangUp{2, false, 16});
    const Message cancel = peer.request("CANCEL");
    EXPECT_EQ(cancel.header("Via"), invite.header("Via"));
    EXPECT_EQ(cancel.cseq(), invite.cseq());
}

// The crash came between the peer's 200 and our ACK.
TEST(SipRestore, the_answer_of_a_confirmed_call_is_acknowledged_again) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    harness.send(call_out(2));
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 200, "OK", "tt", {}, sdp_b);
    peer.request("ACK");
    harness.event<Answered>();
    harness.restart();
    peer.answer(invite, 200, "OK", "tt", {}, sdp_b);
    const Message ack = peer.request("ACK");
    EXPECT_EQ(ack.cseq(), invite.cseq());
    EXPECT_TRUE(peer.silent("BYE", 200ms));
}

TEST(SipRestore, an_answer_that_nobody_knows_is_dropped) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    harness.send(call_out(2));
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 180, "Ringing", "tt");
    harness.event<Progress>();
    harness.legs.clear();
    harness.restart();
    peer.answer(invite, 200, "OK", "tt", {}, sdp_b);
    EXPECT_TRUE(peer.silent("ACK", 200ms));
    EXPECT_TRUE(peer.silent("BYE", 50ms));
}

TEST(SipRestore, a_registration_is_kept_and_a_call_goes_to_it) {
    Harness harness;
    Peer phone(harness.port());
    register_device(harness, phone, "330");
    harness.restart();
    EXPECT_EQ(harness.event<Registration>().contacts, 1);
    Invite command;
    command.leg = 2;
    command.device = "330";
    command.sdp = sdp_a;
    harness.send(command);
    phone.request("INVITE");
}

TEST(SipRestore, a_call_of_a_phone_over_tcp_finds_its_new_connection) {
    Harness harness;
    Peer phone(harness.port(), Peer::Kind::tcp);
    const std::string headers = "Contact: <sip:330@192.168.77.3:5060;transport=tcp>\r\n";
    register_device(harness, phone, "330", headers);
    Invite command;
    command.leg = 2;
    command.device = "330";
    command.sdp = sdp_a;
    harness.send(command);
    const Message invite = phone.request("INVITE");
    phone.answer(invite, 200, "OK", "n", "Contact: <sip:330@192.168.77.3:5060;transport=tcp>\r\n",
                 sdp_b);
    phone.request("ACK");
    harness.event<Answered>();
    harness.restart();
    EXPECT_EQ(harness.event<Registration>().contacts, 0);
    phone.disconnect();
    register_device(harness, phone, "330", headers);
    harness.send(HangUp{2, false, 16});
    EXPECT_EQ(phone.request("BYE").tag("To"), "n");
}

// The session timers of 90 s and more are shortened in the saved text.
TEST(SipRestore, a_session_that_the_peer_does_not_refresh_ends) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "s-1",
                                 "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n");
    std::string& saved = harness.legs[call.leg];
    const std::size_t at = saved.find("\"session_s\":90");
    ASSERT_NE(at, std::string::npos);
    saved.replace(at, 14, "\"session_s\":3");
    harness.restart();
    EXPECT_EQ(harness.event<Ended>(4s).status, 408);
    peer.request("BYE");
}

TEST(SipRestore, we_refresh_the_session_when_it_is_ours) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "s-2",
                                 "Supported: timer\r\nAllow: INVITE, UPDATE\r\n"
                                 "Session-Expires: 90;refresher=uas\r\n");
    std::string& saved = harness.legs[call.leg];
    saved.replace(saved.find("\"session_s\":90"), 14, "\"session_s\":2");
    harness.restart();
    const Message update = peer.request("UPDATE", 3s);
    EXPECT_EQ(update.header("Session-Expires"), "2;refresher=uac");
    EXPECT_EQ(update.body, "");
    // A peer that has lost the call says so, and the leg ends.
    peer.answer(update, 481, "Gone", {});
    EXPECT_EQ(harness.event<Ended>().status, 481);
}

// Neither the peer's Contact nor where it was seen is a place to send to.
void make_unreachable(std::string& saved, std::int64_t session_s = 0) {
    LegRecord record = from_saved(saved).value();
    record.session_s = session_s;
    record.refresh_is_ours = true;
    for (DialogRecord& dialog : record.dialogs) {
        dialog.peer.host = "host.invalid";
        dialog.target = dialog.target.empty() ? "" : "<sip:x@host.invalid>";
    }
    saved = to_saved(record);
}

TEST(SipRestore, a_leg_whose_refresh_cannot_be_sent_ends) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "s-3", "Supported: timer\r\n");
    make_unreachable(harness.legs[call.leg], 1);
    harness.restart();
    const Ended ended = harness.event<Ended>();
    EXPECT_EQ(ended.leg, call.leg);
    EXPECT_EQ(ended.status, 503);
    EXPECT_FALSE(ended.by_peer);
}

TEST(SipRestore, a_leg_whose_answer_cannot_be_acknowledged_ends) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    harness.send(call_out(2));
    peer.answer(peer.request("INVITE"), 180, "Ringing", "tt");
    harness.event<Progress>();
    make_unreachable(harness.legs[2]);
    harness.restart();
    const Message invite = peer.request("INVITE");
    peer.answer(invite, 200, "OK", "tt", "Contact: <sip:x@host.invalid>\r\n", sdp_b);
    const Ended ended = harness.event<Ended>();
    EXPECT_EQ(ended.leg, 2);
    EXPECT_EQ(ended.status, 503);
}

TEST(SipRestore, broken_texts_end_the_leg_and_nothing_else) {
    Harness harness;
    harness.legs[1] = "{}";
    harness.legs[3] = "nonsense";
    harness.legs[4] = "{\"version\":1,\"leg\":4,\"outgoing\":true,\"dialogs\":[]}";
    harness.registrations["330"] = "nonsense";
    harness.restart();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(harness.event<Ended>().status, 481);
    }
    EXPECT_EQ(harness.event<Registration>().contacts, 0);
}

}  // namespace
}  // namespace linka::sip::testing
