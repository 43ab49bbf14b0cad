// Registering with a provider, and asking whether it is there. Method: a peer that is strict about
// what it is sent stands for the provider.
#include "linka/sip/testing/harness.hpp"

#include <set>

namespace linka::sip::testing {
namespace {

struct TrunkRegisters : ::testing::Test {
    Harness harness{false};
    Peer provider{harness.port()};
    std::set<int> sequences;
    std::string call_id;

    Trunk account(const std::string& password = "tajne") const {
        Trunk trunk;
        trunk.name = "provider";
        trunk.host = "127.0.0.1";
        trunk.port = provider.port();
        trunk.username = "226000000";
        trunk.password = password;
        trunk.registers = true;
        return trunk;
    }
    void begin(const Trunk& trunk) { harness.send(SetTrunks{{trunk}}); }
    // What RFC 3261 §10.2 wants of each.
    Message next() {
        Message request = provider.request("REGISTER", 8s);
        const std::string place = "127.0.0.1:" + std::to_string(provider.port());
        EXPECT_EQ(request.request_uri(), "sip:" + place) << "no user";
        EXPECT_NE(request.header("To").find("<sip:226000000@" + place + ">"), std::string::npos);
        EXPECT_EQ(request.tag("To"), "");
        EXPECT_NE(request.tag("From"), "");
        EXPECT_NE(request.header("Contact").find("<sip:226000000@127.0.0.1:" +
                                                 std::to_string(harness.port())),
                  std::string::npos)
            << request.text;
        EXPECT_TRUE(sequences.insert(request.cseq()).second) << "each its own";
        EXPECT_EQ(request.cseq(), *sequences.rbegin()) << "and higher";
        call_id = call_id.empty() ? request.header("Call-ID") : call_id;
        EXPECT_EQ(request.header("Call-ID"), call_id);
        return request;
    }
    void challenge(const Message& request, const std::string& nonce, bool stale = false) {
        provider.answer(request, 401, "Unauthorized", "p",
                        "WWW-Authenticate: Digest realm=\"provider\", nonce=\"" + nonce +
                            "\", algorithm=MD5, qop=\"auth\"" + (stale ? ", stale=true" : "") +
                            "\r\n");
    }
    static bool proves(const Message& request, const std::string& password,
                       const std::string& nonce) {
        const auto credentials = parse_credentials(request.header("Authorization"));
        return credentials && credentials->nonce == nonce &&
               credentials->response == digest_response(*credentials, "REGISTER", password);
    }
    void grant(const Message& request, int seconds) {
        provider.answer(request, 200, "OK", "p",
                        "Contact: " + request.header("Contact") +
                            ";expires=" + std::to_string(seconds) + "\r\n");
    }
    TrunkState until_registered() {
        TrunkState state = harness.event<TrunkState>();
        while (!state.registered && !::testing::Test::HasFailure()) {
            state = harness.event<TrunkState>();
        }
        return state;
    }
    void register_it(int seconds = 600) {
        begin(account());
        challenge(next(), "n1");
        const Message proved = next();
        EXPECT_TRUE(proves(proved, "tajne", "n1")) << proved.text;
        EXPECT_EQ(proved.header("Expires"), "600");
        grant(proved, seconds);
        EXPECT_EQ(until_registered().status, 0);
    }
};

TEST_F(TrunkRegisters, with_a_password_and_again_before_it_runs_out) {
    register_it(5);
    const Message again = next();
    EXPECT_TRUE(proves(again, "tajne", "n1")) << "without being asked once more";
    challenge(again, "n2", true);
    const Message fresh = next();
    EXPECT_TRUE(proves(fresh, "tajne", "n2")) << "a nonce that got old";
    grant(fresh, 600);
    EXPECT_TRUE(harness.none<TrunkState>(200ms)) << "nothing has changed";
}

TEST_F(TrunkRegisters, and_gives_up_a_password_that_is_wrong) {
    begin(account("spatne"));
    challenge(next(), "n1");
    const Message wrong = next();
    EXPECT_FALSE(proves(wrong, "tajne", "n1"));
    provider.answer(wrong, 403, "Forbidden", "p");
    const TrunkState state = harness.event<TrunkState>();
    EXPECT_FALSE(state.registered);
    EXPECT_EQ(state.status, 403);
    EXPECT_TRUE(provider.silent("REGISTER", 1500ms)) << "not at once again";
    begin(account("tajne"));
    challenge(next(), "n2");
    const Message right = next();
    EXPECT_TRUE(proves(right, "tajne", "n2")) << "another password is tried at once";
    grant(right, 600);
    EXPECT_EQ(until_registered().status, 0);
}

TEST_F(TrunkRegisters, does_not_answer_one_challenge_for_ever) {
    begin(account());
    for (const char* nonce : {"n1", "n2", "n3"}) {
        challenge(next(), nonce);
    }
    EXPECT_EQ(harness.event<TrunkState>().status, 401);
    EXPECT_TRUE(provider.silent("REGISTER", 1500ms));
}

TEST_F(TrunkRegisters, for_as_long_as_the_registrar_wants) {
    begin(account());
    const Message brief = next();
    EXPECT_EQ(brief.header("Expires"), "600");
    provider.answer(brief, 423, "Interval Too Brief", "p", "Min-Expires: 1800\r\n");
    const Message longer = next();
    EXPECT_EQ(longer.header("Expires"), "1800");
    grant(longer, 1800);
    EXPECT_TRUE(until_registered().registered);
}

TEST_F(TrunkRegisters, no_more_once_it_is_gone) {
    register_it();
    harness.send(SetTrunks{{}});
    const Message bye = next();
    EXPECT_EQ(bye.header("Expires"), "0");
    EXPECT_TRUE(proves(bye, "tajne", "n1"));
    challenge(bye, "n2", true);
    const Message proved = next();
    EXPECT_EQ(proved.header("Expires"), "0");
    EXPECT_TRUE(proves(proved, "tajne", "n2"));
    provider.answer(proved, 200, "OK", "p");
    EXPECT_TRUE(provider.silent("REGISTER", 1500ms));
}

// Goal: calls come in where we have registered, whatever addresses the trunk lists, and for the
// number that was dialled, not for the account.
TEST_F(TrunkRegisters, and_calls_come_in_from_there) {
    register_it();
    Peer::Request call;
    call.uri = "sip:226000000@127.0.0.1";
    call.from = "<sip:777123456@provider.example>;tag=c";
    call.to = "<sip:226000123@provider.example>";
    call.call_id = "call-1";
    call.body = sdp_a;
    provider.send(provider.text(call));
    const Incoming arrived = harness.event<Incoming>();
    EXPECT_EQ(arrived.trunk, "provider");
    EXPECT_EQ(arrived.number, "226000123");
    Refuse busy;
    busy.leg = arrived.leg;
    busy.status = 486;
    harness.send(busy);
}

TEST_F(TrunkRegisters, knows_whether_it_is_there) {
    Trunk trunk = account();
    trunk.registers = false;
    trunk.qualify = 1s;
    begin(trunk);
    const Message question = provider.request("OPTIONS", 5s);
    EXPECT_EQ(question.request_uri(), "sip:127.0.0.1:" + std::to_string(provider.port()));
    provider.answer(question, 404, "Not Found", "p");
    const TrunkState there = harness.event<TrunkState>();
    EXPECT_TRUE(there.asked);
    EXPECT_TRUE(there.reachable) << "any answer shows it";
    EXPECT_EQ(there.status, 0);
    provider.answer(provider.request("OPTIONS", 5s), 503, "Service Unavailable", "p");
    TrunkState state = harness.event<TrunkState>();
    while (state.reachable && !HasFailure()) {
        state = harness.event<TrunkState>();
    }
    EXPECT_EQ(state.status, 503);
}

}  // namespace
}  // namespace linka::sip::testing
