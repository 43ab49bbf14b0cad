// Packets, statistics, reports, quality, source lock, out stream, events, jitter buffer.
#include "linka/media/worker/rtp/jitter_buffer.hpp"
#include "linka/media/worker/rtp/mos.hpp"
#include "linka/media/worker/rtp/out_stream.hpp"
#include "linka/media/worker/rtp/packet.hpp"
#include "linka/media/worker/rtp/receive_stats.hpp"
#include "linka/media/worker/rtp/rtcp.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace linka::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

RtpPacket packet(std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t ssrc = 1) {
    static const Bytes sound(160, 0xD5);
    RtpPacket made;
    made.payload_type = 8;
    made.sequence = sequence;
    made.timestamp = timestamp;
    made.ssrc = ssrc;
    made.payload = sound;
    return made;
}

Instant at(Duration since_start) {
    return Instant{1'000'000'000} + since_start;
}

TEST(RtpPacketTest, HeaderComesBack) {
    Bytes bytes(rtp_header_bytes + 3, 7);
    RtpPacket made = packet(0xFFFE, 0x80000001, 0xDEADBEEF);
    made.marker = true;
    write_rtp_header(made, bytes);
    const auto read = parse_rtp(bytes);
    ASSERT_TRUE(read.has_value());
    EXPECT_TRUE(read->marker);
    EXPECT_EQ(read->payload_type, 8);
    EXPECT_EQ(read->sequence, 0xFFFE);
    EXPECT_EQ(read->timestamp, 0x80000001U);
    EXPECT_EQ(read->ssrc, 0xDEADBEEFU);
    EXPECT_EQ(read->payload.size(), 3U);
}

TEST(RtpPacketTest, TakesOffSourcesExtensionAndPadding) {
    Bytes bytes = {
        0xB1, 8, 0, 1, 0,    0,    0, 2, 0, 0, 0, 3,  // version 2, padding, extension, 1 CSRC
        0,    0, 0, 9, 0xBE, 0xDE, 0, 1, 1, 2, 3, 4, 42, 43, 0, 2};
    const auto read = parse_rtp(bytes);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(Bytes(read->payload.begin(), read->payload.end()), (Bytes{42, 43}));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        (void)parse_rtp(std::span(bytes).first(length));
    }
    bytes.back() = 200;  // more padding than packet
    EXPECT_FALSE(parse_rtp(bytes).has_value());
    bytes[0] = 0x40;  // version 1
    EXPECT_FALSE(parse_rtp(bytes).has_value());
}

TEST(ReceiveStatsTest, CountsLossOverTheWrapOfSequenceNumbers) {
    ReceiveStats stats;
    for (int i = 0; i < 100; ++i) {
        if (i % 10 != 5) {
            stats.received(packet(static_cast<std::uint16_t>(65500 + i), 160U * i), 8000,
                           at(i * 20ms));
        }
    }
    EXPECT_EQ(stats.packets(), 90);
    EXPECT_NEAR(stats.loss(), 0.1, 0.001);
    EXPECT_NEAR(stats.jitter_ms(), 0.0, 0.01);
    const auto report = stats.report();
    EXPECT_EQ(report.cumulative_lost, 10);
    EXPECT_EQ(report.highest_sequence, 65500U + 99U);
    EXPECT_EQ(report.fraction_lost, 25);
    EXPECT_EQ(stats.report().fraction_lost, 0);  // a new interval
}

TEST(ReceiveStatsTest, JitterByTheStandard) {
    ReceiveStats stats;
    // Every second packet comes 10 ms late: |D| is 10 ms each time, and J tends to it.
    for (int i = 0; i < 500; ++i) {
        stats.received(packet(static_cast<std::uint16_t>(i), 160U * i), 8000,
                       at(i * 20ms + (i % 2) * 10ms));
    }
    EXPECT_NEAR(stats.jitter_ms(), 10.0, 0.1);
    EXPECT_EQ(stats.loss(), 0.0);
}

TEST(ReceiveStatsTest, NewSenderStartsAfresh) {
    ReceiveStats stats;
    stats.received(packet(10, 0, 1), 8000, at(0ms));
    stats.received(packet(40000, 0, 2), 8000, at(20ms));
    stats.received(packet(40001, 160, 2), 8000, at(40ms));
    EXPECT_EQ(stats.packets(), 3);
    EXPECT_EQ(stats.loss(), 0.0);
    EXPECT_EQ(stats.ssrc(), 2U);
}

TEST(RtcpTest, ReportsComeBack) {
    RtcpOut out;
    out.ssrc = 77;
    out.cname = "linka";
    out.sender = SenderInfo{.ntp = 0x1122334455667788, .timestamp = 9, .packets = 3, .bytes = 480};
    ReportBlock block;
    block.stats = {.ssrc = 5,
                   .fraction_lost = 25,
                   .cumulative_lost = -3,
                   .highest_sequence = 70000,
                   .jitter = 12};
    block.last_report = 0x33445566;
    block.since_last_report = 65536;
    out.block = block;
    out.bye = true;
    Bytes bytes(rtcp_bytes_max);
    bytes.resize(write_rtcp(out, bytes));
    ASSERT_EQ(bytes.size() % 4, 0U);
    EXPECT_TRUE(looks_like_rtcp(bytes));
    const auto in = parse_rtcp(bytes, 5);
    ASSERT_TRUE(in.has_value());
    ASSERT_TRUE(in->sender.has_value());
    EXPECT_EQ(in->sender->ntp, 0x1122334455667788U);
    EXPECT_EQ(in->sender->bytes, 480U);
    ASSERT_TRUE(in->block.has_value());
    EXPECT_EQ(in->block->stats.cumulative_lost, -3);
    EXPECT_EQ(in->block->stats.fraction_lost, 25);
    EXPECT_EQ(in->block->stats.highest_sequence, 70000U);
    EXPECT_EQ(in->block->last_report, 0x33445566U);
    EXPECT_TRUE(in->bye);
    EXPECT_FALSE(parse_rtcp(bytes, 6)->block.has_value());  // about somebody else
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        (void)parse_rtcp(std::span(bytes).first(length), 5);
    }
}

TEST(MosTest, EModel) {
    // G.107: without impairments R is 93.2 and the score 4.41.
    EXPECT_NEAR(mos({.codec = Codec::pcma, .loss = 0.0, .delay_ms = 0.0}), 4.41, 0.005);
    // G.113 table: 5 % random loss with concealment costs 95·5/(5+25.1) = 15.8 points.
    EXPECT_NEAR(rating({.codec = Codec::pcma, .loss = 0.05, .delay_ms = 0.0}), 77.4, 0.1);
    // 400 ms: 0.024·400 + 0.11·(400-177.3) = 34.1 points.
    EXPECT_NEAR(rating({.codec = Codec::pcma, .loss = 0.0, .delay_ms = 400.0}), 59.1, 0.1);
    EXPECT_EQ(mos({.codec = Codec::pcma, .loss = 1.0, .delay_ms = 3000.0}), 1.0);
}

// The receiver's view: one SSRC, numbers without a break.
TEST(OutStreamTest, MusicThenBridgeThenMusicIsOneStream) {
    OutStream out(0x0123456789ABCDEF);
    const OutStream::Format alaw = {.payload_type = 8, .clock_rate = 8000};
    std::vector<RtpPacket> sent;
    for (int i = 0; i < 10; ++i) {
        sent.push_back(out.own(alaw, 160, at(i * 20ms)));
    }
    for (int i = 0; i < 10; ++i) {
        const auto in = packet(static_cast<std::uint16_t>(65530 + i), 0xFFFFFF00U + 160U * i, 99);
        const auto passed = out.forward(in, 1, alaw, at(200ms + i * 20ms));
        ASSERT_TRUE(passed.has_value());
        sent.push_back(*passed);
    }
    for (int i = 0; i < 10; ++i) {
        sent.push_back(out.own(alaw, 160, at(400ms + i * 20ms)));
    }
    for (std::size_t i = 1; i < sent.size(); ++i) {
        EXPECT_EQ(sent[i].ssrc, sent[0].ssrc);
        EXPECT_EQ(sequence_distance(sent[i].sequence, sent[i - 1].sequence), 1) << i;
        EXPECT_EQ(sent[i].timestamp - sent[i - 1].timestamp, 160U) << i;
        EXPECT_EQ(sent[i].marker, i == 10 || i == 20) << i;
    }
    EXPECT_TRUE(sent[0].marker);
}

TEST(OutStreamTest, LossStaysVisibleAndLeftOutPacketsDoNot) {
    OutStream out(1);
    const OutStream::Format alaw = {.payload_type = 8, .clock_rate = 8000};
    const auto first = out.forward(packet(10, 0), 1, alaw, at(0ms));
    const auto third = out.forward(packet(12, 320), 1, alaw, at(40ms));
    EXPECT_EQ(sequence_distance(third->sequence, first->sequence), 2);
    const auto late = out.forward(packet(11, 160), 1, alaw, at(45ms));
    EXPECT_EQ(sequence_distance(late->sequence, first->sequence), 1);
    out.leave_out(packet(13, 480), 1);
    const auto next = out.forward(packet(14, 640), 1, alaw, at(80ms));
    EXPECT_EQ(sequence_distance(next->sequence, third->sequence), 1);
    // What was sent before we listened to the source is not passed on.
    EXPECT_FALSE(out.forward(packet(9, 0), 1, alaw, at(81ms)).has_value());
}

TEST(OutStreamTest, NewClockRateIsANewStream) {
    OutStream out(1);
    const auto first = out.own({.payload_type = 8, .clock_rate = 8000}, 160, at(0ms));
    const auto second = out.own({.payload_type = 111, .clock_rate = 48000}, 960, at(20ms));
    EXPECT_NE(first.ssrc, second.ssrc);
}

TEST(OutStreamTest, NewClockRateKeepsAnAnnouncedSsrc) {
    OutStream out(1, true);
    const auto first = out.own({.payload_type = 111, .clock_rate = 48000}, 960, at(0ms));
    const auto second = out.own({.payload_type = 8, .clock_rate = 8000}, 160, at(20ms));
    EXPECT_EQ(first.ssrc, second.ssrc);
    EXPECT_EQ(sequence_distance(second.sequence, first.sequence), 1);
    EXPECT_EQ(second.timestamp - first.timestamp, 160U);
}

// What every receiver of ours may rely on, whatever the peer that is passed on does with its own.
struct Passed {
    std::vector<RtpPacket> sent;
    Instant now;

    void add(OutStream& out, const RtpPacket& in) {
        if (const auto passed = out.forward(in, 1, {.payload_type = 8, .clock_rate = 8000}, now)) {
            sent.push_back(*passed);
        }
        now = now + 20ms;
    }
    // Leaves out what came after newer ones: to the receiver it is late, which is nothing new.
    void expect_steady() {
        std::vector<RtpPacket> in_order;
        for (const RtpPacket& each : std::exchange(sent, {})) {
            if (in_order.empty() ||
                sequence_distance(each.sequence, in_order.back().sequence) > 0) {
                in_order.push_back(each);
            }
        }
        sent = std::move(in_order);
        for (std::size_t i = 1; i < sent.size(); ++i) {
            EXPECT_EQ(sequence_distance(sent[i].sequence, sent[i - 1].sequence), 1) << i;
            const auto step = static_cast<std::int32_t>(sent[i].timestamp - sent[i - 1].timestamp);
            EXPECT_GE(step, 0) << i;
            EXPECT_LE(step, 800) << i;  // 100 ms
            EXPECT_TRUE(step == 160 || sent[i].marker) << i;
        }
    }
};

TEST(OutStreamTest, JumpsOfAPeerAreNoneToTheReceiver) {
    struct Jump {
        const char* name;
        int sequence;
        int timestamp;
    };
    for (const Jump& jump : {Jump{"time back", 0, -8000}, Jump{"time on", 0, 80'000},
                             Jump{"number back", -50, 0}, Jump{"number far back", -8600, 0},
                             Jump{"both back", -50, -8000}, Jump{"both on", 5000, 800'000}}) {
        SCOPED_TRACE(jump.name);
        OutStream out(1);
        Passed passed{.sent = {}, .now = at(0ms)};
        for (int i = 0; i < 20; ++i) {
            passed.add(out, packet(static_cast<std::uint16_t>(20'000 + i), 100'000U + 160U * i));
        }
        for (int i = 20; i < 60; ++i) {
            passed.add(out, packet(static_cast<std::uint16_t>(20'000 + i + jump.sequence),
                                   static_cast<std::uint32_t>(100'000 + 160 * i + jump.timestamp)));
        }
        passed.expect_steady();
        EXPECT_GE(passed.sent.size(), 55U);
    }
}

TEST(OutStreamTest, WhatTheNetworkHeldUpIsNoJump) {
    OutStream out(1);
    Passed passed{.sent = {}, .now = at(0ms)};
    for (int i = 0; i < 100; ++i) {
        passed.now = at(i < 20 || i > 70 ? i * 20ms : 1400ms);  // a second, then all at once
        passed.add(out,
                   packet(static_cast<std::uint16_t>(i), 160U * static_cast<std::uint32_t>(i)));
    }
    ASSERT_EQ(passed.sent.size(), 100U);
    for (std::size_t i = 1; i < passed.sent.size(); ++i) {
        EXPECT_EQ(passed.sent[i].timestamp - passed.sent[i - 1].timestamp, 160U) << i;
        EXPECT_FALSE(passed.sent[i].marker) << i;
    }
}

TEST(OutStreamTest, SourceThatStartsAnewUnderItsSsrcIsFollowed) {
    OutStream out(1);
    const OutStream::Format alaw = {.payload_type = 8, .clock_rate = 8000};
    const auto first = out.forward(packet(10, 0), 1, alaw, at(0ms));
    const auto second = out.forward(packet(40000, 3'000'000'000U), 1, alaw, at(20ms));
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(sequence_distance(second->sequence, first->sequence), 1);
    EXPECT_EQ(second->timestamp - first->timestamp, 160U);
    EXPECT_TRUE(second->marker);
}

TEST(JitterBufferTest, PutsInOrderAndTellsLoss) {
    JitterBuffer buffer;
    EXPECT_EQ(buffer.pull().kind, JitterBuffer::Kind::nothing);
    for (const int i : {0, 2, 1, 4}) {  // 3 is lost
        buffer.put(packet(static_cast<std::uint16_t>(65534 + i), 160U * i), Codec::pcma);
    }
    using Kind = JitterBuffer::Kind;
    for (const Kind kind :
         {Kind::packet, Kind::packet, Kind::packet, Kind::lost, Kind::packet, Kind::nothing}) {
        EXPECT_EQ(buffer.pull().kind, kind);
    }
    EXPECT_EQ(buffer.lost(), 1);
    buffer.put(packet(65534, 0), Codec::pcma);
    EXPECT_EQ(buffer.late(), 1);
}

TEST(JitterBufferTest, DelayGrowsUnderJitterAndShrinksAfter) {
    JitterBuffer buffer;
    std::uint16_t sequence = 0;
    const auto put = [&] {
        buffer.put(packet(sequence, 160U * sequence), Codec::pcma);
        ++sequence;
    };
    // Bursts of five packets every 100 ms: at first it runs dry, then holds enough.
    int dry_early = 0;
    int dry_late = 0;
    for (int tick = 0; tick < 500; ++tick) {
        if (tick % 5 == 0) {
            for (int i = 0; i < 5; ++i) {
                put();
            }
        }
        const bool dry = buffer.pull().kind == JitterBuffer::Kind::nothing;
        (tick < 50 ? dry_early : dry_late) += dry ? 1 : 0;
    }
    EXPECT_EQ(dry_late, 0) << dry_early;
    // Steady again, but a stall has left ten packets too many: it works them off.
    for (int i = 0; i < 10; ++i) {
        put();
    }
    for (int tick = 0; tick < 3000; ++tick) {
        put();
        EXPECT_NE(buffer.pull().kind, JitterBuffer::Kind::nothing);
    }
    EXPECT_LE(buffer.depth_ms(), 80);
}

TEST(JitterBufferTest, FastAndSlowSendersAreEvenedOut) {
    JitterBuffer buffer;
    std::uint16_t sequence = 0;
    for (int tick = 0; tick < 20000; ++tick) {
        // 0.5 % more packets than pulls, then 0.5 % fewer.
        const bool fast = tick < 10000;
        const int count = tick % 200 == 0 ? (fast ? 2 : 0) : 1;
        for (int i = 0; i < count; ++i, ++sequence) {
            buffer.put(packet(sequence, 160U * sequence), Codec::pcma);
        }
        (void)buffer.pull();
        ASSERT_LE(buffer.depth_ms(), 300);
    }
    EXPECT_EQ(buffer.lost(), 0);
}

TEST(JitterBufferTest, ShortJumpBackIsHeardSoon) {
    for (const int back : {0, 8000}) {  // the numbers alone, or the time, too
        JitterBuffer buffer;
        for (int i = 0; i < 100; ++i) {
            buffer.put(packet(static_cast<std::uint16_t>(5000 + i), 100'000U + 160U * i),
                       Codec::pcma);
            (void)buffer.pull();
        }
        int silent = 0;
        for (int i = 100; i < 150; ++i) {
            buffer.put(packet(static_cast<std::uint16_t>(5000 + i - 50),
                              static_cast<std::uint32_t>(100'000 + 160 * i - back)),
                       Codec::pcma);
            silent += buffer.pull().kind == JitterBuffer::Kind::packet ? 0 : 1;
        }
        EXPECT_LE(silent, 5) << back;  // 100 ms
    }
}

TEST(JitterBufferTest, NewSsrcAndJumpsStartAfresh) {
    JitterBuffer buffer;
    buffer.put(packet(1, 0, 1), Codec::pcma);
    buffer.put(packet(2, 160, 1), Codec::pcma);
    buffer.put(packet(9000, 0, 2), Codec::pcma);
    EXPECT_EQ(buffer.depth_ms(), 20);
    buffer.put(packet(9100, 0, 2), Codec::pcma);
    EXPECT_EQ(buffer.depth_ms(), 20);
}

}  // namespace
}  // namespace linka::media
