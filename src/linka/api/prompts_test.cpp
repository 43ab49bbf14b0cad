// System recordings: sent in any form, or spoken, they become what callers hear; heard by whoever
// sets up routing; hostile files are refused with what is wrong with them.
#include "linka/api/files/prompt_sound.hpp"
#include "linka/api/testing/rig.hpp"
#include "linka/base/read_file.hpp"
#include "linka/runtime/process.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numeric>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

constexpr int sound_rate = 16'000;

std::vector<std::int16_t> tone(std::size_t samples, double size) {
    std::vector<std::int16_t> out(samples);
    for (std::size_t i = 0; i < samples; ++i) {
        const double at = 2 * M_PI * 600 * static_cast<double>(i) / sound_rate;
        out[i] = static_cast<std::int16_t>(size * std::sin(at));
    }
    return out;
}

double loudness(const std::vector<std::int16_t>& samples) {
    double sum = 0;
    for (const std::int16_t sample : samples) {
        sum += static_cast<double>(sample) * sample;
    }
    return std::sqrt(sum / static_cast<double>(samples.size()));
}

// A second of tone of 600 Hz between two of silence, in some format.
std::string sound_file(const std::string& directory, const std::string& ending,
                       std::vector<std::string> how = {}) {
    const std::string file = directory + "/given." + ending;
    runtime::Command command{
        {"ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=frequency=600:duration=1", "-af",
         "adelay=2000:all=1,apad=pad_dur=2", "-ar", "48000", "-ac", "2"},
        {},
        {}};
    command.arguments.insert(command.arguments.end(), how.begin(), how.end());
    command.arguments.push_back(file);
    const auto ran = runtime::run_program(command);
    EXPECT_TRUE(ran && ran->exit.ok()) << (ran ? ran->err : ran.error().text);
    return read_file(file);
}

std::vector<std::int16_t> samples_of(const std::string& wav) {
    std::vector<std::int16_t> out(wav.size() < 44 ? 0 : (wav.size() - 44) / 2);
    std::memcpy(out.data(), wav.data() + 44, out.size() * 2);
    return out;
}

TEST(PromptSound, is_as_loud_as_speech_whatever_it_was) {
    for (const double size : {200.0, 3000.0, 32000.0}) {
        std::vector<std::int16_t> given(2 * sound_rate, 0);
        const auto heard = tone(sound_rate, size);
        given.insert(given.end(), heard.begin(), heard.end());
        given.insert(given.end(), 2 * sound_rate, 0);
        const auto out = level_speech(given);
        EXPECT_NEAR(static_cast<double>(out.size()) / sound_rate, 1.18, 0.05) << size;
        const std::vector<std::int16_t> middle(out.begin() + 4000, out.begin() + 12000);
        EXPECT_NEAR(loudness(middle), 2600, 150) << size;
    }
}

TEST(PromptSound, is_nothing_where_nothing_is_heard) {
    EXPECT_TRUE(level_speech({}).empty());
    EXPECT_TRUE(level_speech(std::vector<std::int16_t>(sound_rate, 0)).empty());
    EXPECT_TRUE(level_speech(tone(sound_rate, 20)).empty());
    EXPECT_FALSE(level_speech(tone(7, 9000)).empty()) << "shorter than a frame";
}

// Goal: what is loud is not cut off, and a click does not make speech faint.
TEST(PromptSound, is_not_led_by_a_click) {
    std::vector<std::int16_t> given = tone(2 * sound_rate, 400);
    for (std::size_t i = 1000; i < 1010; ++i) {
        given[i] = 32767;
    }
    const auto out = level_speech(given);
    const std::vector<std::int16_t> middle(out.begin() + sound_rate, out.end() - 4000);
    EXPECT_GT(loudness(middle), 1000);
}

TEST(PromptSound, comes_of_each_usual_format) {
    const store::TestDirectory scratch;
    const std::string directory = scratch / "given";
    std::filesystem::create_directory(directory);
    for (const std::string ending : {"wav", "mp3", "m4a", "ogg", "opus", "flac", "webm"}) {
        const auto how = ending == "webm" ? std::vector<std::string>{"-c:a", "libopus"}
                                          : std::vector<std::string>{};
        const auto kept = keep_prompt_sound(sound_file(directory, ending, how), directory + "/own");
        ASSERT_TRUE(kept) << ending << ": " << kept.error().text;
        EXPECT_NEAR(static_cast<double>(kept->length / 1ms), 1180, 120) << ending;
        const std::string wav = read_file(directory + "/own/" + kept->file + ".wav");
        EXPECT_EQ(wav.substr(0, 4) + wav.substr(8, 8), "RIFFWAVEfmt ") << ending;
        const auto heard = samples_of(wav);
        const std::vector<std::int16_t> middle(heard.begin() + 5000, heard.begin() + 13000);
        EXPECT_NEAR(loudness(middle), 2600, 200) << ending;
        EXPECT_EQ(prompt_sound_length(kept->file, directory + "/own").value(), kept->length);
    }
    for (const auto& entry : std::filesystem::directory_iterator(directory + "/own")) {
        EXPECT_EQ(entry.path().extension(), ".wav") << entry.path();
    }
}

TEST(PromptSound, of_a_hostile_file_is_refused) {
    const store::TestDirectory scratch;
    const std::string directory = scratch / "given";
    std::filesystem::create_directory(directory);
    const std::string own = directory + "/own";
    const std::string none = "no sound file that is understood: WAV, MP3, M4A, OGG, OPUS, FLAC";
    const std::string secret = directory + "/secret.wav";
    std::ofstream(secret, std::ios::binary) << sound_file(directory, "wav");
    const auto refused = [&](const std::string& bytes, const std::string& why) {
        const auto kept = keep_prompt_sound(bytes, own);
        ASSERT_FALSE(kept) << bytes.substr(0, 20);
        EXPECT_EQ(kept.error().code, ErrorCode::invalid);
        EXPECT_EQ(kept.error().text, why);
    };
    refused("", none);
    refused("MZ this is a program", none);
    refused(std::string(100'000, '\0'), none);
    refused("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://" + secret + "\n", none);
    refused("ffconcat version 1.0\nfile " + secret + "\n", none);
    refused(sound_file(directory, "wav").substr(0, 40), none);
    refused(sound_file(directory, "wav", {"-af", "volume=0"}), "nothing is heard in it");
    refused(sound_file(directory, "flac", {"-af", "aloop=loop=-1:size=40000,atrim=0:310"}),
            "longer than 5 minutes");
    EXPECT_TRUE(std::filesystem::is_empty(own)) << "nothing is left of them";
}

TEST(PromptSound, makes_room_of_what_nothing_names) {
    const store::TestDirectory scratch;
    const std::string directory = scratch / "given";
    std::filesystem::create_directory(directory);
    const auto put = [&](const std::string& name, int hours) {
        const std::string path = directory + "/" + name + ".wav";
        std::ofstream(path) << std::string(1000, 'x');
        std::filesystem::last_write_time(
            path, std::filesystem::file_time_type::clock::now() - std::chrono::hours(hours));
    };
    put("oldest", 9);
    put("old", 8);
    put("named", 10);
    put("fresh", 0);
    const Instant now{
        std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch())
            .count()};
    const auto is_there = [&](const std::string& name) {
        return std::filesystem::exists(directory + "/" + name + ".wav");
    };
    EXPECT_TRUE(make_room_for_prompts(directory, {"named"}, 4000, now));
    EXPECT_TRUE(is_there("oldest")) << "there is room";
    EXPECT_TRUE(make_room_for_prompts(directory, {"named"}, 3000, now));
    EXPECT_FALSE(is_there("oldest"));
    EXPECT_TRUE(is_there("old") && is_there("named") && is_there("fresh"));
    const Status full = make_room_for_prompts(directory, {"named"}, 1000, now);
    EXPECT_FALSE(full) << "what was just sent stays";
    EXPECT_FALSE(is_there("old"));
    EXPECT_TRUE(is_there("named") && is_there("fresh"));
}

struct Prompts : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    Answer send(const std::string& token, const std::string& bytes, const Headers& more = {}) {
        Headers headers{{"X-AUTH-TOKEN", token}, {"Cookie", "lang=en"}};
        headers.insert(headers.end(), more.begin(), more.end());
        return rig.request("POST", "/file/prompt", bytes, headers);
    }
    std::string sent() {
        const Answer answer = send(admin, sound_file(rig.directory, "wav"));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return text_at(answer.json(), {"file"});
    }
    Answer save(const std::string& body) { return rig.post("/api/v6/recordings", admin, body); }
    json::Object read(const std::string& name) {
        const Answer answer = rig.get("/api/v6/recordings/" + name, admin);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json().at("result").as_object();
    }
};

TEST_F(Prompts, are_sent_named_and_heard) {
    const std::string file = sent();
    const Answer made =
        save(R"({"name":"hello","title":"Hello","language":"en","file":")" + file + "\"}");
    ASSERT_EQ(made.status, 201) << made.body;
    const json::Object record = read("hello");
    EXPECT_EQ(record.at("duration"), 1);
    EXPECT_EQ(record.at("built_in"), false);
    const Answer heard = rig.get("/file/prompt/hello", admin);
    EXPECT_EQ(heard.status, 200);
    EXPECT_EQ(heard.headers.at("content-type"), "audio/wav");
    EXPECT_EQ(heard.body, read_file(rig.directory + "/prompts/own/" + file + ".wav"));
    const Answer part = rig.request("GET", "/file/prompt/hello", {},
                                    {{"X-AUTH-TOKEN", admin}, {"Range", "bytes=0-3"}});
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, "RIFF");
    // Another file: the old one stays, for calls that play it and to be taken back.
    const std::string other =
        text_at(send(admin, sound_file(rig.directory, "wav", {"-t", "2.5"})).json(), {"file"});
    EXPECT_NE(other, file);
    ASSERT_EQ(rig.put("/api/v6/recordings/hello", admin, R"({"file":")" + other + "\"}").status,
              200);
    EXPECT_EQ(rig.get("/file/prompt/sound/" + file, admin).body, heard.body);
    EXPECT_EQ(
        rig.live->see([](const core::State& state) { return state.prompts.begin()->second.file; }),
        other);
}

TEST_F(Prompts, are_sent_as_a_form_too) {
    const std::string form =
        "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b"
        "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\""
        "\r\nContent-Type: audio/wav\r\n\r\n" +
        sound_file(rig.directory, "wav") + "\r\n--b--\r\n";
    const Answer answer = send(admin, form, {{"Content-Type", "multipart/form-data; boundary=b"}});
    EXPECT_EQ(answer.status, 201) << answer.body;
    const Answer without = send(admin,
                                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"
                                "\r\n--b--\r\n",
                                {{"Content-Type", "multipart/form-data; boundary=b"}});
    EXPECT_EQ(without.status, 404) << without.body;
}

TEST_F(Prompts, are_refused_with_what_is_wrong) {
    const Answer answer = send(admin, "nonsense");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("no sound file that is understood"), std::string::npos);
    const Answer missing = save(R"({"title":"X","file":"nowhere"})");
    EXPECT_EQ(missing.status, 400);
    EXPECT_NE(text_at(missing.json(), {"error", "form", "file"}), "(absent)");
    const Answer neither = save(R"({"title":"X"})");
    EXPECT_NE(text_at(neither.json(), {"error", "form", "file"}), "(absent)") << neither.body;
    const Answer path = save(R"({"title":"X","file":"../linka"})");
    EXPECT_NE(text_at(path.json(), {"error", "form", "file"}), "(absent)");
}

TEST_F(Prompts, of_a_text_are_spoken) {
    const Answer made =
        save(R"({"name":"closed","title":"Zavřeno","language":"cs","text":"Máme zavřeno."})");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string first = rig.get("/file/prompt/closed", admin).body;
    EXPECT_GT(first.size(), 16'000U);
    EXPECT_EQ(read("closed").at("file"), nullptr);
    ASSERT_EQ(rig.put("/api/v6/recordings/closed", admin,
                      R"({"text":"Máme zavřeno. Otevřeno bude v pondělí ráno."})")
                  .status,
              200);
    EXPECT_GT(rig.get("/file/prompt/closed", admin).body.size(), first.size());
    // What reads like an option or a command of the voice is read out.
    EXPECT_EQ(save(R"({"title":"Odd","text":"-w /tmp/x --help <break/>"})").status, 201);
    const Answer mute = save(R"({"title":"Mute","text":"   . "})");
    EXPECT_EQ(mute.status, 400);
    EXPECT_NE(text_at(mute.json(), {"error", "form", "text"}), "(absent)") << mute.body;
}

TEST_F(Prompts, of_the_system_are_among_them_and_replaced) {
    EXPECT_EQ(read("not_ready").at("built_in"), true);
    EXPECT_EQ(rig.put("/api/v6/recordings/not_ready", admin, R"({"title":"X"})").status, 400);
    ASSERT_EQ(save(R"({"name":"not_ready","title":"Own","file":")" + sent() + "\"}").status, 201);
    EXPECT_EQ(read("not_ready").at("built_in"), false);
    EXPECT_EQ(read("not_ready").at("replaces_built_in"), true);
    EXPECT_EQ(
        rig.request("DELETE", "/api/v6/recordings/not_ready", {}, {{"X-AUTH-TOKEN", admin}}).status,
        204);
    EXPECT_EQ(read("not_ready").at("built_in"), true);
}

TEST_F(Prompts, say_where_they_are_used_and_stay) {
    ASSERT_EQ(save(R"({"name":"hello","title":"Hello","file":")" + sent() + "\"}").status, 201);
    const std::string unknown =
        R"({"did":"1","destination":{"kind":"echo"},"announcement":"hallo"})";
    const Answer wrong = rig.post("/api/v6/inboundRoutes", admin, unknown);
    EXPECT_EQ(wrong.status, 400);
    EXPECT_NE(text_at(wrong.json(), {"error", "form", "announcement"}), "(absent)") << wrong.body;
    ASSERT_EQ(rig.post("/api/v6/inboundRoutes", admin,
                       R"({"name":"line","did":"1","announcement":"hello",
                           "destination":{"kind":"announcement","value":"hello"}})")
                  .status,
              201);
    ASSERT_EQ(rig.put("/api/v6/queues/6001", admin, R"({"options":{"music":"hello"}})").status,
              200);
    const json::Array users = read("hello").at("used_by").as_array();
    ASSERT_EQ(users.size(), 2U);
    EXPECT_EQ(text_at(users[0], {"model"}) + text_at(users[0], {"name"}), "inboundRoutesline");
    EXPECT_EQ(text_at(users[1], {"model"}) + text_at(users[1], {"name"}), "queues6001");
    const Answer kept =
        rig.request("DELETE", "/api/v6/recordings/hello", {}, {{"X-AUTH-TOKEN", admin}});
    EXPECT_EQ(kept.status, 409) << kept.body;
    EXPECT_NE(kept.body.find("6001"), std::string::npos);
}

// Goal: whoever may not set up routing finds nothing.
TEST_F(Prompts, are_no_business_of_others) {
    ASSERT_EQ(save(R"({"name":"hello","title":"Hello","file":")" + sent() + "\"}").status, 201);
    for (const std::string name : {"jana", "jan"}) {
        const std::string token = rig.sign_in(name);
        EXPECT_EQ(send(token, "x").status, 404) << name;
        EXPECT_EQ(rig.get("/file/prompt/hello", token).status, 404) << name;
        EXPECT_EQ(rig.get("/file/prompt/sound/x", token).status, 404) << name;
        EXPECT_EQ(rig.get("/api/v6/recordings", token).status, 404) << name;
    }
    EXPECT_EQ(rig.request("POST", "/file/prompt", "x").status, 401);
    // They may not fill the memory either.
    const Headers large{{"X-AUTH-TOKEN", rig.sign_in("jan")}};
    EXPECT_EQ(rig.request("POST", "/file/prompt", std::string(1'100'000, 'x'), large).status, 413);
    EXPECT_EQ(send(admin, std::string(1'100'000, 'x')).status, 400) << "it is read, and no sound";
}

}  // namespace
}  // namespace linka::api::testing
