// Goal: `kept` comes with the log and `done` with the database, in order; what the log holds
// outlives a database that refuses, and a log that cannot take more keeps nobody waiting.
#include "linka/store/ahead/intake.hpp"

#include "linka/core/core.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace linka::store {
namespace {

using Events = std::vector<core::Record>;

std::vector<Write> writes_of(int calls) {
    std::vector<Write> writes;
    for (core::Record& event : event_stream({.calls = calls, .users = 3})) {
        if (writes.empty() || writes.back().events.size() == 5) {
            writes.emplace_back();
        }
        writes.back().events.push_back(std::move(event));
    }
    return writes;
}

TEST(Intake, TellsThatItIsKeptBeforeItCanBeRead) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    std::mutex mutex;
    std::vector<std::string> told;
    std::vector<Write> writes = writes_of(3);
    const std::size_t count = writes.size();
    for (std::size_t i = 0; i < count; ++i) {
        writes[i].kept = [&, i] {
            const std::lock_guard lock(mutex);
            told.push_back("kept " + std::to_string(i));
        };
        writes[i].done = [&, i](const Status& status, const Events&) {
            EXPECT_TRUE(status.ok());
            const std::lock_guard lock(mutex);
            told.push_back("done " + std::to_string(i));
        };
        ASSERT_TRUE(store->append(std::move(writes[i])));
    }
    store->flush();
    ASSERT_EQ(told.size(), 2 * count);
    std::size_t kept = 0;
    std::size_t done = 0;
    for (const std::string& what : told) {
        if (what.starts_with("kept")) {
            EXPECT_EQ(what, "kept " + std::to_string(kept++));
        } else {
            EXPECT_EQ(what, "done " + std::to_string(done++));
            EXPECT_LE(done, kept);
        }
    }
}

// It would begin another company where one was, without a word.
TEST(Intake, ADatabaseThatWasRemovedIsMissed) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    ASSERT_NE(opened(directory / "data"), nullptr);
    const std::string file = place(directory / "data").address();
    std::filesystem::remove(file);
    const auto store = Store::open({.directory = directory / "data", .sync = false, .clock = {}});
    ASSERT_FALSE(store.ok());
    EXPECT_EQ(store.error().code, ErrorCode::refused);
    EXPECT_NE(store.error().text.find(file), std::string::npos) << store.error().text;
    EXPECT_FALSE(std::filesystem::exists(file));
}

// A database that refuses is not in the way: what was kept is there after a crash.
TEST(Intake, WhatTheDatabaseRefusedIsThereAfterACrash) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto store = opened(
            Options{.directory = directory / "data", .sync = false, .pages_max = 150, .clock = {}});
        std::atomic<std::int64_t> kept = 0;
        for (Write& write : writes_of(300)) {
            const std::int64_t last = write.events.back().seq;
            write.side = {{"last", "seq", std::to_string(last)}};
            write.kept = [&kept, last] { kept = last; };
            if (!store->append(std::move(write))) {
                ::_exit(2);
            }
        }
        store->flush();
        ::_exit(store->trouble().empty() || kept == 0 ? 3 : 0);  // without a goodbye
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    ASSERT_EQ(WEXITSTATUS(status), 0);

    const Events all = event_stream({.calls = 300, .users = 3});
    const auto store = opened(directory / "data");
    ASSERT_NE(store, nullptr);
    const Result<Loaded> loaded = store->load();
    ASSERT_TRUE(loaded.ok()) << loaded.error().text;
    EXPECT_EQ(loaded->events.size(), all.size());
    EXPECT_EQ(loaded->side.at({"last", "seq"}), std::to_string(all.size()));
    const Result<AuditReport> report = audit(place(directory / "data"));
    ASSERT_TRUE(report.ok()) << report.error().text;
    EXPECT_TRUE(report->equal()) << report->differences.front();
}

// More than both files hold while the database refuses: then nothing is promised, nothing is lost
// either, and when the database takes again so does the log.
TEST(Intake, GoesOnWithoutALogThatIsFull) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    const auto path = directory / "data";
    {
        auto made = opened(path);  // the schema
    }
    auto db = Db::open({.address = place(path).address(),
                        .mode = Db::Mode::writer,
                        .sync = false,
                        .pages_max = 400});
    ASSERT_TRUE(db.ok()) << db.error().text;
    Writer writer(std::move(*db), 0, 0, {.unsaved_max = 200'000, .queue_max = 65'536}, "");
    Result<AheadLog> log =
        AheadLog::open({.directory = path, .sync = false, .file_bytes = 100'000});
    ASSERT_TRUE(log.ok()) << log.error().text;
    log->restart(7, 1);
    Intake intake(std::move(*log), writer);
    std::atomic<int> kept = 0;
    std::vector<Write> writes = writes_of(2'000);
    for (Write& write : writes) {
        write.kept = [&kept] { ++kept; };
        ASSERT_TRUE(intake.append(std::move(write)));
    }
    intake.hand_over();
    writer.flush();
    EXPECT_FALSE(writer.trouble().empty());
    EXPECT_GT(kept, 0);
    EXPECT_LT(kept, static_cast<int>(writes.size()));

    const auto more = [](Db& its) { return its.exec("PRAGMA max_page_count = 1000000"); };
    ASSERT_TRUE(writer.run(more).ok());
    writer.flush();
    EXPECT_EQ(writer.trouble(), "");
    std::atomic<bool> in_log = false;
    Write last;
    last.side = {{"last", "seq", "1"}};
    last.kept = [&] { in_log = true; };
    ASSERT_TRUE(intake.append(std::move(last)));
    intake.hand_over();
    EXPECT_TRUE(in_log);
    const auto entries =
        AheadLog::open({.directory = path, .sync = false})->read(7, writer.taken());
    ASSERT_TRUE(entries.ok()) << entries.error().text;
    writer.flush();
    EXPECT_FALSE(AheadLog::open({.directory = path, .sync = false})->read(7, 0).ok());
}

}  // namespace
}  // namespace linka::store
