// The messages of RFC 4475, each sent over UDP to a running port as if a proxy had passed it on
// (one more Via on top, so that the answer comes back here). tests/sip/torture/table.txt says what
// the final answer must be and why. After each message the port must still answer OPTIONS.
#include "linka/base/text.hpp"
#include "linka/sip/testing/harness.hpp"

#include <fstream>
#include <iterator>
#include <set>

namespace linka::sip::testing {
namespace {

struct Row {
    std::string name;
    std::string expected;  // statuses with commas, "-" for silence, "*" for anything
};

std::string path(const std::string& file) {
    return std::string(LINKA_SOURCE_DIR) + "/tests/sip/torture/" + file;
}

std::vector<Row> rows() {
    std::ifstream table(path("table.txt"));
    std::vector<Row> out;
    std::string line;
    while (std::getline(table, line)) {
        Row row;
        const std::string_view plain = text::trim(line);
        if (plain.empty() || plain.front() == '#') {
            continue;
        }
        const std::size_t first = plain.find(' ');
        row.name = plain.substr(0, first);
        const std::string_view rest = text::trim(plain.substr(first));
        row.expected = rest.substr(0, rest.find(' '));
        out.push_back(row);
    }
    return out;
}

std::string with_our_via(const Row& row, int port) {
    std::ifstream file(path(row.name + ".dat"), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    EXPECT_FALSE(text.empty()) << row.name;
    const std::size_t line = text.find("\r\n");
    if (!text.starts_with("SIP/")) {
        text.insert(
            line, text::format("\r\nVia: SIP/2.0/UDP 127.0.0.1:{};branch=z9hG4bK-t-{};rport", port,
                               row.name));
    }
    return text;
}

// The final answer's status, refusing the call if it became one; 0: none came.
int outcome(Harness& harness, Peer& peer, const std::string& name) {
    const Instant until = runtime::steady_now() + 400ms;
    while (runtime::steady_now() < until) {
        for (const Event& each : harness.get().take_events()) {
            if (const auto* call = std::get_if<Incoming>(&each)) {
                harness.send(Refuse{call->leg, 486, {}, 0});
            }
        }
        const std::optional<Message> message = peer.any(20ms);
        if (message && message->status() >= 200 &&
            message->header("Via").find("z9hG4bK-t-" + name) != std::string::npos) {
            return message->status();
        }
    }
    return 0;
}

bool alive(Peer& peer, int number) {
    Peer::Request ping;
    ping.method = "OPTIONS";
    ping.uri = "sip:127.0.0.1";
    ping.from = "<sip:ping@127.0.0.1>;tag=p";
    ping.to = "<sip:127.0.0.1>";
    ping.call_id = text::format("ping-{}", number);
    peer.send(peer.text(ping));
    return peer.response(200, "OPTIONS").status() == 200;
}

TEST(SipTorture, rfc_4475) {
    Harness harness;
    int number = 0;
    const std::vector<Row> all = rows();
    EXPECT_EQ(all.size(), 49U);
    for (const Row& row : all) {
        Peer peer(harness.port());
        peer.send(with_our_via(row, peer.port()));
        const int status = outcome(harness, peer, row.name);
        std::set<std::string> expected;
        for (const std::string_view each : text::split(row.expected, ',')) {
            expected.insert(std::string(each));
        }
        const std::string got = status == 0 ? "-" : std::to_string(status);
        EXPECT_TRUE(expected.contains("*") || expected.contains(got))
            << row.name << ": expected " << row.expected << ", got " << got;
        Peer other(harness.port());
        ASSERT_TRUE(alive(other, ++number)) << "after " << row.name;
    }
}

// As they are: answers go wherever their Via says, which must never make the port wait for DNS.
TEST(SipTorture, names_in_via_are_not_waited_for) {
    Harness harness;
    Peer peer(harness.port());
    int number = 1000;
    for (const Row& row : rows()) {
        std::ifstream file(path(row.name + ".dat"), std::ios::binary);
        peer.send(std::string((std::istreambuf_iterator<char>(file)), {}));
        Peer other(harness.port());
        const Instant asked = runtime::steady_now();
        ASSERT_TRUE(alive(other, ++number)) << "after " << row.name;
        EXPECT_LT(runtime::steady_now() - asked, 1s) << "after " << row.name;
    }
}

}  // namespace
}  // namespace linka::sip::testing
