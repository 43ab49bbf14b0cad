#include "linka/store/backup.hpp"

#include "linka/runtime/process.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/tar.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace linka::store {
namespace {

void put_file(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

TEST(Backup, RestoresTheSameWhileTheServerRuns) {
    const TestDirectory directory;
    const std::vector<core::Record> events = event_stream({.calls = 60});
    const auto store = opened(directory / "data");
    ASSERT_TRUE(append_all(*store, {events.begin(), events.begin() + 500}));
    ASSERT_TRUE(store->put_secret("sip", "330", "sip330").ok());
    const std::string long_name(90, 'd');
    const std::string recording(100'000, 'r');
    put_file(directory / "data/recordings/2026/r1.opus", recording);
    put_file(directory / "data/recordings/" + long_name + "/" + long_name + ".opus", "long");
    put_file(directory / "data/certificates/ca.pem", "certificate");
    put_file(directory / "data/recordings/r2.opus.part", "half");

    const Result<BackupReport> made = backup(place(directory / "data"), directory / "backup.tar");
    ASSERT_TRUE(made.ok()) << made.error().text;
    EXPECT_EQ(made->events, 500);
    EXPECT_EQ(made->files, 4);
    ASSERT_TRUE(append_all(*store, {events.begin() + 500, events.end()}));  // goes on
    EXPECT_FALSE(std::filesystem::exists(directory / "backup.tar.part"));
    EXPECT_FALSE(std::filesystem::exists(directory / "backup.tar.db.part"));

    const Result<BackupReport> restored =
        restore(directory / "backup.tar", place(directory / "new"));
    ASSERT_TRUE(restored.ok()) << restored.error().text;
    EXPECT_EQ(restored->events, 500);
    EXPECT_EQ(text_of(directory / "new/recordings/2026/r1.opus"), recording);
    EXPECT_EQ(text_of(directory / "new/recordings/" + long_name + "/" + long_name + ".opus"),
              "long");
    EXPECT_EQ(text_of(directory / "new/certificates/ca.pem"), "certificate");
    EXPECT_FALSE(std::filesystem::exists(directory / "new/recordings/r2.opus.part"));
    const auto copy = opened(directory / "new");
    EXPECT_EQ(copy->load()->events.size(), 500U);
    EXPECT_EQ(copy->secrets("sip")->at("330"), "sip330");
    ASSERT_TRUE(append_all(*copy, {events.begin() + 500, events.end()}));
    EXPECT_TRUE(audit(place(directory / "new"))->equal());
}

// Goal: a copy of a company does not hang up the calls of the one that goes on.
TEST(Backup, RestoreLeavesOutWhatOnlyARunningServerNeeds) {
    const TestDirectory directory;
    {
        const auto store = opened(directory / "data");
        Write write;
        write.side = {{"leg", "17", "dialog"}, {"registration", "330", "contact"}};
        ASSERT_TRUE(store->append(std::move(write)));
    }
    ASSERT_TRUE(backup(place(directory / "data"), directory / "backup.tar").ok());
    ASSERT_TRUE(restore(directory / "backup.tar", place(directory / "new"), {"leg"}).ok());
    const std::map<std::pair<std::string, std::string>, std::string> kept{
        {{"registration", "330"}, "contact"}};
    EXPECT_EQ(opened(directory / "new")->load()->side, kept);
}

TEST(Backup, CommonTarReadsIt) {
    const TestDirectory directory;
    { const auto store = opened(directory / "data"); }
    put_file(directory / "data/recordings/r1.opus", "sound");
    ASSERT_TRUE(backup(place(directory / "data"), directory / "backup.tar").ok());
    std::filesystem::create_directory(directory / "unpacked");
    const auto unpacked = runtime::run_program(
        {{"tar", "-C", directory / "unpacked", "-xf", directory / "backup.tar"}, {}, {}});
    ASSERT_TRUE(unpacked.ok()) << unpacked.error().text;
    ASSERT_TRUE(unpacked->exit.ok());
    EXPECT_EQ(text_of(directory / "unpacked/recordings/r1.opus"), "sound");
    EXPECT_TRUE(std::filesystem::exists(directory / "unpacked/linka.db"));
}

TEST(Backup, RestoreRefusesADirectoryInUse) {
    const TestDirectory directory;
    { const auto store = opened(directory / "data"); }
    ASSERT_TRUE(backup(place(directory / "data"), directory / "backup.tar").ok());
    const Result<BackupReport> restored =
        restore(directory / "backup.tar", place(directory / "data"));
    ASSERT_FALSE(restored.ok());
    EXPECT_EQ(restored.error().code, ErrorCode::refused);
    std::filesystem::create_directory(directory / "empty");
    EXPECT_TRUE(restore(directory / "backup.tar", place(directory / "empty")).ok());
}

TEST(Backup, RestoreLeavesNothingOfADamagedArchive) {
    const TestDirectory directory;
    {
        const auto store = opened(directory / "data");
        ASSERT_TRUE(append_all(*store, event_stream({.calls = 20})));
    }
    ASSERT_TRUE(backup(place(directory / "data"), directory / "backup.tar").ok());
    const std::string whole = text_of(directory / "backup.tar");
    std::string flipped = whole;
    flipped[3] = 'X';  // in the header's name
    const std::string archives[] = {whole.substr(0, whole.size() / 2), flipped, "no archive",
                                    std::string(1024, '\0'), ""};
    for (const std::string& archive : archives) {
        put_file(directory / "damaged.tar", archive);
        const auto restored = restore(directory / "damaged.tar", place(directory / "new"));
        ASSERT_FALSE(restored.ok());
        EXPECT_NE(restored.error().text.find("damaged.tar"), std::string::npos);
        EXPECT_FALSE(std::filesystem::exists(directory / "new"));
    }
    EXPECT_EQ(backup(place(directory / "none"), directory / "b.tar").error().code,
              ErrorCode::unavailable);
    EXPECT_FALSE(restore(directory / "none.tar", place(directory / "new")).ok());
}

TEST(Tar, HeadersReadBack) {
    const std::int64_t sizes[] = {0, 1, 512, 077777777777, 0100000000000, 1LL << 40U};
    for (const std::int64_t size : sizes) {
        const TarEntry entry{"recordings/a b.opus", size, 1'700'000'000};
        const auto header = tar_header(entry);
        ASSERT_TRUE(header.ok());
        const auto read = read_tar_header({header->data(), header->size()});
        ASSERT_TRUE(read.ok()) << read.error().text;
        ASSERT_TRUE(read->has_value());
        EXPECT_EQ((*read)->name, entry.name);
        EXPECT_EQ((*read)->size, size);
        EXPECT_EQ((*read)->modified, entry.modified);
    }
    EXPECT_FALSE(tar_header({std::string(300, 'x'), 1, 1}).ok());
}

TEST(Tar, RefusesNamesThatLeadOut) {
    for (const char* name : {"../x", "/etc/passwd", "a/../../x", "a//b", "a/"}) {
        const auto header = tar_header({name, 1, 1});
        ASSERT_TRUE(header.ok());
        EXPECT_FALSE(read_tar_header({header->data(), header->size()}).ok()) << name;
    }
}

}  // namespace
}  // namespace linka::store
