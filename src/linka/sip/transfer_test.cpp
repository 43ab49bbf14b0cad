// REFER: what is accepted, and what the telephone hears of it.
#include "linka/base/text.hpp"
#include "linka/sip/testing/trunk_call.hpp"

namespace linka::sip::testing {
namespace {

// The telephone's call with the customer, and a second one in which it asks somebody.
struct TwoCalls {
    explicit TwoCalls(bool second_answered) {
        customer = established(harness, peer, "t-1");
        if (second_answered) {
            second = established(harness, peer, "t-2");
        } else {
            second = invite(harness, peer, "t-2");
            harness.send(Ring{second.leg, {}});
            second.answer = peer.response(180, "INVITE");
        }
        tag = second.answer.tag("To");
    }
    void refer(const std::string& refer_to) {
        Peer::Request request = customer.next("REFER");
        request.headers = "Refer-To: " + refer_to + "\r\n";
        peer.send(peer.text(request));
    }
    Harness harness;
    Peer peer{harness.port()};
    TrunkCall customer;
    TrunkCall second;
    std::string tag;
};

TEST(SipTransfer, a_question_that_still_rings_may_be_named) {
    TwoCalls calls(false);
    calls.refer(text::format(
        "<sip:511@127.0.0.1?Replaces=t-2%3Bto-tag%3D{}%3Bfrom-tag%3Dftt-2%3Bearly-only>",
        calls.tag));
    calls.peer.response(202, "REFER");
    const TransferAsked asked = calls.harness.event<TransferAsked>();
    EXPECT_EQ(asked.to, "511");
    EXPECT_EQ(asked.replaces_leg, calls.second.leg);
}

TEST(SipTransfer, display_names_and_small_letters_do_not_matter) {
    TwoCalls calls(true);
    calls.refer(
        text::format("\"Jan, N\" <sip:511@127.0.0.1?Replaces=t-2%3bto-tag%3d{}%3bfrom-tag"
                     "%3dftt-2>",
                     calls.tag));
    calls.peer.response(202, "REFER");
    EXPECT_EQ(calls.harness.event<TransferAsked>().replaces_leg, calls.second.leg);
}

// A Replaces that names no dialog is no wish for a blind transfer: the telephone keeps its call.
TEST(SipTransfer, replaces_that_names_nothing_is_refused) {
    TwoCalls calls(true);
    const std::vector<std::pair<std::string, int>> refused = {
        {"t-2", 400},
        {text::format("t-2%3Bto-tag%3Dftt-2%3Bfrom-tag%3D{}", calls.tag), 481},
        {text::format("t-2%3Bto-tag%3D{}%3Bfrom-tag%3Dftt-2%3Bearly-only", calls.tag), 486},
        {"unknown%3Bto-tag%3D1%3Bfrom-tag%3D2", 481}};
    for (const auto& [replaces, status] : refused) {
        calls.refer("<sip:511@127.0.0.1?Replaces=" + replaces + ">");
        calls.peer.response(status, "REFER");
    }
    EXPECT_TRUE(calls.harness.none<TransferAsked>(20ms));
}

TEST(SipTransfer, progress_is_told_until_it_is_over) {
    TwoCalls calls(true);
    calls.refer("<sip:512@127.0.0.1>");
    calls.peer.response(202, "REFER");
    calls.harness.event<TransferAsked>();
    const LegId leg = calls.customer.leg;
    calls.harness.send(TransferResult{leg, 180, false});
    calls.harness.send(TransferResult{leg, 486});
    calls.harness.send(TransferResult{leg, 200});  // too late
    calls.harness.send(HangUp{leg});
    const std::vector<std::pair<std::string, std::string>> told = {
        {"SIP/2.0 100 Trying\r\n", "active"},
        {"SIP/2.0 180 Ringing\r\n", "active"},
        {"SIP/2.0 486 Busy Here\r\n", "terminated;reason=noresource"}};
    for (const auto& [body, state] : told) {
        const Message notify = calls.peer.request("NOTIFY");
        EXPECT_EQ(notify.body, body);
        EXPECT_TRUE(notify.header("Subscription-State").starts_with(state));
        calls.peer.answer(notify, 200, "OK", {});
    }
    calls.peer.request("BYE");
    EXPECT_TRUE(calls.peer.silent("NOTIFY", 20ms));
}

TEST(SipTransfer, an_end_that_is_not_known_is_told_as_such) {
    TwoCalls calls(true);
    calls.refer("<sip:512@127.0.0.1>");
    calls.harness.event<TransferAsked>();
    calls.peer.answer(calls.peer.request("NOTIFY"), 481, "Gone", {});
    calls.harness.send(TransferResult{calls.customer.leg, 180, true});
    const Message last = calls.peer.request("NOTIFY");
    EXPECT_EQ(last.header("Subscription-State"), "terminated;reason=timeout");
    EXPECT_EQ(last.body, "SIP/2.0 180 Ringing\r\n");
}

}  // namespace
}  // namespace linka::sip::testing
