// SRTP between two ends that hold each other's keys.
#include "linka/media/worker/web/srtp.hpp"

#include "linka/media/worker/rtp/packet.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

struct SrtpEnds {
    explicit SrtpEnds(SrtpProfile profile) {
        SrtpKeys keys;
        keys.profile = profile;
        for (std::size_t i = 0; i < SrtpKeys::bytes_max; ++i) {
            keys.sending[i] = static_cast<std::uint8_t>(i);
            keys.receiving[i] = static_cast<std::uint8_t>(100 + i);
        }
        auto first = SrtpSession::create(keys);
        one = std::move(*first);
        std::swap(keys.sending, keys.receiving);
        auto second = SrtpSession::create(keys);
        other = std::move(*second);
    }
    std::optional<SrtpSession> one;
    std::optional<SrtpSession> other;
};

struct SrtpTestPacket {
    explicit SrtpTestPacket(std::uint16_t sequence, std::uint32_t ssrc = 1) {
        RtpPacket header;
        header.payload_type = 8;
        header.sequence = sequence;
        header.ssrc = ssrc;
        write_rtp_header(header, bytes);
        std::fill_n(bytes.begin() + rtp_header_bytes, 160, std::uint8_t{0x55});
    }
    static constexpr std::size_t length = rtp_header_bytes + 160;
    alignas(8) std::array<std::uint8_t, length + SrtpSession::trailer_bytes_max> bytes{};
};

TEST(Srtp, OpensWhatTheOtherProtectedOnce) {
    for (const SrtpProfile profile : {SrtpProfile::aes_128_gcm, SrtpProfile::aes_128_cm_sha1_80}) {
        SrtpEnds ends(profile);
        // Over the end of the sequence numbers.
        for (int i = 0; i < 100; ++i) {
            SrtpTestPacket packet(static_cast<std::uint16_t>(65500 + i));
            const auto plain = packet.bytes;
            const auto length = ends.one->protect(packet.bytes, SrtpTestPacket::length, false);
            ASSERT_TRUE(length);
            EXPECT_GT(*length, SrtpTestPacket::length);
            EXPECT_FALSE(std::equal(plain.begin() + rtp_header_bytes,
                                    plain.begin() + SrtpTestPacket::length,
                                    packet.bytes.begin() + rtp_header_bytes));
            auto replayed = packet;
            const auto opened = ends.other->open(std::span(packet.bytes).first(*length), false);
            ASSERT_EQ(opened, SrtpTestPacket::length);
            EXPECT_TRUE(std::equal(plain.begin(), plain.begin() + SrtpTestPacket::length,
                                   packet.bytes.begin()));
            EXPECT_FALSE(ends.other->open(std::span(replayed.bytes).first(*length), false));
        }
    }
}

TEST(Srtp, ChangedPacketsAndBrokenOnesStayShut) {
    SrtpEnds ends(SrtpProfile::aes_128_gcm);
    SrtpTestPacket packet(7);
    const auto length = ends.one->protect(packet.bytes, SrtpTestPacket::length, false);
    ASSERT_TRUE(length);
    for (std::size_t i = 0; i < *length; ++i) {
        auto changed = packet;
        changed.bytes[i] ^= 1;
        EXPECT_FALSE(ends.other->open(std::span(changed.bytes).first(*length), false)) << i;
    }
    for (std::size_t size = 0; size < *length; ++size) {
        auto cut = packet;
        EXPECT_FALSE(ends.other->open(std::span(cut.bytes).first(size), false)) << size;
        EXPECT_FALSE(ends.other->open(std::span(cut.bytes).first(size), true)) << size;
    }
    EXPECT_TRUE(ends.other->open(std::span(packet.bytes).first(*length), false));
    // One key stream for two payloads would give both away.
    SrtpTestPacket again(7);
    EXPECT_FALSE(ends.one->protect(again.bytes, SrtpTestPacket::length, false));
    // No room behind the packet.
    SrtpTestPacket tight(8);
    EXPECT_FALSE(ends.one->protect(std::span(tight.bytes).first(SrtpTestPacket::length),
                                   SrtpTestPacket::length, false));
}

TEST(Srtp, APeerHasSoManySources) {
    SrtpEnds ends(SrtpProfile::aes_128_gcm);
    std::size_t opened = 0;
    for (std::uint32_t ssrc = 1; ssrc <= 2 * SrtpSession::sources_max; ++ssrc) {
        SrtpTestPacket packet(1, ssrc);
        const auto length = ends.one->protect(packet.bytes, SrtpTestPacket::length, false);
        ASSERT_TRUE(length);
        opened += ends.other->open(std::span(packet.bytes).first(*length), false) ? 1U : 0U;
    }
    EXPECT_EQ(opened, SrtpSession::sources_max);
}

}  // namespace
}  // namespace linka::media
