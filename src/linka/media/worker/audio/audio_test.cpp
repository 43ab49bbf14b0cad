// Codecs, resampling, tones, sound files, spoken numbers, cached clips.
#include "linka/media/testing/test_peer.hpp"
#include "linka/media/worker/audio/audio_reader.hpp"
#include "linka/media/worker/audio/clip.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/audio/g711.hpp"
#include "linka/media/worker/audio/numbers.hpp"
#include "linka/media/worker/audio/prompt_library.hpp"
#include "linka/media/worker/audio/resample.hpp"
#include "linka/media/worker/audio/tones.hpp"
#include "linka/runtime/process.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>

#include <gtest/gtest.h>
#include <unistd.h>

namespace linka::media {
namespace {

using testing::root_mean_square;
using testing::tone_share;

std::vector<std::int16_t> sine(double frequency, int rate, double seconds, double level = 8000.0) {
    std::vector<std::int16_t> samples(static_cast<std::size_t>(rate * seconds));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(std::lrint(
            level * std::sin(2.0 * std::numbers::pi * frequency * static_cast<double>(i) / rate)));
    }
    return samples;
}

TEST(G711, KnownValues) {
    // ITU-T G.711: the codes of silence and of the loudest samples.
    EXPECT_EQ(alaw_encode(0), 0xD5);
    EXPECT_EQ(alaw_encode(32767), 0xAA);
    EXPECT_EQ(alaw_encode(-32768), 0x2A);
    EXPECT_EQ(ulaw_encode(0), 0xFF);
    EXPECT_EQ(ulaw_encode(32767), 0x80);
    EXPECT_EQ(ulaw_encode(-32768), 0x00);
    EXPECT_EQ(alaw_decode(0xD5), 8);
    EXPECT_EQ(ulaw_decode(0xFF), 0);
    EXPECT_EQ(alaw_decode(0xAA), 32256);
    EXPECT_EQ(ulaw_decode(0x80), 32124);
}

TEST(G711, EveryCodeComesBack) {
    for (int code = 0; code < 256; ++code) {
        const auto byte = static_cast<std::uint8_t>(code);
        EXPECT_EQ(alaw_encode(alaw_decode(byte)), byte);
        // µ-law has two codes for zero.
        EXPECT_EQ(ulaw_encode(ulaw_decode(byte)), byte == 0x7F ? 0xFF : byte);
    }
}

TEST(G711, ErrorIsSmallEverywhere) {
    for (int sample = -32768; sample <= 32767; sample += 7) {
        const auto value = static_cast<std::int16_t>(sample);
        const double limit = 16.0 + std::abs(sample) / 25.0;
        EXPECT_NEAR(alaw_decode(alaw_encode(value)), sample, limit) << sample;
        EXPECT_NEAR(ulaw_decode(ulaw_encode(value)), sample, limit + 650.0 * (sample < -32100))
            << sample;
    }
}

TEST(CodecTest, ToneComesThroughEach) {
    for (const Codec codec : all_codecs) {
        Encoder encoder(codec);
        Decoder decoder(codec);
        const int rate = info(codec).sample_rate;
        const auto samples = sine(700.0, rate, 1.0);
        std::vector<std::int16_t> out;
        for (std::size_t at = 0; at < samples.size(); at += frame_samples(codec)) {
            std::array<std::uint8_t, frame_bytes_max> bytes{};
            const std::size_t length =
                encoder.encode(std::span(samples).subspan(at, frame_samples(codec)), bytes);
            ASSERT_EQ(payload_ticks(codec, std::span(bytes).first(length)), frame_ticks(codec));
            std::array<std::int16_t, packet_samples_max> decoded{};
            const std::size_t count = decoder.decode(std::span(bytes).first(length), decoded);
            ASSERT_EQ(count, frame_samples(codec));
            out.insert(out.end(), decoded.begin(),
                       decoded.begin() + static_cast<std::ptrdiff_t>(count));
        }
        const auto settled = std::span(out).subspan(out.size() / 4);
        EXPECT_GT(tone_share(settled, 700.0, rate), 0.95) << info(codec).name;
        EXPECT_NEAR(root_mean_square(settled), 8000.0 / std::sqrt(2.0), 600.0) << info(codec).name;
    }
}

TEST(CodecTest, LostFramesFadeAway) {
    for (const Codec codec : all_codecs) {
        Decoder decoder(codec);
        std::array<std::int16_t, packet_samples_max> out{};
        std::size_t count = 0;
        for (int i = 0; i < 60; ++i) {
            count = decoder.conceal(out);
        }
        EXPECT_EQ(count, frame_samples(codec));
        EXPECT_LT(root_mean_square(std::span(out).first(count)), 50.0);
    }
}

TEST(CodecTest, RefusesBrokenPayloads) {
    const std::vector<std::uint8_t> rubbish(1300, 0xFF);
    std::array<std::int16_t, packet_samples_max> out{};
    for (const Codec codec : all_codecs) {
        Decoder decoder(codec);
        EXPECT_EQ(decoder.decode({}, out), 0U);
        EXPECT_EQ(decoder.decode(rubbish, out), 0U);
    }
}

TEST(ResamplerTest, KeepsTonesAndStopsAliases) {
    const std::vector<std::pair<int, int>> ratios = {{8000, 16000},  {16000, 8000}, {16000, 48000},
                                                     {48000, 16000}, {8000, 48000}, {44100, 16000}};
    for (const auto& [from, to] : ratios) {
        Resampler resampler(from, to);
        std::vector<std::int16_t> out;
        const auto in = sine(1000.0, from, 1.0);
        // In uneven pieces, as frames come.
        for (std::size_t at = 0; at < in.size(); at += 173) {
            resampler.process(std::span(in).subspan(at, std::min<std::size_t>(173, in.size() - at)),
                              out);
        }
        EXPECT_NEAR(static_cast<double>(out.size()), to, to / 200.0) << from << " " << to;
        const auto settled = std::span(out).subspan(out.size() / 10);
        EXPECT_GT(tone_share(settled, 1000.0, to), 0.999) << from << " " << to;
        EXPECT_NEAR(root_mean_square(settled), 8000.0 / std::sqrt(2.0), 60.0) << from << " " << to;
    }
    Resampler down(16000, 8000);
    std::vector<std::int16_t> out;
    down.process(sine(5000.0, 16000, 1.0), out);
    EXPECT_LT(root_mean_square(std::span(out).subspan(100)), 30.0);  // -48 dB
}

TEST(ToneTest, CzechRingbackIsOneSecondOn) {
    ToneGenerator generator(*tone_named("ringback"), 8000);
    std::vector<std::int16_t> samples(50000);
    EXPECT_EQ(generator.read(samples), 40000U);
    EXPECT_GT(tone_share(std::span(samples).subspan(100, 7800), 425.0, 8000), 0.95);
    EXPECT_EQ(root_mean_square(std::span(samples).subspan(8000, 32000)), 0.0);
}

TEST(ToneTest, BusyMayLast) {
    ToneGenerator generator(*tone_named("busy 5000"), 8000);
    std::vector<std::int16_t> samples(50000);
    EXPECT_EQ(generator.read(samples), 40000U);
    EXPECT_FALSE(tone_named("busy soon").has_value());
    EXPECT_FALSE(tone_named("hum").has_value());
}

TEST(ToneTest, DtmfHasBothFrequencies) {
    ToneGenerator generator(*dtmf_tone('6', 200), 8000);
    std::vector<std::int16_t> samples(1600);
    EXPECT_EQ(generator.read(samples), 1600U);
    EXPECT_NEAR(tone_share(samples, 770.0, 8000), 0.5, 0.08);
    EXPECT_NEAR(tone_share(samples, 1477.0, 8000), 0.5, 0.08);
    EXPECT_FALSE(dtmf_tone('x', 100).has_value());
}

using Names = std::vector<std::string>;

TEST(NumberTest, Czech) {
    const auto say = [](std::string_view value) { return number_prompts(value, "cs").value(); };
    EXPECT_EQ(say("0"), Names{"n0"});
    EXPECT_EQ(say("1"), Names{"n1"});
    EXPECT_EQ(say("1 m"), Names{"n1m"});
    EXPECT_EQ(say("2"), Names{"n2"});
    EXPECT_EQ(say("2 f"), Names{"n2f"});
    EXPECT_EQ(say("15"), Names{"n15"});
    EXPECT_EQ(say("21"), (Names{"n20", "n1"}));
    EXPECT_EQ(say("100"), Names{"n100"});
    EXPECT_EQ(say("242"), (Names{"n200", "n40", "n2"}));
    EXPECT_EQ(say("1000"), Names{"thousand"});
    EXPECT_EQ(say("2015"), (Names{"n2", "thousands", "n15"}));
    EXPECT_EQ(say("5000"), (Names{"n5", "thousand"}));
    EXPECT_EQ(say("22000"), (Names{"n20", "n2", "thousand"}));
    EXPECT_EQ(say("999999"), (Names{"n900", "n90", "n9", "thousand", "n900", "n90", "n9"}));
}

TEST(NumberTest, English) {
    const auto say = [](std::string_view value) { return number_prompts(value, "en").value(); };
    EXPECT_EQ(say("0"), Names{"n0"});
    EXPECT_EQ(say("21"), (Names{"n20", "n1"}));
    EXPECT_EQ(say("100"), (Names{"n1", "hundred"}));
    EXPECT_EQ(say("342"), (Names{"n3", "hundred", "and", "n40", "n2"}));
    EXPECT_EQ(say("2005"), (Names{"n2", "thousand", "and", "n5"}));
    EXPECT_EQ(say("12100"), (Names{"n12", "thousand", "n1", "hundred"}));
}

TEST(NumberTest, RefusesWhatCannotBeSaid) {
    for (const char* value : {"", "-1", "1000000", "12x", "2 q", "1.5", " "}) {
        EXPECT_FALSE(number_prompts(value, "cs").has_value()) << value;
    }
    EXPECT_FALSE(number_prompts("1", "tlh").has_value());
    EXPECT_EQ(digit_prompts("70*#").value(), (Names{"n7", "n0", "star", "hash"}));
    EXPECT_FALSE(digit_prompts("12a").has_value());
    EXPECT_FALSE(digit_prompts("").has_value());
}

class SoundFileTest : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "linka-sound-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    // A tone of two seconds made by ffmpeg in some format.
    std::string make(const std::string& name, std::vector<std::string> arguments) const {
        std::vector<std::string> all = {
            "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=600:duration=2"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        all.push_back(directory + "/" + name);
        const auto made =
            runtime::run_program({.arguments = all, .environment = {}, .directory = {}});
        EXPECT_TRUE(made && made->exit.ok());
        return directory + "/" + name;
    }

    std::string directory;
};

TEST_F(SoundFileTest, ReadsWavAndOggOpus) {
    const std::vector<std::string> files = {
        make("a.wav", {"-ar", "8000"}),
        make("b.wav", {"-ar", "44100", "-ac", "2"}),
        make("c.wav", {"-ar", "8000", "-c:a", "pcm_alaw"}),
        make("d.wav", {"-ar", "16000", "-c:a", "pcm_u8"}),
        make("e.opus", {"-ar", "48000", "-ac", "2", "-c:a", "libopus"}),
        make("f.ogg", {"-ar", "16000", "-c:a", "libopus"})};
    for (const std::string& file : files) {
        auto reader = open_audio_file(file);
        ASSERT_TRUE(reader.ok()) << file;
        std::vector<std::int16_t> samples(48000);
        const std::size_t count = (*reader)->read(samples);
        EXPECT_NEAR(static_cast<double>(count), 32000.0, 200.0) << file;
        samples.resize(count);
        EXPECT_GT(tone_share(std::span(samples).subspan(800), 600.0, 16000), 0.97) << file;
    }
}

TEST_F(SoundFileTest, RefusesOtherFiles) {
    std::ofstream(directory + "/x.wav") << "RIFFxxxxWAVEfmt ";
    std::ofstream(directory + "/y.ogg") << "OggS but not really";
    std::ofstream(directory + "/z.txt") << "z";
    EXPECT_FALSE(open_audio_file(directory + "/x.wav").ok());
    EXPECT_FALSE(open_audio_file(directory + "/y.ogg").ok());
    EXPECT_FALSE(open_audio_file(directory + "/z.txt").ok());
    EXPECT_FALSE(open_audio_file(directory).ok());
    EXPECT_FALSE(open_audio_file("/nowhere").ok());
}

TEST_F(SoundFileTest, LaterPromptDirectoryWins) {
    for (const char* folder : {"one/cs", "two/cs"}) {
        std::filesystem::create_directories(directory + "/" + folder);
    }
    make("one/cs/hello.wav", {"-t", "1", "-ar", "16000"});
    make("two/cs/hello.wav", {"-t", "2", "-ar", "16000"});
    PromptLibrary library(directory + "/one:" + directory + "/two");
    std::vector<std::shared_ptr<Clip>> clips;
    ASSERT_TRUE(library.find({"prompt", "hello", "cs"}, clips).ok());
    ASSERT_EQ(clips.size(), 1U);
    EXPECT_FALSE(clips[0]->frame(Codec::pcma, 99).empty());
    EXPECT_TRUE(clips[0]->frame(Codec::pcma, 101).empty());
    for (const char* name : {"../cs/hello", "missing", "", ".."}) {
        EXPECT_FALSE(library.find({"prompt", name, "cs"}, clips).ok()) << name;
    }
    EXPECT_TRUE(library.find({"prompt", "hello", "sk"}, clips).ok());
    EXPECT_FALSE(library.find({"prompt", "hello", "de"}, clips).ok());  // no English one here
    EXPECT_FALSE(library.find({"prompt", "hello", ".."}, clips).ok());
    EXPECT_FALSE(library.find({"music", "missing", ""}, clips).ok());
    std::filesystem::create_directories(directory + "/one/music");
    make("one/music/default.wav", {"-ar", "16000"});
    EXPECT_TRUE(library.find({"music", "missing", ""}, clips).ok());
    EXPECT_TRUE(library.find({"music", "", ""}, clips).ok());
    EXPECT_FALSE(library.find({"opera", "hello", "cs"}, clips).ok());
}

TEST(ClipTest, FramesAreMadeOnceAndInOrder) {
    int opened = 0;
    Clip clip([&] {
        ++opened;
        return open_tone(*tone_named("beep"));
    });
    const auto frame = clip.frame(Codec::pcma, 10);
    const std::vector<std::uint8_t> first(frame.begin(), frame.end());
    EXPECT_EQ(first.size(), 160U);
    const auto again = clip.frame(Codec::pcma, 10);
    EXPECT_TRUE(std::equal(first.begin(), first.end(), again.begin(), again.end()));
    EXPECT_FALSE(clip.frame(Codec::pcma, 19).empty());
    EXPECT_TRUE(clip.frame(Codec::pcma, 21).empty());
    EXPECT_EQ(opened, 1);
    EXPECT_FALSE(clip.frame(Codec::opus, 0).empty());
    EXPECT_EQ(opened, 2);
}

TEST(ClipTest, CacheThrowsOutWhatIsNotPlaying) {
    ClipCache cache(1000);
    const auto open = [] { return open_tone(*tone_named("beep")); };
    const auto playing = cache.get("playing", open);
    playing->frame(Codec::pcma, 10);
    Clip* idle = cache.get("idle", open).get();
    idle->frame(Codec::pcma, 10);
    (void)cache.get("third", open);
    EXPECT_EQ(cache.get("playing", open), playing);
}

// What the build made: nothing clips, everything can be heard, nothing is missing.
TEST(PromptFiles, AreSound) {
    const auto prompts = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "prompts";
    if (!std::filesystem::exists(prompts / "cs.stamp")) {
        FAIL() << "the prompts are not built";
    }
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(prompts)) {
        if (entry.path().extension() != ".wav") {
            continue;
        }
        ++files;
        auto reader = open_audio_file(entry.path().string());
        ASSERT_TRUE(reader.ok()) << entry.path();
        std::vector<std::int16_t> samples(reader_rate * 60);
        samples.resize((*reader)->read(samples));
        EXPECT_GT(samples.size(), reader_rate / 10U) << entry.path();
        int peak = 0;
        for (const std::int16_t sample : samples) {
            peak = std::max(peak, std::abs(int{sample}));
        }
        EXPECT_LT(peak, 31000) << entry.path();
        EXPECT_GT(root_mean_square(samples), 500.0) << entry.path();
        EXPECT_LT(root_mean_square(samples), 9000.0) << entry.path();
    }
    EXPECT_GT(files, 150);
    PromptLibrary library(prompts.string());
    std::vector<std::shared_ptr<Clip>> clips;
    for (const char* language : {"cs", "en"}) {
        for (int number = 0; number < 1000; ++number) {
            clips.clear();
            EXPECT_TRUE(library.find({"number", std::to_string(number), language}, clips).ok());
        }
        for (const char* value : {"1 m", "1 n", "2 f", "2345", "999999"}) {
            EXPECT_TRUE(library.find({"number", value, language}, clips).ok()) << value;
        }
        EXPECT_TRUE(library.find({"digits", "0123456789*#", language}, clips).ok());
        for (const char* name : {"menu_main", "queue_position", "not_ready", "done"}) {
            EXPECT_TRUE(library.find({"prompt", name, language}, clips).ok()) << name;
        }
    }
    EXPECT_TRUE(library.find({"music", "default", ""}, clips).ok());
}

}  // namespace
}  // namespace linka::media
