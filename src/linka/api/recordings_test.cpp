// Recordings: who may hear them, in parts, in other forms, and as an outline.
#include "linka/api/files/audio.hpp"
#include "linka/api/testing/rig.hpp"
#include "linka/base/text.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <filesystem>
#include <fstream>
#include <future>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

std::string little_endian(std::uint32_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>((value >> (8 * i)) & 0xff);
    }
    return out;
}

// One second of 8 kHz stereo: a square wave of half the full scale left, its second half; silence
// right.
std::string samples() {
    std::string out;
    for (int i = 0; i < 8000; ++i) {
        const int left = i < 4000 ? 0 : (i % 20 < 10 ? 16384 : -16384);
        out += little_endian(static_cast<std::uint32_t>(left), 2) + little_endian(0, 2);
    }
    return out;
}

// A WAV file; ffmpeg looks at what is inside, not at the name.
std::string wav_file() {
    const std::string data = samples();
    return "RIFF" + little_endian(36 + static_cast<std::uint32_t>(data.size()), 4) + "WAVEfmt " +
           little_endian(16, 4) + little_endian(1, 2) + little_endian(2, 2) +
           little_endian(8000, 4) + little_endian(32000, 4) + little_endian(4, 2) +
           little_endian(16, 2) + "data" +
           little_endian(static_cast<std::uint32_t>(data.size()), 4) + data;
}

// A call of queue 6001, activities_7, with this recording. Tokens of those who ask for it.
std::map<std::string, std::string> add_recording(Rig& rig, const std::string& content,
                                                 const std::string& whose = "jan",
                                                 std::int64_t activity = 7) {
    const std::string file = rig.directory + "/recordings/1.opus";
    std::filesystem::create_directories(rig.directory + "/recordings");
    std::ofstream(file, std::ios::binary) << content;
    // Everybody signs in before: the events below do not pass through the core.
    std::map<std::string, std::string> tokens;
    for (const std::string name : {"jan", "frantisek", "jana", "admin"}) {
        tokens[name] = rig.sign_in(name);
    }
    std::promise<core::UserId> found;
    std::int64_t seq = 0;
    EXPECT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        seq = state.seq;
        core::UserId user_id;
        for (const auto& [id, user] : state.users) {
            user_id = user.name == whose ? id : user_id;
        }
        found.set_value(user_id);  // last: the caller goes on from here, and `whose` with it
    }));
    const core::UserId jan = found.get_future().get();
    store::Write write;
    const Instant at{1'700'000'000'000'000};
    core::RecordingStarted started{core::RecordingId{1},
                                   core::CallId{1},
                                   core::InteractionId{1},
                                   core::ActivityId{activity},
                                   jan,
                                   "recordings/1.opus",
                                   false};
    core::RecordingEnded finished{core::RecordingId{1}, 5s, 14, false, ""};
    core::InteractionStarted entered;
    entered.interaction = core::InteractionId{1};
    entered.carrier = core::carrier::Call{core::CallId{1}};
    entered.queue = core::QueueId{6001};
    write.events = {{seq + 1, at, entered}, {seq + 2, at, started}, {seq + 3, at, finished}};
    EXPECT_TRUE(rig.store->append(std::move(write)));
    rig.store->flush();
    return tokens;
}

TEST(Recording, is_heard_in_parts_by_those_who_may) {
    Rig rig;
    auto tokens = add_recording(rig, "OggS0123456789");
    const std::string token = tokens["jan"];
    const Answer whole = rig.get("/file/recording/activities_7?download=true", token);
    EXPECT_EQ(whole.status, 200) << whole.body;
    EXPECT_EQ(whole.body, "OggS0123456789");
    EXPECT_EQ(whole.headers.at("content-type"), "audio/opus");
    EXPECT_EQ(whole.headers.at("filename"), "activities_7.opus");
    EXPECT_EQ(whole.headers.at("content-disposition"),
              "attachment; filename=\"activities_7.opus\"");
    const auto part = [&](const std::string& range) {
        return rig.request("GET", "/file/recording/activities_7", {},
                           {{"X-AUTH-TOKEN", token}, {"Range", range}});
    };
    EXPECT_EQ(part("bytes=4-6").body, "012");
    EXPECT_EQ(part("bytes=4-6").headers.at("content-type"), "audio/ogg") << "a player's";
    EXPECT_EQ(part("bytes=4-6").headers.at("content-range"), "bytes 4-6/14");
    EXPECT_EQ(part("bytes=99-").status, 416);
    EXPECT_EQ(rig.request("HEAD", "/file/recording/activities_7", {}, {{"X-AUTH-TOKEN", token}})
                  .headers.at("content-length"),
              "14");
    EXPECT_EQ(rig.request("GET", "/file/recording/activities_7", {},
                          {{"X-AUTH-TOKEN", token}, {"If-None-Match", whole.headers.at("etag")}})
                  .status,
              304);
    EXPECT_EQ(rig.get("/file/recording/activities_7", tokens["frantisek"]).status, 404);
    EXPECT_EQ(rig.get("/file/recording/activities_7", tokens["jana"]).status, 200);
    EXPECT_EQ(rig.get("/file/recording/activities_7", tokens["admin"]).status, 200);
}

// A recording of nobody's work (voicemail) has no name that leads to it.
TEST(Recording, is_found_by_the_exact_name_alone) {
    Rig rig;
    auto tokens = add_recording(rig, "OggS", "jan", 0);
    for (const std::string name : {"activities_0", "activities_", "foo", "..%2f..%2flinka.db"}) {
        EXPECT_EQ(rig.get("/file/recording/" + name, tokens["admin"]).status, 404) << name;
        EXPECT_EQ(rig.get("/file/recording/" + name + "/peaks", tokens["admin"]).status, 404);
    }
    Rig other;
    tokens = add_recording(other, "OggS");
    for (const std::string name : {"7", "Activities_7", "activities_07", "activities_7.ogg"}) {
        EXPECT_EQ(other.get("/file/recording/" + name, tokens["admin"]).status, 404) << name;
    }
    EXPECT_EQ(other.get("/file/recording/activities_7", tokens["admin"]).status, 200);
}

// One row for each listening, whichever part of it in whichever form is asked for first.
TEST(Recording, leaves_a_note_however_it_is_heard) {
    Rig rig;
    auto tokens = add_recording(rig, wav_file());
    const auto rows = [&] {
        auto db = store::Db::open(
            {.address = store::place(rig.directory).address(), .mode = store::Db::Mode::read_only});
        store::Stmt count =
            (*db)->prepare("SELECT count(*) FROM audit_log WHERE what = 'recording.listen'");
        return count.step() ? count.integer(0) : -1;
    };
    const auto ask = [&](const std::string& name, const std::string& query, Headers headers) {
        headers.emplace_back("X-AUTH-TOKEN", tokens[name]);
        return rig.request("GET", "/file/recording/activities_7" + query, {}, headers).status;
    };
    EXPECT_EQ(ask("frantisek", "", {}), 404);
    EXPECT_EQ(rows(), 0);
    EXPECT_EQ(ask("jan", "", {{"Range", "bytes=1-"}}), 206);
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(ask("jan", "", {{"Range", "bytes=5-9"}}), 206);
    EXPECT_EQ(rows(), 1) << "the same listening";
    EXPECT_EQ(ask("jana", "?format=wav", {}), 200);
    EXPECT_EQ(rows(), 2);
    EXPECT_EQ(ask("admin", "", {{"If-None-Match", "*"}}), 304);
    EXPECT_EQ(rows(), 3) << "heard from the browser's cache";
}

// A manager needs a right to the queue and to the user.
TEST(Recording, is_not_for_a_manager_without_a_right_to_the_user) {
    Rig rig;
    auto tokens = add_recording(rig, "OggS", "petr");  // who has no queue of jana's any more
    const std::string address = "/file/recording/activities_7";
    EXPECT_EQ(rig.get(address, tokens["jana"]).status, 404);
    EXPECT_EQ(rig.get(address, tokens["admin"]).status, 200);
}

TEST(Recording, is_given_in_other_forms) {
    Rig rig;
    auto tokens = add_recording(rig, wav_file());
    const std::string token = tokens["jan"];
    const Answer wav = rig.get("/file/recording/activities_7?format=wav", token);
    EXPECT_EQ(wav.status, 200) << wav.body;
    EXPECT_EQ(wav.headers.at("content-type"), "audio/wav");
    EXPECT_EQ(wav.headers.at("content-disposition"), "attachment; filename=\"activities_7.wav\"");
    EXPECT_TRUE(wav.body.starts_with("RIFF"));
    const Answer mp3 = rig.get("/file/recording/activities_7?format=mp3", token);
    EXPECT_EQ(mp3.status, 200) << mp3.body;
    EXPECT_EQ(mp3.headers.at("content-type"), "audio/mpeg");
    EXPECT_EQ(rig.get("/file/recording/activities_7?format=mp3", token).body, mp3.body);
    EXPECT_EQ(rig.get("/file/recording/activities_7?format=exe", token).status, 400);
    EXPECT_EQ(rig.get("/file/recording/activities_7?format=wav", tokens["frantisek"]).status, 404);
}

TEST(Recording, has_an_outline) {
    Rig rig;
    auto tokens = add_recording(rig, wav_file());
    const std::string address = "/file/recording/activities_7/peaks";
    const Answer answer = rig.get(address, tokens["jan"]);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.headers.at("content-type"), "application/json; charset=utf-8");
    const auto value = answer.json();
    const auto& peaks = value.as_object();
    EXPECT_DOUBLE_EQ(peaks.at("duration").as_double(), 1.0);
    EXPECT_EQ(peaks.at("points").as_int64(), 800);
    ASSERT_EQ(peaks.at("left").as_array().size(), 800U);
    EXPECT_NEAR(peaks.at("left").as_array()[100].as_double(), 0.0, 0.01);
    EXPECT_NEAR(peaks.at("left").as_array()[700].as_double(), 0.5, 0.01);
    EXPECT_NEAR(peaks.at("right").as_array()[700].as_double(), 0.0, 0.01);
    EXPECT_TRUE(std::filesystem::exists(rig.directory + "/recordings/1.opus.peaks.json"));
    EXPECT_EQ(rig.get(address, tokens["jan"]).body, answer.body);
    EXPECT_EQ(rig.get(address, tokens["frantisek"]).status, 404);
}

TEST(Recording, that_is_no_audio_is_refused_and_leaves_nothing) {
    Rig rig;
    auto tokens = add_recording(rig, "OggS, or so it says");
    EXPECT_EQ(rig.get("/file/recording/activities_7?format=mp3", tokens["jan"]).status, 503);
    EXPECT_EQ(rig.get("/file/recording/activities_7/peaks", tokens["jan"]).status, 503);
    EXPECT_TRUE(std::filesystem::is_empty(rig.directory + "/cache"));
    EXPECT_EQ(rig.get("/file/recording/activities_7", tokens["jan"]).status, 200);
}

TEST(Peaks, of_short_and_broken_files) {
    const std::string file =
        (std::filesystem::temp_directory_path() / text::format("linka_peaks_{}", ::getpid()))
            .string();
    EXPECT_EQ(peaks_text(file + "_none", 8000, 800),
              R"({"duration":0.000,"points":0,"left":[],"right":[]})");
    std::ofstream(file, std::ios::binary) << std::string("\x00\x80\x00\x40\xff", 5);
    EXPECT_EQ(peaks_text(file, 8000, 800),
              R"({"duration":0.000,"points":1,"left":[1.000],"right":[0.500]})");
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace linka::api::testing
