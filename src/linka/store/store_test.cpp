#include "linka/store/store.hpp"

#include "linka/core/core.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <atomic>
#include <fstream>
#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace linka::store {
namespace {

using Events = std::vector<core::Record>;

Write one_event(std::int64_t seq) {
    core::Pause pause;
    pause.id = core::PauseId{seq};
    pause.title = std::string(200, 'x');
    Write write;
    write.events.push_back({seq, Instant{1'700'000'000'000'000 + seq}, core::PauseSaved{pause}});
    return write;
}

std::string journal_text(const std::vector<core::Record>& records) {
    std::string text;
    for (const core::Record& record : records) {
        text += std::to_string(record.seq) + " " + std::to_string(record.at.us) + " ";
        core::write_event(text, record.event);
        text += "\n";
    }
    return text;
}

TEST(Store, GivesBackWhatItWasGiven) {
    const TestDirectory directory;
    std::vector<core::Record> events = event_stream({.calls = 50});
    {
        const auto store = opened(directory / "data");
        ASSERT_TRUE(append_all(*store, events));
    }
    for (core::Record& record : events) {  // doubles are read back nearly, see json_read.hpp
        record.event = core::event_from_text(core::event_text(record.event)).value();
    }
    const auto store = opened(directory / "data");
    const Result<Loaded> loaded = store->load();
    ASSERT_TRUE(loaded.ok()) << loaded.error().text;
    EXPECT_EQ(journal_text(loaded->events), journal_text(events));
    EXPECT_EQ(loaded->snapshot, "");
    EXPECT_EQ(loaded->snapshot_seq, 0);
}

// A mistake of ours in a fold must not stop what calls depend on: the journal goes on, also over a
// restart, and it is said that lists do not.
TEST(Store, AnEventThatCannotBeFoldedParksTheProjectionsAndNotTheJournal) {
    const TestDirectory directory;
    {
        const auto store = opened(directory / "data");
        ASSERT_TRUE(store->append(one_event(1)));
        store->flush();
        EXPECT_EQ(store->parked(), "");
        const auto db =
            Db::open({.address = place(directory / "data").address(), .sync = false}).value();
        ASSERT_TRUE(db->exec("DROP TABLE pause"));
        for (std::int64_t seq = 2; seq <= 4; ++seq) {
            ASSERT_TRUE(store->append(one_event(seq)));
            store->flush();
        }
        EXPECT_NE(store->parked().find("pause"), std::string::npos) << store->parked();
        EXPECT_EQ(store->trouble(), "");
    }
    const auto store = opened(directory / "data");
    EXPECT_NE(store->parked(), "");
    ASSERT_TRUE(store->append(one_event(5)));
    store->flush();
    EXPECT_EQ(store->load()->events.size(), 5U);
}

TEST(Store, OfSeveralSideRecordsOfOneNameTheLastIsKept) {
    const TestDirectory directory;
    {
        const auto store = opened(directory / "data");
        Write write = one_event(1);
        write.side = {{"leg", "1", "a"}, {"leg", "1", std::nullopt}, {"leg", "2", "b"},
                      {"leg", "2", "c"}, {"leg", "3", std::nullopt}, {"leg", "3", "d"}};
        ASSERT_TRUE(store->append(std::move(write)));
    }
    const std::map<std::pair<std::string, std::string>, std::string> expected{{{"leg", "2"}, "c"},
                                                                              {{"leg", "3"}, "d"}};
    const Result<Loaded> loaded = opened(directory / "data")->load();
    ASSERT_TRUE(loaded.ok()) << loaded.error().text;
    EXPECT_EQ(loaded->side, expected);
}

TEST(Store, GivesTheEventsBack) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    Write write = one_event(1);
    const std::string given = journal_text(write.events);
    Events back;
    write.done = [&](const Status& status, Events events) {
        EXPECT_TRUE(status.ok());
        back = std::move(events);
    };
    ASSERT_TRUE(store->append(std::move(write)));
    store->flush();
    EXPECT_EQ(journal_text(back), given);
}

TEST(Store, TellsWhenAWriteIsDurable) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    std::vector<std::int64_t> order;
    for (std::int64_t seq = 1; seq <= 20; ++seq) {
        Write write = one_event(seq);
        write.done = [&order, seq](const Status& status, const Events&) {
            EXPECT_TRUE(status.ok());
            order.push_back(seq);
        };
        ASSERT_TRUE(store->append(std::move(write)));
    }
    store->flush();
    ASSERT_EQ(order.size(), 20U);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Store, TransactionsOfABusyStoreAreApart) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    constexpr std::int64_t last = 11;
    std::promise<void> all;
    std::function<void(std::int64_t)> append = [&](std::int64_t seq) {
        Write write = one_event(seq);
        write.done = [&, seq](const Status& status, const Events&) {
            EXPECT_TRUE(status.ok());
            if (seq == last) {
                all.set_value();
            } else {
                append(seq + 1);  // as a call does that waits for each of its steps
            }
        };
        EXPECT_TRUE(store->append(std::move(write)));
    };
    const auto start = std::chrono::steady_clock::now();
    append(1);
    all.get_future().wait();
    EXPECT_GE(std::chrono::steady_clock::now() - start, (last - 1) * 8ms);
}

// As a call that waits for each of its steps while others write what nobody waits for. Machines may
// be slow at any moment, so that the quickest of several counts; what is not urgent never takes
// less than 8 ms a step.
TEST(Store, WhatIsUrgentDoesNotWaitForTheOthers) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    constexpr int steps = 10;
    std::int64_t seq = 0;
    auto quickest = std::chrono::steady_clock::duration::max();
    for (int attempt = 0; attempt < 50 && quickest >= (steps - 1) * 8ms; ++attempt) {
        const auto start = std::chrono::steady_clock::now();
        for (int step = 0; step < steps; ++step) {
            ASSERT_TRUE(store->append(one_event(++seq)));
            std::promise<void> durable;
            Write write = one_event(++seq);
            write.urgent = true;
            write.kept = [&] { durable.set_value(); };
            ASSERT_TRUE(store->append(std::move(write)));
            durable.get_future().wait();
        }
        quickest = std::min(quickest, std::chrono::steady_clock::now() - start);
    }
    EXPECT_LT(quickest, (steps - 1) * 8ms);
}

TEST(Store, LoadsTheNewestSnapshotAndWhatFollows) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    for (std::int64_t seq = 1; seq <= 30; ++seq) {
        ASSERT_TRUE(store->append(one_event(seq)));
        if (seq % 10 == 0) {
            ASSERT_TRUE(store->snapshot(seq, "state " + std::to_string(seq)));
            store->flush();
        }
    }
    ASSERT_TRUE(store->append(one_event(31)));
    store->flush();
    Result<Loaded> loaded = store->load();
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->snapshot, "state 30");
    EXPECT_EQ(loaded->snapshot_seq, 30);
    ASSERT_EQ(loaded->events.size(), 1U);
    EXPECT_EQ(loaded->events[0].seq, 31);
    loaded = store->load(30);
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->snapshot, "state 20");
    EXPECT_EQ(loaded->events.size(), 11U);
    loaded = store->load(20);  // the first one was dropped: two are kept
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->snapshot, "");
    EXPECT_EQ(loaded->events.size(), 31U);
}

TEST(Store, KeepsSideRecordsWithTheEventsOfTheirWrite) {
    const TestDirectory directory;
    {
        const auto store = opened(directory / "data");
        Write write = one_event(1);
        write.side = {{"sip_leg", "17", "dialog"}, {"sip_leg", "19", "other"}};
        ASSERT_TRUE(store->append(std::move(write)));
        write = one_event(2);
        write.side = {{"sip_leg", "17", std::nullopt}, {"sip_leg", "19", "newer"}};
        ASSERT_TRUE(store->append(std::move(write)));
    }
    const auto store = opened(directory / "data");
    const Result<Loaded> loaded = store->load();
    ASSERT_TRUE(loaded.ok());
    const std::map<std::pair<std::string, std::string>, std::string> expected{
        {{"sip_leg", "19"}, "newer"}};
    EXPECT_EQ(loaded->side, expected);
}

TEST(Store, IsOpenForWritingOnlyOnce) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    const auto second = Store::open({.directory = directory / "data",
                                     .database = place(directory / "data").database,
                                     .sync = false,
                                     .clock = {}});
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_NE(second.error().text.find(std::to_string(::getpid())), std::string::npos);
}

TEST(Store, OnlyItsOwnerMayRead) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    ASSERT_TRUE(store->put_secret("sip", "330", "sip330").ok());
    struct stat status {};
    ASSERT_EQ(::stat((directory / "data").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    for (const char* file : {"data/linka.db", "data/linka.db-wal"}) {
        ASSERT_EQ(::stat((directory / file).c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << file;
    }
}

TEST(Store, KeepsSecretsSessionsAndStatuses) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    ASSERT_TRUE(store->put_secret("sip", "330", "old").ok());
    ASSERT_TRUE(store->put_secret("sip", "330", "new").ok());
    ASSERT_TRUE(store->put_secret("sip", "331", "x").ok());
    ASSERT_TRUE(store->put_secret("token", "330", "other kind").ok());
    ASSERT_TRUE(store->remove_secret("sip", "331").ok());
    const std::map<std::string, std::string> secrets{{"330", "new"}};
    EXPECT_EQ(*store->secrets("sip"), secrets);

    Store::Session session{"hash", "refresh", core::UserId{3}, Instant{1}, Instant{2}, Instant{3}};
    ASSERT_TRUE(store->put_session(session).ok());
    EXPECT_TRUE(store->sessions()->front().browser);
    session.expires = Instant{9};
    session.browser = false;
    ASSERT_TRUE(store->put_session(session).ok());
    ASSERT_EQ(store->sessions()->size(), 1U);
    EXPECT_EQ(store->sessions()->front().expires, Instant{9});
    EXPECT_FALSE(store->sessions()->front().browser);
    EXPECT_EQ(store->sessions()->front().user, core::UserId{3});
    ASSERT_TRUE(store->remove_session("hash").ok());
    EXPECT_TRUE(store->sessions()->empty());

    const auto solved = [](const std::string& title, const std::string& body) {
        return Store::KeptRecord{0, "statuses", "solved", title, body};
    };
    const Result<std::int64_t> id = store->save_record(solved("Vyřešeno", "{}"), Instant{5});
    ASSERT_TRUE(id.ok());
    EXPECT_EQ(store->save_record(solved("x", "{}"), Instant{5}).error().code, ErrorCode::conflict);
    EXPECT_FALSE(store->save_record(solved("t", "[]"), Instant{5}).ok());
    ASSERT_TRUE(store->remove_record(*id, Instant{6}).ok());
    const auto reader = store->reader().value();
    EXPECT_TRUE(reader->list(Model::statuses, {})->rows.empty());
    EXPECT_TRUE(store->save_record(solved("Znovu", R"({"a": 1})"), Instant{7}).ok());
    auto other = solved("Jiné", "{}");
    other.model = "groups";
    EXPECT_TRUE(store->save_record(other, Instant{8}).ok()) << "names are apart by model";
    EXPECT_EQ(reader->list(Model::statuses, {})->rows,
              std::vector<std::string>{R"({"id":2,"a":1})"});
}

// Goal: who asks is told in words of their own, whoever runs the server hears of it for a while.
TEST(Store, TellsThatAChangeWasRefused) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    const auto store = opened(
        Options{.directory = directory / "data", .sync = false, .pages_max = 300, .clock = {}});
    EXPECT_EQ(store->refused(), "");
    const Status refused = store->put_secret("note", "large", std::string(3'000'000, 'a'));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::full);
    EXPECT_EQ(refused.error().text,
              "the server's disk is full: nothing can be kept until there is room");
    EXPECT_NE(store->refused(), "");
    ASSERT_TRUE(store->secrets("note").ok());
    EXPECT_NE(store->refused(), "") << "reading is no change";
    ASSERT_TRUE(store->put_secret("note", "small", "a").ok());
    EXPECT_EQ(store->refused(), "");
}

TEST(Store, SaysAtAFirstStartHowMuchRoomItWants) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    const auto refused = Store::open(
        Options{.directory = directory / "data", .sync = false, .pages_max = 5, .clock = {}});
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().text.find("A first start wants about 12 MB in "), std::string::npos)
        << refused.error().text;
}

// Goal: a full disk stops nothing and loses nothing. Method: a bound on the database's pages, which
// another connection's rows use up; later they are deleted.
TEST(Store, GoesOnWhileTheDiskIsFull) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    const auto store = opened(Options{.directory = directory / "data",
                                      .database = place(directory / "data").database,
                                      .sync = false,
                                      .unsaved_max = 50,
                                      .pages_max = 300,
                                      .clock = {}});
    auto db = Db::open({.address = place(directory / "data").address(), .sync = false}).value();
    ASSERT_TRUE(db->exec("CREATE TABLE filler (body TEXT);"
                         "INSERT INTO filler VALUES (hex(zeroblob(540000)))")
                    .ok());
    std::int64_t seq = 0;
    int refused = 0;
    while (store->trouble().empty()) {
        Write write = one_event(++seq);
        write.side = {{"leg", "1", std::to_string(seq)}};
        write.done = [&](const Status& status, const Events&) {
            refused += status.ok() ? 0 : 1;
            EXPECT_TRUE(status.ok() || status.error().code == ErrorCode::full);
        };
        ASSERT_TRUE(store->append(std::move(write)));
        store->flush();
        ASSERT_LT(seq, 5000);
    }
    EXPECT_EQ(refused, 1);  // told at once
    const std::int64_t first_refused = seq;
    while (seq < 5000) {
        Write write = one_event(seq + 1);
        write.side = {{"leg", "1", std::to_string(seq + 1)}};
        write.done = [&](const Status& status, const Events&) { refused += status.ok() ? 0 : 1; };
        if (!store->append(std::move(write))) {
            break;
        }
        ++seq;
    }
    store->flush();
    EXPECT_EQ(seq, first_refused + 49);  // unsaved_max
    EXPECT_EQ(refused, 50);
    EXPECT_FALSE(store->trouble().empty());

    ASSERT_TRUE(db->exec("DELETE FROM filler").ok());
    store->flush();
    EXPECT_EQ(store->trouble(), "");
    ASSERT_TRUE(store->append(one_event(seq + 1)));
    store->flush();
    const Result<Loaded> loaded = store->load();
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->events.size(), static_cast<std::size_t>(seq + 1));
    EXPECT_EQ(loaded->side.at({"leg", "1"}), std::to_string(seq));
    EXPECT_EQ(refused, 50);  // told once
    EXPECT_TRUE(audit(place(directory / "data"))->equal());
}

TEST(Store, SnapshotWaitsForItsEvents) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    ASSERT_TRUE(store->append(one_event(1)));
    ASSERT_TRUE(store->snapshot(2, "ahead"));
    store->flush();
    EXPECT_EQ(store->load()->snapshot, "");
    ASSERT_TRUE(store->append(one_event(2)));
    store->flush();
    EXPECT_EQ(store->load()->snapshot, "ahead");
}

TEST(Store, RefusesWritesBeyondItsQueue) {
    const TestDirectory directory;
    const auto store = opened(Options{.directory = directory / "data",
                                      .database = place(directory / "data").database,
                                      .sync = false,
                                      .queue_max = 2,
                                      .clock = {}});
    std::promise<void> go;
    std::promise<void> there;
    Write write = one_event(1);
    write.done = [&](const Status&, const Events&) {
        there.set_value();
        go.get_future().wait();
    };
    ASSERT_TRUE(store->append(std::move(write)));
    there.get_future().wait();  // the writer stands in `done`: what is appended now waits
    EXPECT_TRUE(store->append(one_event(2)));
    EXPECT_TRUE(store->append(one_event(3)));
    EXPECT_FALSE(store->append(one_event(4)));
    go.set_value();
    store->flush();
    EXPECT_TRUE(store->append(one_event(4)));
}

TEST(Store, SaysClearlyWhatIsWrongWithAFile) {
    LINKA_NEEDS_FILE();
    const TestDirectory directory;
    {
        const auto store = opened(directory / "data");
        ASSERT_TRUE(append_all(*store, event_stream({.calls = 200})));
    }
    const std::string path = directory / "data/linka.db";
    const auto size = std::filesystem::file_size(path);
    std::filesystem::resize_file(path, size / 3);
    auto store = Store::open({.directory = directory / "data",
                              .database = place(directory / "data").database,
                              .sync = false,
                              .clock = {}});
    if (store.ok()) {  // the first pages were good: then reading says it
        EXPECT_FALSE((*store)->load().ok());
    } else {
        EXPECT_NE(store.error().text.find(path), std::string::npos) << store.error().text;
    }
    store = fail(ErrorCode::internal, "");
    std::ofstream(path, std::ios::trunc) << "this is not a database at all, but a text of some "
                                            "length, longer than the header of SQLite, a hundred";
    store = Store::open({.directory = directory / "data",
                         .database = place(directory / "data").database,
                         .sync = false,
                         .clock = {}});
    ASSERT_FALSE(store.ok());
    EXPECT_NE(store.error().text.find(path), std::string::npos) << store.error().text;
    EXPECT_NE(store.error().text.find("not a database"), std::string::npos) << store.error().text;
}

TEST(Store, SaysWhichEventIsMissingOrUnreadable) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    for (std::int64_t seq = 1; seq <= 5; ++seq) {
        ASSERT_TRUE(store->append(one_event(seq)));
    }
    store->flush();
    auto db = Db::open({.address = place(directory / "data").address(), .sync = false}).value();
    ASSERT_TRUE(db->exec("UPDATE event SET body = '{\"type\":\"pause_sa' WHERE seq = 4").ok());
    EXPECT_NE(store->load().error().text.find("event 4 cannot be read"), std::string::npos);
    ASSERT_TRUE(db->exec("DELETE FROM event WHERE seq = 3").ok());
    EXPECT_NE(store->load().error().text.find("event 3 is missing"), std::string::npos);
}

TEST(Store, ReadersSeeWholeWritesWhileItWrites) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    std::atomic<bool> stop{false};
    std::thread looking([&] {
        auto reader = store->reader().value();
        std::int64_t seen = 0;
        while (!stop) {
            Query query;
            query.take = 1000;
            const Result<Page> page = reader->list(Model::pauses, query);
            ASSERT_TRUE(page.ok());
            EXPECT_EQ(page->total % 2, 0);  // each write has two
            EXPECT_EQ(page->total, static_cast<std::int64_t>(page->rows.size()));
            EXPECT_GE(page->total, seen);
            seen = page->total;
        }
    });
    for (std::int64_t seq = 1; seq <= 600; seq += 2) {
        Write write = one_event(seq);
        write.events.push_back(std::move(one_event(seq + 1).events[0]));
        ASSERT_TRUE(store->append(std::move(write)));
        if (seq % 50 == 1) {
            store->flush();
        }
    }
    store->flush();
    stop = true;
    looking.join();
}

}  // namespace
}  // namespace linka::store
