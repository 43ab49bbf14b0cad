// Who calls, how far the call has come, and what of that goes on to the next.
#include "linka/base/text.hpp"
#include "linka/sip/testing/trunk_call.hpp"

namespace linka::sip::testing {
namespace {

Incoming call_with(Harness& harness, Peer& peer, const std::string& headers,
                   const std::string& from = "\"Anonymous\" <sip:anonymous@anonymous.invalid>") {
    static int calls = 0;
    Peer::Request request;
    request.uri = "sip:226000001;phone-context=x@127.0.0.1";
    request.from = from + ";tag=f";
    request.to = "<sip:226000001@127.0.0.1>";
    request.call_id = "id-" + std::to_string(++calls);
    request.headers = headers;
    request.body = sdp_a;
    peer.send(peer.text(request));
    return harness.event<Incoming>();
}

TEST(SipIdentity, a_number_that_is_withheld_gets_nowhere) {
    Harness harness;
    Peer peer(harness.port());
    const std::string asserted = "P-Asserted-Identity: \"Jan\" <sip:+420777123456@192.0.2.1>\r\n";
    for (const std::string privacy :
         {"id", "user", "id;critical", "user;id", "ID ; critical", "header;id", "session"}) {
        const Incoming call = call_with(harness, peer, asserted + "Privacy: " + privacy + "\r\n");
        EXPECT_EQ(call.caller, withheld_number) << privacy;
        EXPECT_EQ(call.caller_name, "") << privacy;
    }
    // Also what From says.
    EXPECT_EQ(call_with(harness, peer, "Privacy: id\r\n", "\"Jan\" <sip:777@127.0.0.1>").caller,
              withheld_number);
}

TEST(SipIdentity, otherwise_it_is_what_the_trunk_asserts) {
    Harness harness;
    Peer peer(harness.port());
    struct Case {
        std::string headers;
        std::string name;
    };
    const std::string line = "P-Asserted-Identity: ";
    for (const Case& each : std::vector<Case>{
             {"<tel:+420777123456>", "Anonymous"},
             {"tel:+420777123456", "Anonymous"},
             {"\"Jan, N\" <sip:+420777123456@192.0.2.1>, <tel:+420777123456>", "Jan, N"},
             {"<tel:+420777123456>\r\n" + line + "\"Jan\" <sip:+420777123456@192.0.2.1>", "Jan"},
             {"<sip:+420777123456;cpc=ordinary@192.0.2.1;user=phone>", "Anonymous"},
             {"<sip:+420777123456@192.0.2.1>\r\nPrivacy: none", "Anonymous"}}) {
        const Incoming call = call_with(harness, peer, line + each.headers + "\r\n");
        EXPECT_EQ(call.caller, "+420777123456") << each.headers;
        EXPECT_EQ(call.caller_name, each.name) << each.headers;
        EXPECT_EQ(call.number, "226000001");
    }
}

TEST(SipIdentity, withheld_goes_on_as_withheld) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "1";
    command.from_user = withheld_number;
    command.from_display = "Jan";
    command.sdp = sdp_a;
    harness.send(command);
    const Message invite = peer.request("INVITE");
    EXPECT_TRUE(
        invite.header("From").starts_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="))
        << invite.header("From");
    EXPECT_EQ(invite.header("Privacy"), "id");
}

TEST(SipIdentity, a_call_that_runs_in_a_circle_is_cut) {
    Harness harness;
    Peer peer(harness.port());
    harness.trunk_to(peer.port());
    const Incoming call = call_with(
        harness, peer,
        "Max-Forwards: 42\r\nDiversion: <sip:1@x>;reason=unconditional, <sip:2@x>;counter=2\r\n");
    EXPECT_EQ(call.hops, 3);
    EXPECT_EQ(call.max_forwards, 42);
    EXPECT_EQ(call_with(harness, peer,
                        "History-Info: <sip:1@x>;index=1, <sip:2@x>;index=1.1\r\n"
                        "History-Info: <sip:3@x>;index=1.1.1\r\n")
                  .hops,
              2);
    EXPECT_EQ(call_with(harness, peer, "X-Linka-Hops: 5\r\n").hops, 5);
    Invite command;
    command.leg = 2;
    command.trunk = "public";
    command.number = "1";
    command.sdp = sdp_a;
    command.max_forwards = 41;
    command.diverted_from = "226000003";
    command.hops = 4;
    harness.send(command);
    const Message invite = peer.request("INVITE");
    EXPECT_EQ(invite.all("Max-Forwards"), std::vector<std::string>{"41"});
    EXPECT_EQ(invite.header("Diversion"),
              "<sip:226000003@linka.invalid>;reason=unconditional;counter=4");
    EXPECT_EQ(invite.header("X-Linka-Hops"), "4");
    const std::vector<std::pair<std::string, int>> refused = {
        {"X-Linka-Hops: 6\r\n", 482},
        {"Diversion: <sip:1@x>;counter=6\r\n", 482},
        {"Max-Forwards: 0\r\n", 483}};
    for (const auto& [headers, status] : refused) {
        Peer::Request request;
        request.uri = "sip:226000001@127.0.0.1";
        request.from = "<sip:777@127.0.0.1>;tag=f";
        request.to = "<sip:226000001@127.0.0.1>";
        request.call_id = "circle-" + headers.substr(0, 4);
        request.headers = headers;
        request.body = sdp_a;
        peer.send(peer.text(request));
        peer.response(status, "INVITE");
    }
}

TEST(SipIdentity, a_body_beyond_16_kB_is_refused) {
    Harness harness;
    Peer peer(harness.port());
    Peer::Request request;
    request.uri = "sip:226000001@127.0.0.1";
    request.from = "<sip:777@127.0.0.1>;tag=f";
    request.to = "<sip:226000001@127.0.0.1>";
    request.call_id = "large";
    request.body = sdp_a;
    for (int i = 0; request.body.size() <= std::size_t{16} * 1024; ++i) {
        request.body += text::format("m=audio {} RTP/AVP 8\r\n", 10000 + i);
    }
    peer.send(peer.text(request));
    peer.response(413, "INVITE");
}

}  // namespace
}  // namespace linka::sip::testing
