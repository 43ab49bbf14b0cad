// Goal: whatever a crash or a loss of power leaves of the files, reading gives what was confirmed,
// whole and in order, and nothing of what was there before.
#include "linka/store/ahead/ahead_log.hpp"

#include "linka/store/testing/test_directory.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace linka::store {
namespace {

using Bodies = std::vector<std::string>;

AheadLog log_in(const TestDirectory& directory, std::size_t file_bytes = 4096) {
    Result<AheadLog> log =
        AheadLog::open({.directory = directory / "", .sync = true, .file_bytes = file_bytes});
    EXPECT_TRUE(log.ok()) << (log.ok() ? "" : log.error().text);
    return std::move(*log);
}

Bodies read(const TestDirectory& directory, std::int64_t taken = 0) {
    const auto entries = log_in(directory).read(7, taken);
    EXPECT_TRUE(entries.ok()) << (entries.ok() ? "" : entries.error().text);
    Bodies bodies;
    for (const AheadLog::Entry& entry : *entries) {
        EXPECT_EQ(entry.number, taken + static_cast<std::int64_t>(bodies.size()) + 1);
        bodies.push_back(entry.body);
    }
    return bodies;
}

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void replace(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

TEST(AheadLog, GivesBackWhatWasSynced) {
    const TestDirectory directory;
    AheadLog log = log_in(directory);
    log.restart(7, 1);
    ASSERT_TRUE(log.add("one"));
    ASSERT_TRUE(log.add(""));
    ASSERT_TRUE(log.sync().ok());
    ASSERT_TRUE(log.add("three"));
    ASSERT_TRUE(log.sync().ok());
    ASSERT_TRUE(log.add("never synced"));
    EXPECT_EQ(read(directory), (Bodies{"one", "", "three"}));
    EXPECT_EQ(read(directory, 2), (Bodies{"three"}));
    EXPECT_EQ(read(directory, 3), (Bodies{}));
}

// Cut anywhere, or with any byte wrong: a whole prefix.
TEST(AheadLog, ReadsUpToWhatIsTorn) {
    const TestDirectory directory;
    AheadLog log = log_in(directory, 512);
    log.restart(7, 1);
    const Bodies all{"first", "second", "third"};
    for (const std::string& body : all) {
        ASSERT_TRUE(log.add(body));
    }
    ASSERT_TRUE(log.sync().ok());
    const std::string file = directory / "ahead-0";
    const std::string whole = content(file);
    const auto is_prefix = [&](const Bodies& found) {
        return found.size() <= all.size() && std::equal(found.begin(), found.end(), all.begin());
    };
    for (std::size_t at = 0; at < 110; ++at) {
        std::string torn = whole;
        std::fill(torn.begin() + static_cast<std::ptrdiff_t>(at), torn.end(), '\0');
        replace(file, torn);
        EXPECT_TRUE(is_prefix(read(directory))) << at;
        torn = whole;
        torn[at] = static_cast<char>(torn[at] ^ 0x10);
        replace(file, torn);
        EXPECT_TRUE(is_prefix(read(directory))) << at;
    }
    replace(file, whole);
    EXPECT_EQ(read(directory), all);
}

TEST(AheadLog, WhatAnEarlierTurnLeftIsNoEntry) {
    const TestDirectory directory;
    AheadLog log = log_in(directory);
    log.restart(7, 1);
    for (const char* body : {"aa", "bb", "cc", "dd"}) {
        ASSERT_TRUE(log.add(body));
    }
    ASSERT_TRUE(log.sync().ok());
    // Numbers, sizes and places of what follows the new entry are those that would be right.
    log.restart(7, 1);
    ASSERT_TRUE(log.add("xx"));
    ASSERT_TRUE(log.sync().ok());
    EXPECT_EQ(read(directory), (Bodies{"xx"}));
}

TEST(AheadLog, TakesTurnsAndWaitsForTheDatabase) {
    const TestDirectory directory;
    AheadLog log = log_in(directory, 200);
    log.restart(7, 1);
    const std::string body(60, 'x');
    std::int64_t first_of_second = 0;
    while (log.add(body)) {
    }
    ASSERT_TRUE(log.sync().ok());
    first_of_second = log.next();
    ASSERT_TRUE(log.turn_over(0));  // the other file is empty
    while (log.add(body)) {
    }
    ASSERT_TRUE(log.sync().ok());
    EXPECT_FALSE(log.turn_over(first_of_second - 2));
    EXPECT_EQ(read(directory).size(), static_cast<std::size_t>(log.next() - 1));
    ASSERT_TRUE(log.turn_over(first_of_second - 1));
    ASSERT_TRUE(log.add("newest"));
    ASSERT_TRUE(log.sync().ok());
    const Bodies left = read(directory, first_of_second - 1);
    ASSERT_FALSE(left.empty());
    EXPECT_EQ(left.back(), "newest");
    EXPECT_EQ(left.size(), static_cast<std::size_t>(log.next() - first_of_second));
}

TEST(AheadLog, TakesNothingThatIsLargerThanAFile) {
    const TestDirectory directory;
    AheadLog log = log_in(directory, 200);
    log.restart(7, 1);
    EXPECT_FALSE(log.add(std::string(200, 'x')));
    EXPECT_TRUE(log.add("y"));
}

TEST(AheadLog, OfAnotherDatabaseIsNotOurs) {
    const TestDirectory directory;
    AheadLog log = log_in(directory);
    log.restart(8, 1);
    ASSERT_TRUE(log.add("one"));
    ASSERT_TRUE(log.sync().ok());
    EXPECT_EQ(read(directory), (Bodies{}));
}

TEST(AheadLog, NamesWhatIsMissing) {
    const TestDirectory directory;
    AheadLog log = log_in(directory);
    log.restart(7, 8);
    ASSERT_TRUE(log.add("eight"));
    ASSERT_TRUE(log.sync().ok());
    const auto entries = log_in(directory).read(7, 3);
    ASSERT_FALSE(entries.ok());
    EXPECT_NE(entries.error().text.find("entry 4"), std::string::npos) << entries.error().text;
    EXPECT_EQ(read(directory, 7), (Bodies{"eight"}));
}

TEST(AheadLog, AFileThatWasMadeInPartIsMadeWhole) {
    const TestDirectory directory;
    replace(directory / "ahead-0", std::string(10, '\0'));
    AheadLog log = log_in(directory);
    EXPECT_EQ(content(directory / "ahead-0").size(), 4096U);
    EXPECT_EQ(read(directory), (Bodies{}));
}

}  // namespace
}  // namespace linka::store
