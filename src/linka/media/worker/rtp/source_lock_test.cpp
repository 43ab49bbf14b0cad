// Whose sound is taken: the described peer's, one behind NAT, one that moved; never a sprayer's.
#include "linka/media/worker/rtp/source_lock.hpp"

#include <gtest/gtest.h>

namespace linka::media {
namespace {

class SourceLockTest : public ::testing::Test {
  protected:
    // One packet; true if it was taken.
    bool say(const Endpoint& from, Duration at, std::uint32_t ssrc = 1, int sequence = -1) {
        RtpPacket packet;
        packet.ssrc = ssrc;
        packet.sequence = static_cast<std::uint16_t>(sequence < 0 ? at / 20ms : sequence);
        return lock.accept(from, packet, Instant{1'000'000'000} + at);
    }
    // Packets every 20 ms from `begin` to before `end`; how many were taken.
    int speak(const Endpoint& from, Duration begin, Duration end, std::uint32_t ssrc = 1) {
        int taken = 0;
        for (Duration at = begin; at < end; at += 20ms) {
            taken += say(from, at, ssrc) ? 1 : 0;
        }
        return taken;
    }

    const Endpoint phone = *Endpoint::from("192.0.2.1", 4000);
    const Endpoint phone_moved = *Endpoint::from("192.0.2.1", 1046);
    const Endpoint inside = *Endpoint::from("10.0.0.5", 4000);
    const Endpoint outside = *Endpoint::from("203.0.113.9", 61000);
    const Endpoint attacker = *Endpoint::from("203.0.113.66", 61000);
    SourceLock lock;
};

TEST_F(SourceLockTest, NobodyIsHeardBeforeTheDescription) {
    EXPECT_FALSE(say(phone, 0ms));
    lock.expect(phone);
    EXPECT_EQ(lock.target(), phone);
    EXPECT_FALSE(lock.locked());
    EXPECT_TRUE(say(phone, 20ms));
    EXPECT_TRUE(lock.locked());
    EXPECT_EQ(lock.ignored(), 1);
}

TEST_F(SourceLockTest, BurstBeforeThePeerSpeaksTakesNothing) {
    lock.expect(phone);
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(say(attacker, 1ms * i, 66));
    }
    EXPECT_EQ(lock.target(), phone);
    EXPECT_TRUE(say(phone, 250ms));
    EXPECT_EQ(lock.target(), phone);
}

TEST_F(SourceLockTest, DescribedAddressWinsWheneverItComes) {
    lock.expect(phone);
    EXPECT_GT(speak(attacker, 0s, 3s, 66), 0);  // for want of anybody else
    EXPECT_EQ(lock.target(), attacker);
    EXPECT_TRUE(say(phone, 3s));
    EXPECT_EQ(lock.target(), phone);
    EXPECT_EQ(speak(attacker, 3s + 20ms, 4s, 66), 0);
}

TEST_F(SourceLockTest, PeerBehindNatIsFoundAfterHalfASecond) {
    lock.expect(inside);
    EXPECT_EQ(speak(outside, 0ms, 500ms), 0);
    EXPECT_EQ(lock.target(), inside);
    EXPECT_TRUE(say(outside, 500ms));
    EXPECT_EQ(lock.target(), outside);
    EXPECT_EQ(speak(attacker, 520ms, 1s, 66), 0);
    // The same description again, as a session refresh has it, leaves it where it is.
    lock.expect(inside);
    EXPECT_TRUE(say(outside, 1s));
}

TEST_F(SourceLockTest, PeerThatDoesNotSayWhereIsFoundLikewise) {
    lock.expect({});
    EXPECT_FALSE(lock.target().known());
    EXPECT_EQ(speak(outside, 0ms, 500ms), 0);
    EXPECT_TRUE(say(outside, 500ms));
    EXPECT_EQ(lock.target(), outside);
}

TEST_F(SourceLockTest, FewPacketsOverALongTimeAreNotEnough) {
    lock.expect(inside);
    for (int i = 0; i < 30; ++i) {
        EXPECT_FALSE(say(outside, 600ms * i));
    }
}

TEST_F(SourceLockTest, SprayFromManyPortsDoesNotKeepAPeerOut) {
    lock.expect(inside);
    int taken = 0;
    for (Duration at = 0ms; at < 700ms; at += 20ms) {
        taken += say(outside, at) ? 1 : 0;
        for (int i = 0; i < 20; ++i) {
            const int port = 2000 + static_cast<int>(at / 20ms) * 20 + i;
            EXPECT_FALSE(say(*Endpoint::from("203.0.113.66", port), at, 66));
        }
    }
    EXPECT_GT(taken, 0);
    EXPECT_EQ(lock.target(), outside);
}

TEST_F(SourceLockTest, PortThatMovedIsFollowedOnceTheOldOneIsSilent) {
    lock.expect(phone);
    EXPECT_EQ(speak(phone, 0s, 4s), 200);
    EXPECT_EQ(speak(phone_moved, 4s, 4s + 1960ms), 0);
    EXPECT_TRUE(say(phone_moved, 4s + 1980ms));
    EXPECT_EQ(lock.target(), phone_moved);
}

TEST_F(SourceLockTest, OtherAddressIsFollowedIfItGoesOn) {
    lock.expect(phone);
    EXPECT_EQ(speak(phone, 0s, 4s), 200);
    EXPECT_FALSE(say(outside, 7s, 2, 350)) << "another SSRC";
    EXPECT_FALSE(say(outside, 7s, 1, 199 + SourceLock::lost_in_move_max)) << "other numbers";
    EXPECT_FALSE(say(outside, 7s, 1, 199)) << "it was there already";
    EXPECT_TRUE(say(outside, 7s, 1, 350));
}

TEST_F(SourceLockTest, StrangersAreNotFollowedIntoSilence) {
    lock.expect(phone);
    EXPECT_EQ(speak(phone, 0s, 1s), 50);
    EXPECT_EQ(speak(attacker, 1s, 20s, 66), 0);
    EXPECT_EQ(lock.target(), phone);
}

TEST_F(SourceLockTest, WhileTheOldOneSpeaksNobodyElseDoes) {
    lock.expect(phone);
    EXPECT_EQ(speak(phone, 0s, 1s), 50);
    for (Duration at = 1s; at < 6s; at += 20ms) {
        EXPECT_TRUE(say(phone, at));
        EXPECT_FALSE(say(phone_moved, at));
        EXPECT_FALSE(say(attacker, at));
    }
}

TEST_F(SourceLockTest, DescriptionBringsItBack) {
    lock.expect(phone);
    EXPECT_EQ(speak(phone, 0s, 1s), 50);
    EXPECT_GT(speak(phone_moved, 1s, 4s), 0);
    EXPECT_EQ(lock.target(), phone_moved);
    lock.expect(phone);
    EXPECT_EQ(lock.target(), phone);
    lock.expect(outside);
    EXPECT_EQ(lock.target(), outside);
    EXPECT_FALSE(say(phone, 5s));
    EXPECT_TRUE(say(outside, 5s));
}

TEST_F(SourceLockTest, WhatIsProvedNeedsNoPatience) {
    lock.expect(inside);
    lock.proved(outside);
    EXPECT_EQ(lock.target(), outside);
    lock.proved(phone_moved);
    EXPECT_EQ(lock.target(), phone_moved);
}

}  // namespace
}  // namespace linka::media
