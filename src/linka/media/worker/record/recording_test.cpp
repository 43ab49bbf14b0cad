// From spool to Ogg Opus file: length, channels, sides, time, gaps, drift, broken spools.
#include "linka/base/text.hpp"
#include "linka/media/testing/heard_file.hpp"
#include "linka/media/testing/test_peer.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/record/recorder.hpp"
#include "linka/media/worker/record/spool_encoder.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>

#include <gtest/gtest.h>

namespace linka::media {
namespace {

using testing::decode_with_ffmpeg;
using testing::HeardFile;
using testing::root_mean_square;
using testing::tone_share;

// Writes one side's packets into a spool as a telephone would send them.
class Speaker {
  public:
    Speaker(int side, Codec codec, double frequency)
        : side_(side), codec_(codec), frequency_(frequency), encoder_(codec) {}

    void say(SpoolWriter& spool, Duration at) {
        std::vector<std::int16_t> samples(frame_samples(codec_));
        for (std::int16_t& sample : samples) {
            sample = static_cast<std::int16_t>(
                8000.0 * std::sin(2.0 * std::numbers::pi * frequency_ *
                                  static_cast<double>(position_++) / info(codec_).sample_rate));
        }
        std::array<std::uint8_t, frame_bytes_max> bytes{};
        const std::size_t length = encoder_.encode(samples, bytes);
        RtpPacket packet;
        packet.sequence = sequence_++;
        packet.timestamp = timestamp;
        packet.ssrc = 7;
        packet.payload = std::span(bytes).first(length);
        ASSERT_TRUE(spool.packet(side_, codec_, packet, at));
        timestamp += frame_ticks(codec_);
    }

    std::uint32_t timestamp = 0xFFFFF000;  // wraps soon

  private:
    int side_;
    Codec codec_;
    double frequency_;
    Encoder encoder_;
    std::int64_t position_ = 0;
    std::uint16_t sequence_ = 65530;
};

class RecordingTest : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "linka-record-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    SpoolWriter create(int rate) {
        SpoolHeader header;
        header.recording = 5;
        header.file = directory + "/call.opus";
        header.rate = rate;
        auto spool = SpoolWriter::create(directory + "/a.spool", header);
        EXPECT_TRUE(spool.ok());
        return std::move(*spool);
    }

    SpoolEncoder::Recorded encode() {
        auto encoder = SpoolEncoder::open(directory + "/a.spool");
        EXPECT_TRUE(encoder.ok());
        while ((*encoder)->work(true) != SpoolEncoder::Progress::finished) {
        }
        const auto recorded = (*encoder)->finish();
        EXPECT_TRUE(recorded.ok());
        return *recorded;
    }

    std::string directory;
};

TEST_F(RecordingTest, EachSideIsOnItsChannelForItsTime) {
    for (const Codec codec : all_codecs) {
        SpoolWriter spool = create(info(codec).sample_rate);
        Speaker customer(0, codec, 500.0);
        Speaker agent(1, codec, 1250.0);
        // The customer speaks from 0 to 3 s, the agent from 2 to 5 s; the call lasts 6 s.
        for (int i = 0; i < 300; ++i) {
            const Duration at = i * 20ms;
            if (at < 3s) {
                customer.say(spool, at);
            }
            if (at >= 2s && at < 5s) {
                agent.say(spool, at + 3ms);
            }
        }
        ASSERT_TRUE(spool.end(6s));
        const auto recorded = encode();
        EXPECT_EQ(recorded.duration, 6s);
        EXPECT_EQ(recorded.bytes,
                  static_cast<std::int64_t>(std::filesystem::file_size(directory + "/call.opus")));
        const HeardFile heard = decode_with_ffmpeg(directory + "/call.opus");
        const std::string which(info(codec).name);
        EXPECT_EQ(heard.channels, 2) << which;
        EXPECT_NEAR(heard.seconds, 6.0, 0.03) << which;
        EXPECT_GT(tone_share(heard.part(heard.left, 0.1, 2.9), 500.0, 48000), 0.9) << which;
        EXPECT_GT(tone_share(heard.part(heard.right, 2.1, 4.9), 1250.0, 48000), 0.9) << which;
        // Nobody is heard on the other's channel, nor before or after he spoke.
        EXPECT_LT(tone_share(heard.part(heard.left, 2.1, 2.9), 1250.0, 48000), 0.015) << which;
        EXPECT_LT(tone_share(heard.part(heard.right, 2.1, 2.9), 500.0, 48000), 0.015) << which;
        EXPECT_LT(root_mean_square(heard.part(heard.left, 3.1, 6.0)), 60.0) << which;
        EXPECT_LT(root_mean_square(heard.part(heard.right, 0.0, 1.95)), 60.0) << which;
        EXPECT_LT(root_mean_square(heard.part(heard.right, 5.1, 6.0)), 60.0) << which;
        std::filesystem::remove(directory + "/a.spool");
    }
}

TEST_F(RecordingTest, JitterAndReorderingDoNotTearTheSound) {
    SpoolWriter spool = create(8000);
    Speaker smooth(0, Codec::pcma, 500.0);
    Speaker shaken(1, Codec::pcma, 1000.0);
    for (int i = 0; i < 200; ++i) {
        smooth.say(spool, i * 20ms);
        // Arrives in bursts of four, up to 60 ms late.
        shaken.say(spool, (i / 4 * 4 + 3) * 20ms);
    }
    ASSERT_TRUE(spool.end(4s));
    encode();
    const HeardFile heard = decode_with_ffmpeg(directory + "/call.opus");
    EXPECT_GT(tone_share(heard.part(heard.left, 0.2, 3.8), 500.0, 48000), 0.9);
    EXPECT_GT(tone_share(heard.part(heard.right, 0.2, 3.8), 1000.0, 48000), 0.9);
}

TEST_F(RecordingTest, WrongClockOfASenderDoesNotMakeTheSidesDrift) {
    SpoolWriter spool = create(8000);
    Speaker right_clock(0, Codec::pcma, 500.0);
    Speaker slow_clock(1, Codec::pcma, 1000.0);
    // 60 s; the slow one sends a packet each 20.04 ms (2000 ppm), so it is 120 ms behind in the
    // end, then falls silent at 59 s by the true clock.
    for (int i = 0; i < 3000; ++i) {
        right_clock.say(spool, i * 20ms);
        const Duration at = i * 20040us;
        if (at < 59s) {
            slow_clock.say(spool, at);
        }
    }
    ASSERT_TRUE(spool.end(60s));
    EXPECT_EQ(encode().duration, 60s);
    const HeardFile heard = decode_with_ffmpeg(directory + "/call.opus");
    EXPECT_NEAR(heard.seconds, 60.0, 0.05);
    EXPECT_GT(root_mean_square(heard.part(heard.right, 58.8, 58.93)), 2000.0);
    EXPECT_LT(root_mean_square(heard.part(heard.right, 59.1, 59.9)), 60.0);
}

TEST_F(RecordingTest, SpoolCutInTheMiddleGivesWhatIsThere) {
    {
        SpoolWriter spool = create(8000);
        Speaker customer(0, Codec::pcmu, 500.0);
        for (int i = 0; i < 250; ++i) {
            customer.say(spool, i * 20ms);
        }
    }
    const std::string path = directory + "/a.spool";
    // A record of 23 bytes and 160 of sound; the cut takes what was in the stage with it.
    constexpr std::size_t record = 183;
    const std::size_t whole = (std::filesystem::file_size(path) - SpoolStage::bytes) / record;
    ASSERT_GT(whole, 100U);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 50);
    const auto recorded = encode();
    EXPECT_GE(recorded.duration, (whole - 4) * 20ms);
    EXPECT_LT(recorded.duration, whole * 20ms);
    const HeardFile heard = decode_with_ffmpeg(directory + "/call.opus");
    EXPECT_GT(tone_share(heard.part(heard.left, 0.1, 1.8), 500.0, 48000), 0.9);
}

TEST_F(RecordingTest, SpoolIsReadWhileItGrows) {
    SpoolWriter spool = create(8000);
    auto encoder = SpoolEncoder::open(directory + "/a.spool");
    ASSERT_TRUE(encoder.ok());
    Speaker customer(0, Codec::pcma, 500.0);
    for (int i = 0; i < 150; ++i) {
        customer.say(spool, i * 20ms);
        EXPECT_EQ((*encoder)->work(false), SpoolEncoder::Progress::waiting);
    }
    ASSERT_TRUE(spool.end(3s));
    EXPECT_EQ((*encoder)->work(true), SpoolEncoder::Progress::finished);
    EXPECT_FALSE(std::filesystem::exists(directory + "/call.opus"));
    ASSERT_TRUE((*encoder)->finish().ok());
    EXPECT_NEAR(decode_with_ffmpeg(directory + "/call.opus").seconds, 3.0, 0.03);
}

// docs/decisions/0010-recording-codec.md; RFC 6716 §3.1: configurations 16 to 31 are CELT.
TEST_F(RecordingTest, IsInTheModeForAnySound) {
    for (const int rate : {8000, 16000}) {
        SpoolWriter spool = create(rate);
        Speaker customer(0, Codec::pcma, 500.0);
        Speaker agent(1, Codec::pcma, 1250.0);
        for (int i = 0; i < 150; ++i) {
            customer.say(spool, i * 20ms);
            agent.say(spool, i * 20ms);
        }
        ASSERT_TRUE(spool.end(3s));
        encode();
        std::ifstream file(directory + "/call.opus", std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(file), {});
        // The first page after those of the two headers.
        std::size_t page = 0;
        for (int headers = 0; headers < 2; ++headers) {
            page = bytes.find("OggS", page + 4);
        }
        ASSERT_LT(page + 27, bytes.size());
        const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes.at(at)); };
        EXPECT_GE(byte(page + 27 + byte(page + 26)) >> 3, 16) << rate;
        std::filesystem::remove(directory + "/a.spool");
    }
}

TEST_F(RecordingTest, LockedSpoolIsNoOrphan) {
    {
        const SpoolWriter spool = create(8000);
        EXPECT_FALSE(lock_spool(directory + "/a.spool").has_value());
    }
    EXPECT_TRUE(lock_spool(directory + "/a.spool").has_value());
}

// The encoder reads along, so it may see the end before the recorder is told of it.
TEST_F(RecordingTest, EndReadBeforeItIsOrderedIsToldOnce) {
    runtime::Loop loop;
    std::vector<RecordDone> told;
    Recorder recorder(loop, directory + "/spool", Recorder::When::during_call,
                      [&](const RecordDone& done, const std::string&) { told.push_back(done); });
    SpoolHeader header;
    header.recording = 5;
    header.file = directory + "/call.opus";
    std::string path;
    auto spool = recorder.create(header, path);
    ASSERT_TRUE(spool.ok());
    Speaker customer(0, Codec::pcma, 500.0);
    customer.say(*spool, 0ms);
    ASSERT_TRUE(spool->end(1s));
    recorder.follow(path);
    while (!std::filesystem::exists(header.file + ".part")) {
        loop.step(10ms);
    }
    recorder.complete(path, spool->release());
    while (recorder.pending() > 0) {
        loop.step(10ms);
    }
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].error, "");
    EXPECT_EQ(told[0].duration, 1s);
}

TEST_F(RecordingTest, AfterTheCallNothingIsEncodedDuringIt) {
    runtime::Loop loop;
    std::vector<RecordDone> told;
    Recorder recorder(loop, directory + "/spool", Recorder::When::after_call,
                      [&](const RecordDone& done, const std::string&) { told.push_back(done); });
    const auto begin = [&](RecordingId recording, std::string& path) {
        SpoolHeader header;
        header.recording = recording;
        header.file = text::format("{}/{}.opus", directory, recording);
        auto spool = recorder.create(header, path);
        Speaker customer(0, Codec::pcma, 500.0);
        customer.say(*spool, 0ms);
        return std::move(*spool);
    };
    std::string talking_path;
    SpoolWriter talking = begin(1, talking_path);
    recorder.follow(talking_path);
    std::string ended_path;
    SpoolWriter ended = begin(2, ended_path);
    recorder.follow(ended_path);
    EXPECT_EQ(recorder.pending(), 2U);
    ASSERT_TRUE(ended.end(1s));
    recorder.complete(ended_path, ended.release());
    while (recorder.pending() > 1) {
        loop.step(10ms);
    }
    // The one that came first has not even been begun.
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].recording, 2);
    EXPECT_EQ(told[0].duration, 1s);
    EXPECT_FALSE(std::filesystem::exists(directory + "/1.opus.part"));
    ASSERT_TRUE(talking.end(2s));
    recorder.complete(talking_path, talking.release());
    while (recorder.pending() > 0) {
        loop.step(10ms);
    }
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].duration, 2s);
}

TEST_F(RecordingTest, WhatHasNoEndIsToldAsCutShort) {
    runtime::Loop loop;
    std::vector<RecordDone> told;
    Recorder recorder(loop, directory + "/spool", Recorder::When::after_call,
                      [&](const RecordDone& done, const std::string&) { told.push_back(done); });
    for (const bool whole : {true, false}) {
        SpoolHeader header;
        header.recording = whole ? 1 : 2;
        header.file = text::format("{}/{}.opus", directory, header.recording);
        std::string path;
        auto spool = recorder.create(header, path);
        ASSERT_TRUE(spool.ok());
        Speaker customer(0, Codec::pcma, 500.0);
        customer.say(*spool, 0ms);
        if (whole) {
            ASSERT_TRUE(spool->end(1s));
        }
        recorder.complete(path, spool->release());
    }
    while (recorder.pending() > 0) {
        loop.step(10ms);
    }
    ASSERT_EQ(told.size(), 2U);
    for (const RecordDone& done : told) {
        EXPECT_EQ(done.error, "");
        EXPECT_EQ(done.cut_short.empty(), done.recording == 1) << done.recording;
    }
}

TEST_F(RecordingTest, SpoolStaysWhereItsNoteCannotBeWritten) {
    runtime::Loop loop;
    std::vector<std::string> notes;
    Recorder recorder(loop, directory + "/spool", Recorder::When::after_call,
                      [&](const RecordDone&, const std::string& note) { notes.push_back(note); });
    SpoolHeader header;
    header.recording = 5;
    header.file = directory + "/call.opus";
    std::string path;
    auto spool = recorder.create(header, path);
    ASSERT_TRUE(spool.ok());
    ASSERT_TRUE(spool->end(1s));
    std::filesystem::create_directories(path + ".done.part");  // in its way
    recorder.complete(path, spool->release());
    while (recorder.pending() > 0) {
        loop.step(10ms);
    }
    EXPECT_EQ(notes, std::vector<std::string>{""});
    EXPECT_TRUE(std::filesystem::exists(path)) << "else nobody would ever be told after a crash";
}

TEST_F(RecordingTest, RubbishIsNoSpool) {
    std::ofstream(directory + "/a.spool") << "something else entirely";
    EXPECT_FALSE(SpoolEncoder::open(directory + "/a.spool").ok());
    EXPECT_FALSE(SpoolEncoder::open(directory + "/none.spool").ok());
}

}  // namespace
}  // namespace linka::media
