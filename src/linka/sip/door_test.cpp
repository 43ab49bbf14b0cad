// Who may come in: what strangers send, forged or not, and what it must not do to telephones.
#include "linka/base/text.hpp"
#include "linka/sip/auth_guard.hpp"
#include "linka/sip/testing/trunk_call.hpp"
#include "linka/sip/unanswered.hpp"

#include <algorithm>

namespace linka::sip::testing {
namespace {

Peer::Request first_registration(const std::string& user, const std::string& call_id) {
    Peer::Request request;
    request.method = "REGISTER";
    request.uri = "sip:127.0.0.1";
    request.from = "<sip:" + user + "@127.0.0.1>;tag=r";
    request.to = "<sip:" + user + "@127.0.0.1>";
    request.call_id = call_id;
    return request;
}

Peer::Request call_of(const std::string& user, const std::string& number,
                      const std::string& call_id) {
    Peer::Request request;
    request.uri = "sip:" + number + "@127.0.0.1";
    request.from = "<sip:" + user + "@127.0.0.1>;tag=d";
    request.to = "<sip:" + number + "@127.0.0.1>";
    request.call_id = call_id;
    request.body = sdp_a;
    return request;
}

// Sends a request, and once more with the answer to the challenge that it gets.
void send_signed(Peer& peer, Peer::Request request, const std::string& user,
                 const std::string& password, const std::string& digest_uri = {}) {
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, request.method);
    ++request.cseq;
    request.headers += authorize(challenge, user, password, request.method,
                                 digest_uri.empty() ? request.uri : digest_uri);
    peer.send(peer.text(request));
}

// Guesses as whoever really is at the peer's address.
void guess(Harness& harness, Peer& peer, const std::string& user, int times) {
    Peer::Request request = first_registration(user, text::format("guess-{}", peer.port()));
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, "REGISTER");
    for (int i = 0; i < times; ++i) {
        ++request.cseq;
        request.headers = authorize(challenge, user, "wrong", "REGISTER", request.uri);
        peer.send(peer.text(request));
    }
    for (int i = 0; i < times; ++i) {
        harness.event<AuthFailed>();
    }
}

TEST(SipDoor, a_challenge_is_sent_once_and_leaves_nothing) {
    Harness harness(false);
    Peer peer(harness.port());
    peer.send(peer.text(call_of("someone", "510", "once")));
    peer.response(401, "INVITE");
    // Never acknowledged: a transaction would send it again after 0.5 s.
    EXPECT_FALSE(peer.any(800ms).has_value());
}

TEST(SipDoor, answers_go_back_whatever_maddr_says) {
    Harness harness(false);
    Peer peer(harness.port(), Peer::Kind::udp, "127.0.0.2");
    for (const char* method : {"INVITE", "OPTIONS", "BYE", "NONSENSE"}) {
        Peer::Request request = call_of("someone", "510", std::string("maddr-") + method);
        request.method = method;
        std::string text = peer.text(request);
        const std::size_t via = text.find(";branch=");
        ASSERT_NE(via, std::string::npos);
        text.insert(via, ";maddr=127.0.0.3");
        peer.send(text);
        const std::optional<Message> answer = peer.any(3s);
        ASSERT_TRUE(answer.has_value()) << method;
        EXPECT_EQ(answer->header("Via").find("maddr"), std::string::npos);
    }
}

TEST(SipDoor, forged_credentials_count_for_nothing) {
    Harness harness(false);
    Peer peer(harness.port());
    Peer::Request forged = first_registration("330", "forged");
    for (int i = 0; i < 2 * AuthGuard::pair_failures_max; ++i) {
        ++forged.cseq;
        forged.headers =
            "Authorization: Digest username=\"330\", realm=\"linka\", nonce=\"00\", "
            "uri=\"sip:127.0.0.1\", response=\"00\", qop=auth, nc=00000001, cnonce=\"x\"\r\n";
        peer.send(peer.text(forged));
        peer.response(401, "REGISTER");
    }
    EXPECT_TRUE(harness.none<AuthFailed>(20ms));
    register_device(harness, peer, "330");
}

TEST(SipDoor, a_challenge_is_good_for_who_got_it) {
    Harness harness(false);
    Peer asked(harness.port());
    Peer other(harness.port(), Peer::Kind::udp, "127.0.0.2");
    Peer::Request request = first_registration("330", "elsewhere");
    asked.send(asked.text(request));
    const Message challenge = asked.response(401, "REGISTER");
    request.cseq = 2;
    request.headers = authorize(challenge, "330", "sip330", "REGISTER", request.uri);
    other.send(other.text(request));
    const Message again = other.response(401, "REGISTER");
    EXPECT_NE(again.header("WWW-Authenticate").find("stale=true"), std::string::npos);
}

TEST(SipDoor, guesses_lock_out_neither_the_registered_telephone_nor_emergency_calls) {
    Harness harness(false);
    Peer phone(harness.port());
    register_device(harness, phone, "330");
    Peer guesser(harness.port());  // at the same address
    guess(harness, guesser, "330", AuthGuard::pair_failures_max);
    send_signed(guesser, first_registration("330", "locked"), "330", "sip330");
    guesser.response(403, "REGISTER");
    send_signed(phone, first_registration("330", "still"), "330", "sip330");
    phone.response(200, "REGISTER");
    send_signed(phone, call_of("330", "510", "still-calls"), "330", "sip330");
    EXPECT_EQ(harness.event<Incoming>().number, "510");
    send_signed(guesser, call_of("330", "112", "emergency"), "330", "sip330");
    EXPECT_EQ(harness.event<Incoming>().number, "112");
}

TEST(SipDoor, guesses_from_everywhere_lock_the_account_for_who_is_not_registered) {
    Harness harness(false);
    Peer phone(harness.port(), Peer::Kind::udp, "127.0.1.1");
    register_device(harness, phone, "330");
    constexpr int each = AuthGuard::pair_failures_max - 1;
    for (int left = AuthGuard::account_failures_max; left > 0; left -= each) {
        Peer guesser(harness.port(), Peer::Kind::udp, text::format("127.0.2.{}", left));
        guess(harness, guesser, "330", std::min(each, left));
    }
    Peer elsewhere(harness.port(), Peer::Kind::udp, "127.0.3.1");
    send_signed(elsewhere, first_registration("330", "elsewhere"), "330", "sip330");
    elsewhere.response(403, "REGISTER");
    Peer restarted(harness.port(), Peer::Kind::udp, "127.0.1.1");  // the telephone, another port
    send_signed(restarted, first_registration("330", "restarted"), "330", "sip330");
    restarted.response(200, "REGISTER");
}

TEST(SipDoor, credentials_of_one_call_are_not_taken_for_another) {
    Harness harness(false);
    Peer phone(harness.port());
    send_signed(phone, call_of("330", "226000009", "relayed"), "330", "sip330", "sip:10@x");
    phone.response(403, "INVITE");
    EXPECT_TRUE(harness.none<Incoming>(20ms));
}

TEST(SipDoor, each_contact_of_a_registration_is_judged) {
    Harness harness;  // its trunk is 127.0.0.1
    Peer phone(harness.port(), Peer::Kind::udp, "127.0.0.5");
    const std::string mine = "Contact: " + phone.contact();
    for (const std::string& foreign : {std::string("<sip:0042090012345@127.0.0.1:5070>"),
                                       text::format("<sip:500@127.0.0.1:{}>", harness.port())}) {
        Peer::Request request = first_registration("330", "foreign" + foreign.substr(5, 3));
        request.headers = mine + ", " + foreign + "\r\n";
        send_signed(phone, request, "330", "sip330");
        phone.response(403, "REGISTER");
    }
    // Any other address is called where the REGISTER came from, also when it is the second.
    Peer::Request request = first_registration("330", "second");
    request.headers = mine + ", <sip:second@192.0.2.77>, <sip:third@host.example.com>\r\n";
    send_signed(phone, request, "330", "sip330");
    phone.response(200, "REGISTER");
    EXPECT_EQ(harness.event<Registration>().contacts, 3);
    Invite command;
    command.leg = 2;
    command.device = "330";
    command.sdp = sdp_a;
    harness.send(command);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(phone.request("INVITE").method(), "INVITE");
    }
}

// As the demo's program, which is the public network and its colleagues' telephones.
TEST(SipDoor, a_telephone_at_the_port_of_a_trunk_registers_where_both_live) {
    Harness harness;
    Peer phone(harness.port(), Peer::Kind::udp, "127.0.0.1");
    const auto answered = [&](const std::string& call, bool telephones_too, int code) {
        Trunk trunk;
        trunk.name = "both";
        trunk.host = "127.0.0.1";
        trunk.port = phone.port();
        trunk.telephones_too = telephones_too;
        harness.send(SetTrunks{{trunk}});
        Peer::Request request = first_registration("330", call);
        request.headers = "Contact: " + phone.contact() + "\r\n";
        send_signed(phone, request, "330", "sip330");
        phone.response(code, "REGISTER");
    };
    answered("apart", false, 403);
    answered("together", true, 200);
}

// A Contact that is no place to send to: requests go where the call came from.
TEST(SipDoor, a_trunk_whose_contact_leads_nowhere_is_answered_at_its_source) {
    for (const char* contact : {"sip:x@0.0.0.0", "sip:x@[::]", "sip:x@host.example.com",
                                "sip:x@127.0.0.1:9;maddr=127.0.0.3"}) {
        Harness harness;
        Peer peer(harness.port());
        const TrunkCall call =
            established(harness, peer, "nowhere", text::format("Contact: <{}>\r\n", contact));
        harness.send(HangUp{call.leg, false, 16});
        EXPECT_EQ(peer.request("BYE").request_uri(), contact);
    }
}

TEST(SipDoor, the_trunk_of_a_name_that_nobody_knows_is_unavailable_at_once) {
    Harness harness;
    harness.send(
        SetTrunks{{Trunk{"named", {}, "no-such-host.invalid", 5060, Transport::udp, {}, {}}}});
    Invite command;
    command.leg = 2;
    command.trunk = "named";
    command.number = "777";
    command.sdp = sdp_a;
    harness.send(command);
    EXPECT_EQ(harness.event<Ended>().status, 503);
}

TEST(SipDoor, odd_spellings_of_numbers_and_names_are_read) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request = call_of("777", "226000009;phone-context=example.com", "odd");
    request.from =
        "Ji\xc5\x99\xc3\xad Nov\xc3\xa1k <sip:+420777;phone-context=x@127.0.0.1;user=phone>;tag=o";
    request.headers = "Contact: <sip:+420222;postd=pp22@127.0.0.1:9;user=phone>\r\n";
    peer.send(peer.text(request));
    const Incoming incoming = harness.event<Incoming>();
    EXPECT_EQ(incoming.number, "226000009");
    EXPECT_EQ(incoming.caller, "+420777");
    EXPECT_EQ(incoming.caller_name, "Ji\xc5\x99\xc3\xad Nov\xc3\xa1k");
    // Bytes of another alphabet lose the name, not the call.
    request.call_id = "odd2";
    request.from = "Ji\xf8\xed <sip:777@127.0.0.1>;tag=p";
    peer.send(peer.text(request));
    const Incoming second = harness.event<Incoming>();
    EXPECT_EQ(second.caller, "777");
    EXPECT_EQ(second.caller_name, "");
}

// What is asked for is seen by whoever says the name (docs/security.md).
TEST(SipDoor, a_device_set_to_md5_is_challenged_with_it_alone) {
    Harness harness(false);
    harness.set_md5_only("330");
    Peer peer(harness.port());
    const auto challenges = [&](const Peer::Request& request) {
        peer.send(peer.text(request));
        return peer.response(401, request.method).all("WWW-Authenticate");
    };
    const auto only_md5 = [](const std::vector<std::string>& headers) {
        return headers.size() == 1 && headers[0].find("MD5") != std::string::npos;
    };
    EXPECT_TRUE(only_md5(challenges(first_registration("330", "md5-1"))));
    EXPECT_TRUE(only_md5(challenges(call_of("330", "510", "md5-2"))));
    EXPECT_EQ(challenges(first_registration("331", "md5-3")).size(), 2U);
    EXPECT_EQ(challenges(first_registration("999", "md5-4")).size(), 2U);
    register_device(harness, peer, "330", "Expires: 600\r\n", DigestAlgorithm::md5);
    // Also when the password was wrong, a second later.
    Peer::Request wrong = first_registration("330", "md5-5");
    peer.send(peer.text(wrong));
    const Message challenge = peer.response(401, "REGISTER");
    wrong.cseq = 2;
    wrong.headers =
        authorize(challenge, "330", "wrong", "REGISTER", wrong.uri, DigestAlgorithm::md5);
    peer.send(peer.text(wrong));
    EXPECT_TRUE(only_md5(peer.response(401, "REGISTER").all("WWW-Authenticate")));
}

TEST(SipDoor, a_device_that_never_answers_the_challenge_is_told_of) {
    Harness harness(false);
    Peer phone(harness.port());
    const auto ask = [&](const std::string& user, int times) {
        for (int i = 0; i < times; ++i) {
            Peer::Request request = first_registration(user, text::format("silent-{}-{}", user, i));
            request.headers = "User-Agent: Old 1.0\r\n";
            phone.send(phone.text(request));
            phone.response(401, "REGISTER");
        }
    };
    ask("999", 2 * Unanswered::challenges_max);
    ask("330", Unanswered::challenges_max - 1);
    EXPECT_TRUE(harness.none<NeverAnswers>(20ms)) << "of strangers, and of so few, nothing is said";
    const Instant before = runtime::wall_now();
    ask("330", 2);
    const NeverAnswers told = harness.event<NeverAnswers>();
    EXPECT_EQ(told.device, "330");
    EXPECT_EQ(told.address, "127.0.0.1");
    EXPECT_EQ(told.user_agent, "Old 1.0");
    EXPECT_EQ(told.challenges, Unanswered::challenges_max);
    EXPECT_LE(told.since, before);
    EXPECT_TRUE(harness.none<NeverAnswers>(20ms)) << "not at each challenge";
}

TEST(Unanswered, is_said_once_in_a_while_and_not_of_who_answers) {
    Unanswered unanswered;
    Instant now{1'700'000'000'000'000};
    const Instant start = now;
    std::vector<int> said;
    const auto ask = [&](const std::string& device) {
        if (const auto count = unanswered.challenged(device, "192.0.2.1", now)) {
            EXPECT_EQ(device, "330");
            EXPECT_EQ(count->since, start);
            said.push_back(count->challenges);
        }
    };
    for (int i = 0; i < 50; ++i) {
        ask("330");
        ask("331");
        unanswered.answered("331", "192.0.2.1");
    }
    EXPECT_EQ(said, std::vector<int>{Unanswered::challenges_max});
    // It is counted on while it comes again in time.
    now = now + Unanswered::memory;
    ask("330");
    EXPECT_EQ(said.back(), 51);
    now = now + Unanswered::memory + 1s;
    for (int i = 1; i < Unanswered::challenges_max; ++i) {
        ask("330");
    }
    EXPECT_EQ(said.size(), 2U) << "after so long a silence it is counted anew";
}

TEST(Unanswered, holds_a_bounded_number) {
    Unanswered unanswered;
    Instant now{1'700'000'000'000'000};
    const auto ask = [&](const std::string& address) {
        now = now + 1ms;
        return unanswered.challenged("330", address, now).has_value();
    };
    for (int i = 1; i < Unanswered::challenges_max; ++i) {
        EXPECT_FALSE(ask("192.0.2.1"));
    }
    for (std::size_t i = 0; i < Unanswered::entries_max; ++i) {
        EXPECT_FALSE(ask(text::format("2001:db8::{}", i)));
    }
    EXPECT_FALSE(ask("192.0.2.1")) << "the longest silent was forgotten";
}

}  // namespace
}  // namespace linka::sip::testing
