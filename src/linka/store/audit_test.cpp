#include "linka/store/audit.hpp"

#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

std::string text_of(const AuditReport& report) {
    std::string text;
    for (const std::string& line : report.differences) {
        text += line + "\n";
    }
    return text;
}

// Goal: incremental folding in any grouping, with restarts in between, equals one fold afresh.
TEST(Audit, FindsTheProjectionsEqual) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const TestDirectory directory;
        const std::vector<core::Record> events = event_stream({.seed = seed, .calls = 150});
        std::size_t from = 0;
        for (const std::size_t size : {1U, 3U, 50U, 1000U}) {
            const auto store = opened(directory / "data");
            const std::size_t to = size == 1000U ? events.size() : from + events.size() / 5;
            ASSERT_TRUE(append_all(*store,
                                   {events.begin() + static_cast<std::ptrdiff_t>(from),
                                    events.begin() + static_cast<std::ptrdiff_t>(to)},
                                   size));
            from = to;
            const Result<AuditReport> report =
                audit(place(directory / "data"));  // beside the running one
            ASSERT_TRUE(report.ok()) << report.error().text;
            EXPECT_TRUE(report->equal()) << text_of(*report);
            EXPECT_EQ(report->events, static_cast<std::int64_t>(to));
        }
        const Result<AuditReport> report = audit(place(directory / "data"));
        ASSERT_TRUE(report.ok());
        ASSERT_EQ(report->tables.size(), 19U);
        for (const AuditReport::TableCount& table : report->tables) {
            const bool may_be_empty = table.table == "device" || table.table == "route" ||
                                      table.table == "menu" || table.table == "ring_group" ||
                                      table.table == "settings";
            EXPECT_TRUE(table.rows > 0 || may_be_empty) << table.table;
        }
    }
}

TEST(Audit, NamesEveryKindOfDifference) {
    const TestDirectory directory;
    const auto store = opened(directory / "data");
    ASSERT_TRUE(append_all(*store, event_stream({.calls = 40})));
    auto db = Db::open({.address = place(directory / "data").address(), .sync = false}).value();
    ASSERT_TRUE(db->exec("UPDATE interaction SET wait = wait + 1 WHERE id = 3;"
                         "DELETE FROM offer WHERE id = 2;"
                         "INSERT INTO pause SELECT 99, name, title, type, paid, deactivated, "
                         "removed, saved, body FROM pause WHERE id = 1;"
                         "UPDATE queue_interval SET answered = answered + 1 WHERE queue = 6001")
                    .ok());
    const Result<AuditReport> report = audit(place(directory / "data"));
    ASSERT_TRUE(report.ok()) << report.error().text;
    EXPECT_FALSE(report->equal());
    const std::string text = text_of(*report);
    EXPECT_NE(text.find("interaction 3: wait is "), std::string::npos) << text;
    EXPECT_NE(text.find("offer 2: is missing"), std::string::npos) << text;
    EXPECT_NE(text.find("pause 99: is not in the fresh fold"), std::string::npos) << text;
    EXPECT_NE(text.find("queue_interval 6001 "), std::string::npos) << text;
    EXPECT_NE(text.find("answered is "), std::string::npos) << text;
}

TEST(Audit, RefusesWhatIsNoStore) {
    const TestDirectory directory;
    EXPECT_EQ(audit(place(directory / "nothing")).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace linka::store
