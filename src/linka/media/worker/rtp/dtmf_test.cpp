// Telephone events: presses as telephones send them, whole, with holes, and in odd hands.
#include "linka/media/worker/rtp/dtmf.hpp"

#include "linka/media/worker/rtp/out_stream.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace linka::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

Instant dtmf_at(Duration since_start) {
    return Instant{1'000'000'000} + since_start;
}

RtpPacket event(std::uint16_t sequence, std::uint32_t timestamp, const Bytes& payload,
                bool marker = false) {
    RtpPacket made;
    made.payload_type = 101;
    made.sequence = sequence;
    made.timestamp = timestamp;
    made.ssrc = 1;
    made.payload = payload;
    made.marker = marker;
    return made;
}

// A telephone whose packets the test chooses, and what is heard of them.
class Presses {
  public:
    void packet(std::uint8_t key, std::uint32_t timestamp, int duration, bool end = false,
                bool marker = false, Duration after = 20ms) {
        now_ = now_ + after;
        const Bytes payload = {key, static_cast<std::uint8_t>(end ? 0x8A : 0x0A),
                               static_cast<std::uint8_t>(duration >> 8),
                               static_cast<std::uint8_t>(duration)};
        const auto digit = receiver_.received(event(sequence_++, timestamp, payload, marker), now_);
        if (digit) {
            heard += *digit;
        }
        begun.push_back(receiver_.begun());
    }
    /// A whole press, its end three times.
    void press(std::uint8_t key, std::uint32_t timestamp, int packets, Duration pause = 20ms) {
        for (int i = 1; i <= packets; ++i) {
            packet(key, timestamp, 160 * i, false, false, i == 1 ? pause : 20ms);
        }
        for (int i = 0; i < 3; ++i) {
            packet(key, timestamp, 160 * packets, true);
        }
    }

    std::string heard;
    std::vector<std::optional<std::uint32_t>> begun;

  private:
    DtmfReceiver receiver_;
    std::uint16_t sequence_ = 65530;
    Instant now_ = dtmf_at(0s);
};

TEST(DtmfTest, EndPacketsWithTimeStampsOfTheirOwnAreOnePress) {
    Presses phone;
    for (int i = 1; i <= 9; ++i) {
        phone.packet(1, 1000, 160 * i, false, i == 1);
    }
    for (const std::uint32_t timestamp : {1000U, 2600U, 2760U}) {
        phone.packet(1, timestamp, 1600, true, false, 5ms);
    }
    EXPECT_EQ(phone.heard, "1");
    // Whoever it is passed on to is shown one press as well.
    for (const auto& begun : phone.begun) {
        EXPECT_EQ(begun, 1000U);
    }
}

TEST(DtmfTest, TimeStampThatMovesWithEveryPacketIsOnePress) {
    Presses phone;
    for (int i = 1; i <= 6; ++i) {
        phone.packet(4, 1000 + 160U * static_cast<std::uint32_t>(i), 160 * i, i == 6);
    }
    EXPECT_EQ(phone.heard, "4");
    EXPECT_EQ(phone.begun.back(), 1160U);
}

TEST(DtmfTest, TwoPressesOfOneKeyWithoutMarkersAreTwo) {
    Presses phone;
    phone.press(1, 1000, 5);
    phone.press(1, 3000, 5, 120ms);
    EXPECT_EQ(phone.heard, "11");
}

TEST(DtmfTest, LongPressWithAHoleIsOne) {
    Presses phone;
    phone.packet(5, 1000, 160, false, true);
    phone.packet(5, 1000, 320);
    phone.packet(5, 1000, 1696, true, false, 1400ms);
    EXPECT_EQ(phone.heard, "5");
}

TEST(DtmfTest, PressOfWhichOnlyTheEndArrivesIsHeard) {
    Presses phone;
    for (int i = 0; i < 3; ++i) {
        phone.packet(5, 1000, 320, true);  // 40 ms
    }
    EXPECT_EQ(phone.heard, "5");
    phone.packet(5, 9000, 1600, true, false, 1s);
    EXPECT_EQ(phone.heard, "55");
}

TEST(DtmfTest, DifferentDigitsWithOneTimeStampAreAllHeard) {
    Presses phone;
    phone.press(1, 1000, 5);
    phone.press(2, 1000, 5);
    phone.packet(1, 1000, 800, true);  // late, of the first
    EXPECT_EQ(phone.heard, "12");
    EXPECT_NE(phone.begun.front(), phone.begun[10])
        << "the next one must be able to tell them apart";
    EXPECT_EQ(phone.begun.back(), std::nullopt);
    Presses ends;
    for (const std::uint8_t key : {1, 2}) {
        for (int i = 0; i < 3; ++i) {
            ends.packet(key, 1000, 800, true);
        }
    }
    EXPECT_EQ(ends.heard, "12");
}

TEST(DtmfTest, PressAfterTheClockJumpedBackIsHeard) {
    Presses phone;
    phone.press(1, 900'000, 5);
    for (int i = 0; i < 200; ++i) {
        phone.packet(1, 900'000, 800, true, false, 1ms);  // numbers go on
    }
    phone.press(2, 1000, 5, 1s);
    EXPECT_EQ(phone.heard, "12");
}

TEST(DtmfTest, SentPressesAreHeardOnce) {
    DtmfSender sender;
    DtmfReceiver receiver;
    OutStream out(1);
    ASSERT_TRUE(sender.add("1159#"));
    std::string heard;
    for (int i = 0; sender.active(); ++i) {
        const auto step = sender.step(8000);
        if (step.send) {
            auto made = out.event({.payload_type = 101, .clock_rate = 8000}, step.begins,
                                  dtmf_at(i * 20ms));
            const Bytes payload(step.payload.begin(), step.payload.end());
            made.payload = payload;
            if (const auto digit = receiver.received(made, dtmf_at(i * 20ms))) {
                heard += *digit;
            }
        }
    }
    EXPECT_EQ(heard, "1159#");
    EXPECT_FALSE(sender.add(std::string(DtmfSender::digits_max + 1, '1')));
}

TEST(DtmfTest, LostEndAndReorderedPacketsMakeNoSecondPress) {
    DtmfReceiver receiver;
    EXPECT_EQ(receiver.received(event(1, 1000, {5, 10, 0, 160}, true), dtmf_at(0ms)), '5');
    EXPECT_FALSE(receiver.received(event(2, 1000, {5, 10, 1, 64}), dtmf_at(20ms)).has_value());
    // The end never came; another key follows.
    EXPECT_EQ(receiver.received(event(9, 3000, {5, 10, 0, 160}, true), dtmf_at(250ms)), '5');
    EXPECT_FALSE(receiver.received(event(3, 1000, {5, 0x8A, 1, 64}), dtmf_at(260ms)).has_value());
    EXPECT_FALSE(receiver.received(event(10, 3000, {5, 0x8A, 1, 64}), dtmf_at(270ms)).has_value());
    EXPECT_FALSE(receiver.received(event(11, 5000, {16, 10, 0, 0}), dtmf_at(500ms)).has_value());
    EXPECT_FALSE(receiver.received(event(12, 5000, {1}), dtmf_at(500ms)).has_value());
}

}  // namespace
}  // namespace linka::media
