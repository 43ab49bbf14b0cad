// What happens while a call is up. Over loopback with a scripted peer.
#include "linka/base/text.hpp"
#include "linka/sip/testing/trunk_call.hpp"

namespace linka::sip::testing {
namespace {

TEST(SipDialog, the_peer_holds_and_we_answer) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-1");
    Peer::Request hold = call.next("INVITE");
    hold.body = sdp_c;
    peer.send(peer.text(hold));
    EXPECT_EQ(harness.event<Reoffer>().sdp, sdp_c);
    // A second one while the first is open: 500 with Retry-After.
    Peer::Request second = call.next("INVITE");
    second.body = sdp_a;
    peer.send(peer.text(second));
    EXPECT_NE(peer.response(500, "INVITE").header("Retry-After"), "");
    harness.send(AnswerReoffer{call.leg, sdp_b});
    const Message answer = peer.response(200, "INVITE");
    EXPECT_EQ(answer.body, sdp_b);
    EXPECT_EQ(answer.cseq(), hold.cseq);
    hold.method = "ACK";
    hold.body.clear();
    peer.send(peer.text(hold));
    EXPECT_NE(harness.event<Saved>().saved, "");
    // The same description again is a refresh: answered without asking.
    Peer::Request refresh = call.next("INVITE");
    refresh.body = sdp_c;
    peer.send(peer.text(refresh));
    EXPECT_EQ(peer.response(200, "INVITE").body, sdp_b);
    EXPECT_TRUE(harness.none<Reoffer>(50ms));
}

TEST(SipDialog, a_refused_description_is_488) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-2");
    Peer::Request hold = call.next("INVITE");
    hold.body = sdp_c;
    peer.send(peer.text(hold));
    harness.event<Reoffer>();
    harness.send(AnswerReoffer{call.leg, {}});
    peer.response(488, "INVITE");
}

TEST(SipDialog, a_reinvite_without_an_offer_gets_ours) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-3");
    Peer::Request again = call.next("INVITE");
    peer.send(peer.text(again));
    EXPECT_EQ(harness.event<Reoffer>().sdp, "");
    harness.send(AnswerReoffer{call.leg, sdp_b});
    peer.response(200, "INVITE");
    again.method = "ACK";
    again.body = sdp_c;
    peer.send(peer.text(again));
    EXPECT_EQ(harness.event<Confirmed>().sdp, sdp_c);
}

TEST(SipDialog, our_reinvite_and_glare) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-4");
    harness.send(Reinvite{call.leg, sdp_c});
    const Message invite = peer.request("INVITE");
    EXPECT_EQ(invite.body, sdp_c);
    // The peer's own at the same time: 491.
    Peer::Request theirs = call.next("INVITE");
    theirs.body = sdp_a;
    peer.send(peer.text(theirs));
    peer.response(491, "INVITE");
    peer.answer(invite, 491, "Pending", {});
    peer.request("ACK");
    const Message again = peer.request("INVITE", 4s);
    EXPECT_GT(again.cseq(), invite.cseq());
    peer.answer(again, 200, "OK", {}, {}, sdp_b);
    peer.request("ACK");
    const Reanswered answer = harness.event<Reanswered>();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.sdp, sdp_b);
}

TEST(SipDialog, our_refused_reinvite_keeps_the_call) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-5");
    harness.send(Reinvite{call.leg, sdp_c});
    peer.answer(peer.request("INVITE"), 488, "No", {});
    EXPECT_EQ(harness.event<Reanswered>().status, 488);
    harness.send(Reinvite{call.leg, sdp_c});
    peer.answer(peer.request("INVITE"), 481, "Gone", {});
    EXPECT_EQ(harness.event<Ended>().status, 481);
    peer.request("BYE");
}

TEST(SipDialog, update_with_and_without_a_description) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-6");
    peer.send(peer.text(call.next("UPDATE")));
    EXPECT_EQ(peer.response(200, "UPDATE").body, "");
    Peer::Request update = call.next("UPDATE");
    update.body = sdp_c;
    peer.send(peer.text(update));
    EXPECT_EQ(harness.event<Reoffer>().sdp, sdp_c);
    harness.send(AnswerReoffer{call.leg, sdp_b});
    EXPECT_EQ(peer.response(200, "UPDATE").body, sdp_b);
}

TEST(SipDialog, options_info_and_what_we_do_not_know) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-7");
    peer.send(peer.text(call.next("OPTIONS")));
    EXPECT_NE(peer.response(200, "OPTIONS").header("Allow"), "");
    Peer::Request info = call.next("INFO");
    info.content_type = "application/dtmf-relay";
    info.body = "Signal=7\r\nDuration=160\r\n";
    peer.send(peer.text(info));
    peer.response(200, "INFO");
    EXPECT_EQ(harness.event<InfoDigit>().digit, '7');
    info = call.next("INFO");
    info.content_type = "text/plain";
    info.body = "hello";
    peer.send(peer.text(info));
    peer.response(415, "INFO");
    peer.send(peer.text(call.next("MESSAGE")));
    peer.response(405, "MESSAGE");
    peer.send(peer.text(call.next("DANCE")));
    EXPECT_NE(peer.response(405, "DANCE").header("Allow"), "");
    harness.send(SendInfoDigit{call.leg, '#'});
    const Message digit = peer.request("INFO");
    EXPECT_EQ(digit.header("Content-Type"), "application/dtmf-relay");
    EXPECT_TRUE(digit.body.starts_with("Signal=#\r\n"));
}

TEST(SipDialog, blind_transfer) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "d-8");
    Peer::Request refer = call.next("REFER");
    refer.headers = "Refer-To: <sip:511@127.0.0.1>\r\n";
    peer.send(peer.text(refer));
    peer.response(202, "REFER");
    const Message trying = peer.request("NOTIFY");
    EXPECT_EQ(trying.header("Event"), "refer");
    EXPECT_EQ(trying.body, "SIP/2.0 100 Trying\r\n");
    peer.answer(trying, 200, "OK", {});
    const TransferAsked asked = harness.event<TransferAsked>();
    EXPECT_EQ(asked.to, "511");
    EXPECT_EQ(asked.replaces_leg, 0);
    harness.send(TransferResult{call.leg, 200});
    const Message done = peer.request("NOTIFY");
    EXPECT_EQ(done.body, "SIP/2.0 200 OK\r\n");
    EXPECT_TRUE(done.header("Subscription-State").starts_with("terminated"));
}

TEST(SipDialog, attended_transfer_and_replaces_name_the_other_leg) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall first = established(harness, peer, "d-9a");
    TrunkCall second = established(harness, peer, "d-9b");
    const std::string to_tag = second.answer.tag("To");
    Peer::Request refer = first.next("REFER");
    refer.headers = text::format(
        "Refer-To: <sip:511@127.0.0.1?Replaces=d-9b%3Bto-tag%3D{}%3Bfrom-tag%3Dftd-9b>\r\n",
        to_tag);
    peer.send(peer.text(refer));
    peer.response(202, "REFER");
    EXPECT_EQ(harness.event<TransferAsked>().replaces_leg, second.leg);
    // And an INVITE with Replaces.
    TrunkCall third = invite(harness, peer, "d-9c",
                             text::format("Replaces: d-9b;to-tag={};from-tag=ftd-9b\r\n", to_tag));
    EXPECT_EQ(third.incoming.replaces_leg, std::to_string(second.leg));
    Peer::Request wrong = third.request;
    wrong.call_id = "d-9d";
    wrong.headers = "Replaces: nothing;to-tag=1;from-tag=2\r\n";
    peer.send(peer.text(wrong));
    peer.response(481, "INVITE");
}

TEST(SipDialog, requests_that_belong_to_no_dialog) {
    Harness harness;
    Peer peer(harness.port());
    for (const char* method : {"BYE", "UPDATE", "INFO", "INVITE", "PRACK"}) {
        Peer::Request request;
        request.method = method;
        request.uri = "sip:1@127.0.0.1";
        request.from = "<sip:2@127.0.0.1>;tag=x";
        request.to = "<sip:1@127.0.0.1>;tag=unknown";
        request.call_id = std::string("none-") + method;
        peer.send(peer.text(request));
        peer.response(481, method);
    }
    Peer::Request ack;
    ack.method = "ACK";
    ack.uri = "sip:1@127.0.0.1";
    ack.from = "<sip:2@127.0.0.1>;tag=x";
    ack.to = "<sip:1@127.0.0.1>;tag=unknown";
    ack.call_id = "none-ack";
    peer.send(peer.text(ack));
    peer.send(peer.text([&] {
        Peer::Request options = ack;
        options.method = "OPTIONS";
        options.to = "<sip:1@127.0.0.1>";
        return options;
    }()));
    peer.response(200, "OPTIONS");
}

TEST(SipDialog, a_session_timer_too_brief_is_refused_and_ours_is_kept) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request;
    request.uri = "sip:1@127.0.0.1";
    request.from = "<sip:2@127.0.0.1>;tag=x";
    request.to = "<sip:1@127.0.0.1>";
    request.call_id = "d-10";
    request.headers = "Supported: timer\r\nSession-Expires: 60\r\n";
    request.body = sdp_a;
    peer.send(peer.text(request));
    EXPECT_EQ(peer.response(422, "INVITE").header("Min-SE"), "90");
    TrunkCall call = established(harness, peer, "d-11",
                                 "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n");
    EXPECT_EQ(call.answer.header("Session-Expires"), "90;refresher=uac");
    EXPECT_EQ(call.answer.header("Require"), "timer");
    TrunkCall ours = established(harness, peer, "d-12",
                                 "Supported: timer\r\nSession-Expires: 120;refresher=uas\r\n");
    EXPECT_EQ(ours.answer.header("Session-Expires"), "120;refresher=uas");
}

TEST(SipDialog, admission_refuses_with_retry_after) {
    Options options;
    options.calls_per_second_max = 2;
    Harness harness(true, options);
    Peer peer(harness.port());
    invite(harness, peer, "a-1");
    invite(harness, peer, "a-2");
    Peer::Request request;
    request.uri = "sip:1@127.0.0.1";
    request.from = "<sip:2@127.0.0.1>;tag=x";
    request.to = "<sip:1@127.0.0.1>";
    request.call_id = "a-3";
    request.body = sdp_a;
    peer.send(peer.text(request));
    EXPECT_NE(peer.response(503, "INVITE").header("Retry-After"), "");
}

TEST(SipDialog, draining_refuses_new_calls_and_keeps_the_others) {
    Harness harness;
    Peer peer(harness.port());
    TrunkCall call = established(harness, peer, "dr-1");
    harness.send(Drain{true});
    // Two exchanges: by then the loop has taken the command too.
    for (int i = 0; i < 2; ++i) {
        peer.send(peer.text(call.next("OPTIONS")));
        peer.response(200, "OPTIONS");
    }
    Peer::Request request = call.request;
    request.call_id = "dr-2";
    request.cseq = 1;
    peer.send(peer.text(request));
    peer.response(503, "INVITE");
    peer.send(peer.text(call.next("BYE")));
    peer.response(200, "BYE");
}

TEST(SipDialog, bodies_and_extensions_that_we_do_not_take) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request;
    request.uri = "sip:1@127.0.0.1";
    request.from = "<sip:2@127.0.0.1>;tag=x";
    request.to = "<sip:1@127.0.0.1>";
    request.call_id = "b-1";
    request.body = "hello";
    request.content_type = "text/plain";
    peer.send(peer.text(request));
    EXPECT_NE(peer.response(415, "INVITE").header("Accept"), "");
    request.call_id = "b-2";
    request.body = sdp_a;
    request.content_type = "application/sdp";
    request.headers = "Require: teleport\r\n";
    peer.send(peer.text(request));
    EXPECT_EQ(peer.response(420, "INVITE").header("Unsupported"), "teleport");
    // Over TCP: no datagram is large enough for this.
    Peer stream(harness.port(), Peer::Kind::tcp);
    request.call_id = "b-3";
    request.headers.clear();
    request.body = std::string(65537, 'v');
    stream.send(stream.text(request));
    stream.response(413, "INVITE");
    Peer multi(harness.port());
    request.call_id = "b-4";
    request.content_type = "multipart/mixed;boundary=x";
    request.body =
        "--x\r\nContent-Type: application/isup\r\n\r\n\x01\x02\r\n--x\r\n"
        "Content-Type: application/sdp\r\n\r\n" +
        sdp_a + "\r\n--x--\r\n";
    multi.send(multi.text(request));
    EXPECT_TRUE(harness.event<Incoming>().sdp.starts_with("v=0\r\no=a 1 1"));
}

}  // namespace
}  // namespace linka::sip::testing
