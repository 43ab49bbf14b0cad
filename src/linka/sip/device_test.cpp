// Devices: registration, digest, forks, NAT, transports. Over loopback with scripted peers.
#include "linka/base/text.hpp"
#include "linka/sip/testing/trunk_call.hpp"

namespace linka::sip::testing {
namespace {

Peer::Request registration(const std::string& user, const std::string& call_id) {
    Peer::Request request;
    request.method = "REGISTER";
    request.uri = "sip:127.0.0.1";
    request.from = "<sip:" + user + "@127.0.0.1>;tag=r";
    request.to = "<sip:" + user + "@127.0.0.1>";
    request.call_id = call_id;
    return request;
}

Invite ring_device(LegId leg, const std::string& device) {
    Invite command;
    command.leg = leg;
    command.device = device;
    command.from_user = "777";
    command.from_display = "Zákazník";
    command.sdp = sdp_a;
    return command;
}

TEST(SipDevice, is_told_that_a_number_is_withheld_and_shows_no_address_of_ours) {
    Harness harness;
    Peer peer(harness.port());
    register_device(harness, peer, "330");
    Invite command = ring_device(2, "330");
    command.from_user.clear();
    command.from_display.clear();
    harness.send(command);
    const Message invite = peer.request("INVITE");
    EXPECT_TRUE(
        invite.header("From").starts_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="))
        << invite.header("From");
    EXPECT_EQ(invite.header("Privacy"), "id");
}

TEST(SipDevice, is_told_the_name_of_a_colleague_who_has_no_number) {
    Harness harness;
    Peer peer(harness.port());
    register_device(harness, peer, "330");
    Invite command = ring_device(2, "330");
    command.from_user.clear();
    command.from_display = "Jan";
    harness.send(command);
    const Message invite = peer.request("INVITE");
    EXPECT_TRUE(invite.header("From").starts_with("\"Jan\" <sip:anonymous@anonymous.invalid>;tag="))
        << invite.header("From");
}

TEST(SipDevice, registers_with_either_algorithm_and_is_offered_sha256_first) {
    for (const DigestAlgorithm algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::md5}) {
        Harness harness;
        Peer peer(harness.port());
        peer.send(peer.text(registration("330", "c1")));
        const Message challenge = peer.response(401, "REGISTER");
        ASSERT_EQ(challenge.all("WWW-Authenticate").size(), 2U);
        EXPECT_NE(challenge.all("WWW-Authenticate")[0].find("SHA-256"), std::string::npos);
        EXPECT_NE(challenge.all("WWW-Authenticate")[1].find("MD5"), std::string::npos);
        register_device(harness, peer, "330", "Expires: 600\r\n", algorithm);
    }
}

TEST(SipDevice, is_told_too_brief_and_can_ask_and_unregister) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request = registration("330", "c2");
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, "REGISTER");
    const auto send_again = [&](const std::string& headers, std::uint32_t nc) {
        ++request.cseq;
        request.headers = headers + authorize(challenge, "330", "sip330", "REGISTER", request.uri,
                                              DigestAlgorithm::sha256, nc);
        peer.send(peer.text(request));
    };
    send_again("Expires: 30\r\n", 1);
    EXPECT_EQ(peer.response(423, "REGISTER").header("Min-Expires"), "60");
    send_again("Contact: " + peer.contact() + ";q=0.5;expires=90\r\n", 2);
    const Message done = peer.response(200, "REGISTER");
    EXPECT_NE(done.header("Contact").find(";q=0.500"), std::string::npos) << done.text;
    EXPECT_EQ(harness.event<Registration>().contacts, 1);
    send_again("Contact: *\r\nExpires: 0\r\n", 3);
    EXPECT_EQ(peer.response(200, "REGISTER").header("Contact"), "");
    const Registration gone = harness.event<Registration>();
    EXPECT_EQ(gone.contacts, 0);
    EXPECT_EQ(gone.saved, "");
}

TEST(SipDevice, a_nonce_count_cannot_be_used_twice) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request = registration("330", "c3");
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, "REGISTER");
    request.headers = authorize(challenge, "330", "sip330", "REGISTER", request.uri);
    request.cseq = 2;
    peer.send(peer.text(request));
    peer.response(200, "REGISTER");
    request.cseq = 3;
    peer.send(peer.text(request));
    const Message again = peer.response(401, "REGISTER");
    EXPECT_NE(again.header("WWW-Authenticate").find("stale=true"), std::string::npos);
    EXPECT_TRUE(harness.none<AuthFailed>(50ms));
}

// Wrong passwords and unknown accounts get the same answer after the same delay; the fifth locks.
TEST(SipDevice, wrong_passwords_are_slow_and_lock) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request = registration("330", "c4");
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, "REGISTER");
    for (const char* user : {"330", "nobody"}) {
        request.headers = authorize(challenge, user, "wrong", "REGISTER", request.uri);
        ++request.cseq;
        const Instant sent = runtime::steady_now();
        peer.send(peer.text(request));
        const Message refusal = peer.response(401, "REGISTER");
        EXPECT_GE(runtime::steady_now() - sent, 950ms) << user;
        EXPECT_EQ(refusal.all("WWW-Authenticate").size(), 2U);
        const AuthFailed failed = harness.event<AuthFailed>();
        EXPECT_EQ(failed.device, user);
        EXPECT_EQ(failed.address, "127.0.0.1");
        EXPECT_FALSE(failed.locked);
    }
    for (int i = 0; i < 4; ++i) {
        request.headers = authorize(challenge, "330", "wrong", "REGISTER", request.uri);
        ++request.cseq;
        peer.send(peer.text(request));
    }
    bool locked = false;
    for (int i = 0; i < 4; ++i) {
        locked |= harness.event<AuthFailed>().locked;
    }
    EXPECT_TRUE(locked);
    request.headers = authorize(challenge, "330", "sip330", "REGISTER", request.uri);
    ++request.cseq;
    peer.send(peer.text(request));
    peer.response(403, "REGISTER");
}

TEST(SipDevice, cannot_register_another) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request = registration("331", "c5");
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, "REGISTER");
    request.headers = authorize(challenge, "330", "sip330", "REGISTER", request.uri);
    request.cseq = 2;
    peer.send(peer.text(request));
    peer.response(403, "REGISTER");
}

TEST(SipDevice, calls_with_its_password) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request;
    request.uri = "sip:510@127.0.0.1";
    request.from = "<sip:330@127.0.0.1>;tag=d";
    request.to = "<sip:510@127.0.0.1>";
    request.call_id = "device-call";
    request.body = sdp_a;
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, "INVITE");
    request.cseq = 2;
    request.headers = authorize(challenge, "330", "sip330", "INVITE", request.uri);
    peer.send(peer.text(request));
    const Incoming incoming = harness.event<Incoming>();
    EXPECT_EQ(incoming.device, "330");
    EXPECT_EQ(incoming.trunk, "");
    EXPECT_EQ(incoming.number, "510");
}

TEST(SipDevice, strangers_are_only_challenged) {
    Harness harness(false);
    Peer peer(harness.port());
    Peer::Request request;
    request.uri = "sip:510@127.0.0.1";
    request.from = "<sip:someone@example.org>;tag=d";
    request.to = "<sip:510@127.0.0.1>";
    request.call_id = "stranger";
    request.body = sdp_a;
    peer.send(peer.text(request));
    peer.response(401, "INVITE");
    EXPECT_TRUE(harness.none<Incoming>(50ms));
}

// Two phones of one device: both ring, the first answer wins, the other one is told.
TEST(SipDevice, rings_all_its_phones_and_the_first_wins) {
    Harness harness;
    Peer desk(harness.port());
    Peer soft(harness.port());
    register_device(harness, desk, "330", "Allow-Events: talk, hold\r\n");
    register_device(harness, soft, "330");
    harness.send(ring_device(2, "330"));
    const Message at_desk = desk.request("INVITE");
    const Message at_soft = soft.request("INVITE");
    EXPECT_NE(at_desk.header("Call-ID"), at_soft.header("Call-ID"));
    EXPECT_TRUE(at_desk.header("From").starts_with("\"Zákazník\" <sip:777@"));
    desk.answer(at_desk, 180, "Ringing", "desk");
    EXPECT_TRUE(harness.event<Progress>().can_ask_to_answer);
    soft.answer(at_soft, 180, "Ringing", "soft");
    harness.event<Progress>();
    harness.send(AskToAnswer{2});
    const Message talk = desk.request("NOTIFY");
    EXPECT_EQ(talk.header("Event"), "talk");
    desk.answer(talk, 200, "OK", {});
    soft.answer(at_soft, 200, "OK", "soft", {}, sdp_b);
    soft.request("ACK");
    EXPECT_EQ(harness.event<Answered>().sdp, sdp_b);
    const Message cancel = desk.request("CANCEL");
    EXPECT_EQ(cancel.header("Reason"), "SIP;cause=200;text=\"Call completed elsewhere\"");
    desk.answer(cancel, 200, "OK", "desk");
    desk.answer(at_desk, 487, "Cancelled", "desk");
    desk.request("ACK");
    soft.send(soft.text([&] {
        Peer::Request bye;
        bye.method = "BYE";
        bye.uri = at_soft.header("Contact").substr(1, at_soft.header("Contact").find('>') - 1);
        bye.from = at_soft.header("To") + ";tag=soft";
        bye.to = at_soft.header("From");
        bye.call_id = at_soft.header("Call-ID");
        return bye;
    }()));
    soft.response(200, "BYE");
    EXPECT_TRUE(harness.event<Ended>().by_peer);
}

TEST(SipDevice, busy_everywhere_is_told_once_and_a_refusal_stops_the_others) {
    Harness harness;
    Peer desk(harness.port());
    Peer soft(harness.port());
    register_device(harness, desk, "330");
    register_device(harness, soft, "330");
    harness.send(ring_device(2, "330"));
    desk.answer(desk.request("INVITE"), 486, "Busy", "d");
    EXPECT_TRUE(harness.none<Ended>(50ms));
    soft.answer(soft.request("INVITE"), 480, "Away", "s");
    EXPECT_EQ(harness.event<Ended>().status, 486);
    harness.send(ring_device(4, "330"));
    const Message at_soft = [&] {
        desk.answer(desk.request("INVITE"), 603, "Decline", "d");
        return soft.request("INVITE");
    }();
    EXPECT_EQ(harness.event<Ended>().status, 603);
    soft.answer(at_soft, 180, "Ringing", "s");
    soft.request("CANCEL");
}

TEST(SipDevice, auto_answer_headers) {
    Harness harness;
    Peer desk(harness.port());
    register_device(harness, desk, "330");
    Invite command = ring_device(2, "330");
    command.auto_answer = true;
    harness.send(command);
    const Message invite = desk.request("INVITE");
    EXPECT_NE(invite.header("Call-Info").find("answer-after=0"), std::string::npos);
    EXPECT_NE(invite.header("Alert-Info").find("info=alert-autoanswer"), std::string::npos);
}

// The contact says another address than the one that the packets come from.
TEST(SipDevice, behind_nat_is_reached_where_it_came_from) {
    Harness harness;
    Peer phone(harness.port());
    register_device(harness, phone, "330",
                    "Contact: <sip:330@192.168.77.3:5060>\r\nExpires: 600\r\n");
    harness.send(ring_device(2, "330"));
    const Message invite = phone.request("INVITE");
    EXPECT_EQ(invite.request_uri(), "sip:330@192.168.77.3:5060");
    phone.answer(invite, 200, "OK", "n", {}, sdp_b);
    phone.request("ACK");
}

TEST(SipDevice, behind_nat_gets_keep_alives) {
    Harness harness;
    Peer phone(harness.port());
    register_device(harness, phone, "330",
                    "Contact: <sip:330@192.168.77.3:5060>\r\nExpires: 600\r\n");
    const Message options = phone.request("OPTIONS", 30s);
    EXPECT_EQ(options.request_uri(), "sip:330@192.168.77.3:5060");
}

TEST(SipDevice, over_tcp_is_reached_on_its_own_connection) {
    Harness harness;
    Peer phone(harness.port(), Peer::Kind::tcp);
    const std::string headers = "Contact: <sip:330@192.168.77.3:5060;transport=tcp>\r\n";
    register_device(harness, phone, "330", headers);
    harness.send(ring_device(2, "330"));
    const Message invite = phone.request("INVITE");
    phone.answer(invite, 200, "OK", "n", {}, sdp_b);
    phone.request("ACK");
    harness.event<Answered>();
    // It connects anew and registers: the call's requests follow it.
    phone.disconnect();
    register_device(harness, phone, "330", headers);
    harness.send(HangUp{2, false, 16});
    phone.answer(phone.request("BYE"), 200, "OK", {});
}

TEST(SipDevice, over_tcp_is_unreachable_once_its_connection_is_gone) {
    Harness harness;
    Peer phone(harness.port(), Peer::Kind::tcp);
    register_device(harness, phone, "330",
                    "Contact: <sip:330@192.168.77.3:5060;transport=tcp>\r\n");
    phone.disconnect();
    EXPECT_EQ(harness.event<Registration>(8s).contacts, 0);
    harness.send(ring_device(2, "330"));
    EXPECT_EQ(harness.event<Ended>().status, 480);
}

TEST(SipDevice, over_ipv6) {
    Harness harness;
    Peer phone(harness.port(), Peer::Kind::udp, "::1");
    register_device(harness, phone, "330");
    harness.send(ring_device(2, "330"));
    const Message invite = phone.request("INVITE");
    EXPECT_TRUE(invite.header("Contact").starts_with("<sip:linka@[::1]:"))
        << invite.header("Contact");
    phone.answer(invite, 200, "OK", "n", {}, sdp_b);
    phone.request("ACK");
}

TEST(SipDevice, tcp_ping_is_answered) {
    Harness harness;
    Peer phone(harness.port(), Peer::Kind::tcp);
    phone.send("\r\n\r\n");
    register_device(harness, phone, "330");
    EXPECT_EQ(phone.pongs(), 1);
}

TEST(SipDevice, of_a_removed_account_is_forgotten) {
    Harness harness;
    Peer phone(harness.port());
    register_device(harness, phone, "330");
    harness.send(SetAccounts{{{"331", "sip331"}}});
    EXPECT_EQ(harness.event<Registration>().contacts, 0);
}

}  // namespace
}  // namespace linka::sip::testing
