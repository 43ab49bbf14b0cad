// Goal: an entry gives back what was written, and a broken one is an error, never more than that.
#include "linka/store/ahead/entry.hpp"

#include "linka/core/core.hpp"
#include "linka/store/testing/event_stream.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

Write sample() {
    Write write;
    write.events = event_stream({.calls = 2, .users = 2});
    write.side = {{"leg", "1", "text"}, {"leg", "2", std::nullopt}, {"leg", "3", ""}};
    Change change{.at = Instant{5},
                  .who = core::UserId{7},
                  .access = "admin",
                  .origin = "192.0.2.1",
                  .what = "queues.update",
                  .detail = "password",
                  .model = "queues",
                  .name = "6001",
                  .title = "Podpora",
                  .before = R"({"a":1})",
                  .after = "",
                  .titles = "{}",
                  .takes_back = 3};
    write.changes = {change, {}};
    return write;
}

TEST(AheadEntry, GivesBackEventsAndSides) {
    const Write given = sample();
    std::string body;
    put_entry(body, given);
    const Result<Write> read = entry_from(body);
    ASSERT_TRUE(read.ok()) << read.error().text;
    ASSERT_EQ(read->events.size(), given.events.size());
    for (std::size_t i = 0; i < given.events.size(); ++i) {
        EXPECT_EQ(read->events[i].seq, given.events[i].seq);
        EXPECT_EQ(read->events[i].at, given.events[i].at);
        EXPECT_EQ(core::type_of(read->events[i].event), core::type_of(given.events[i].event));
    }
    ASSERT_EQ(read->side.size(), given.side.size());
    for (std::size_t i = 0; i < given.side.size(); ++i) {
        EXPECT_EQ(read->side[i].kind, given.side[i].kind);
        EXPECT_EQ(read->side[i].key, given.side[i].key);
        EXPECT_EQ(read->side[i].value, given.side[i].value);
    }
    ASSERT_EQ(read->changes.size(), given.changes.size());
    for (std::size_t i = 0; i < given.changes.size(); ++i) {
        const Change& change = read->changes[i];
        const Change& same = given.changes[i];
        EXPECT_EQ(change.at, same.at);
        EXPECT_EQ(change.who, same.who);
        EXPECT_EQ(change.takes_back, same.takes_back);
        EXPECT_EQ(change.access + change.origin + change.what + change.detail + change.model +
                      change.name + change.title + change.before + change.after + change.titles,
                  same.access + same.origin + same.what + same.detail + same.model + same.name +
                      same.title + same.before + same.after + same.titles);
    }
}

TEST(AheadEntry, ABrokenOneIsAnError) {
    std::string body;
    put_entry(body, sample());
    for (std::size_t size = 0; size < body.size(); size += 7) {
        EXPECT_FALSE(entry_from(std::string_view(body).substr(0, size)).ok()) << size;
    }
    for (std::size_t at = 0; at < body.size(); at += 3) {
        std::string wrong = body;
        wrong[at] = static_cast<char>(0xff);
        static_cast<void>(entry_from(wrong));  // does not crash, nor ask for all memory
    }
}

}  // namespace
}  // namespace linka::store
