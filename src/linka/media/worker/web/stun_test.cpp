// The messages of RFC 5769 §2, read, checked and written; and what is wrong with them.
#include "linka/media/worker/web/stun.hpp"

#include "linka/media/worker/web/datagram_kind.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

constexpr std::string_view vector_password = "VOkJxbRl1RmTxUk/WvJxBt";

std::vector<std::uint8_t> stun_from_hex(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(
            std::strtol(std::string(text.substr(i, 2)).c_str(), nullptr, 16)));
    }
    return bytes;
}

// §2.1
std::vector<std::uint8_t> sample_request() {
    return stun_from_hex(
        "000100582112a442b7e7a701bc34d686fa87dfae"
        "802200105354554e207465737420636c69656e74"
        "002400046e0001ff80290008932ff9b151263b36"
        "000600096576746a3a68367659202020"
        "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
        "80280004e57a3bcf");
}
// §2.2
std::vector<std::uint8_t> sample_response() {
    return stun_from_hex(
        "0101003c2112a442b7e7a701bc34d686fa87dfae"
        "8022000b7465737420766563746f7220"
        "002000080001a147e112a643"
        "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
        "80280004c07d4c96");
}
// §2.3
std::vector<std::uint8_t> sample_response_ipv6() {
    return stun_from_hex(
        "010100482112a442b7e7a701bc34d686fa87dfae"
        "8022000b7465737420766563746f7220"
        "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
        "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
        "80280004c8fb0b4c");
}

TEST(Stun, ReadsAndChecksTheSampleRequest) {
    const auto bytes = sample_request();
    const auto message = parse_stun(bytes);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->type, StunType::request);
    EXPECT_EQ(message->username, "evtj:h6vY");
    EXPECT_EQ(message->priority, 0x6e0001ffU);
    EXPECT_EQ(message->controlled, 0x932ff9b151263b36ULL);
    EXPECT_FALSE(message->controlling);
    EXPECT_FALSE(message->use_candidate);
    EXPECT_TRUE(message->has_fingerprint);
    EXPECT_TRUE(message->not_understood.empty());
    EXPECT_TRUE(verify_stun(*message, vector_password));
    EXPECT_FALSE(verify_stun(*message, "VOkJxbRl1RmTxUk/WvJxBu"));
    EXPECT_FALSE(verify_stun(*message, ""));
}

TEST(Stun, ReadsTheSampleResponses) {
    const auto bytes = sample_response();
    const auto message = parse_stun(bytes);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->type, StunType::success);
    ASSERT_TRUE(message->mapped);
    EXPECT_EQ(message->mapped->text(), "192.0.2.1:32853");
    EXPECT_TRUE(verify_stun(*message, vector_password));

    const auto bytes_ipv6 = sample_response_ipv6();
    const auto six = parse_stun(bytes_ipv6);
    ASSERT_TRUE(six);
    ASSERT_TRUE(six->mapped);
    EXPECT_EQ(*six->mapped, *Endpoint::from("2001:db8:1234:5678:11:2233:4455:6677", 32853));
    EXPECT_TRUE(verify_stun(*six, vector_password));
}

TEST(Stun, NoChangedByteGoesUnnoticed) {
    const auto bytes = sample_request();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto changed = bytes;
        changed[i] ^= 0x10;
        const auto message = parse_stun(changed);
        EXPECT_FALSE(message && message->has_fingerprint && verify_stun(*message, vector_password))
            << "byte " << i;
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(parse_stun(std::span(bytes).first(size))) << size;
    }
}

TEST(Stun, WhatIsWrittenCanBeRead) {
    for (const char* address : {"192.0.2.77", "2001:db8::7"}) {
        StunOut out;
        out.transaction = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        out.mapped = *Endpoint::from(address, 4711);
        out.password = vector_password;
        const auto bytes = write_stun(out);
        const auto message = parse_stun(bytes);
        ASSERT_TRUE(message);
        EXPECT_EQ(*message->mapped, *out.mapped);
        EXPECT_EQ(message->transaction, out.transaction);
        EXPECT_TRUE(message->has_fingerprint);
        EXPECT_TRUE(verify_stun(*message, vector_password));
    }
}

TEST(Stun, SaysWhatItDoesNotUnderstand) {
    StunOut out;
    out.type = StunType::error;
    out.error_code = 420;
    const std::array<std::uint16_t, 3> unknown = {0x0030, 0x7fff, 0x0031};
    out.not_understood = unknown;
    out.password = vector_password;
    const auto bytes = write_stun(out);
    const auto message = parse_stun(bytes);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->error_code, 420);
    // An attribute 0x0030 (which must be understood) in front of the integrity.
    StunOut request;
    request.type = StunType::request;
    request.username = "a:b";
    request.password = vector_password;
    auto changed = write_stun(request);
    changed[21] = 0x30;
    changed.erase(changed.end() - 8, changed.end());  // its fingerprint is wrong now
    changed[3] = static_cast<std::uint8_t>(changed.size() - 20);
    const auto odd = parse_stun(changed);
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->not_understood, std::vector<std::uint16_t>{0x0030});
    EXPECT_FALSE(odd->has_fingerprint);
}

TEST(DatagramKind, FollowsTheFirstByte) {
    const auto kind = [](std::uint8_t first, std::uint8_t second = 0) {
        const std::array<std::uint8_t, 12> bytes = {first, second};
        return datagram_kind(bytes);
    };
    EXPECT_EQ(datagram_kind({}), DatagramKind::unknown);
    EXPECT_EQ(kind(0), DatagramKind::stun);
    EXPECT_EQ(kind(3), DatagramKind::stun);
    EXPECT_EQ(kind(4), DatagramKind::unknown);
    EXPECT_EQ(kind(19), DatagramKind::unknown);
    EXPECT_EQ(kind(20), DatagramKind::dtls);
    EXPECT_EQ(kind(63), DatagramKind::dtls);
    EXPECT_EQ(kind(64), DatagramKind::unknown);
    EXPECT_EQ(kind(127), DatagramKind::unknown);
    EXPECT_EQ(kind(128, 111), DatagramKind::rtp);
    EXPECT_EQ(kind(128, 0x80 | 111), DatagramKind::rtp);
    EXPECT_EQ(kind(128, 200), DatagramKind::rtcp);
    EXPECT_EQ(kind(191, 111), DatagramKind::rtp);
    EXPECT_EQ(kind(192, 111), DatagramKind::unknown);
}

}  // namespace
}  // namespace linka::media
