#include "linka/store/migrate.hpp"

#include "linka/store/audit.hpp"
#include "linka/store/columns.hpp"
#include "linka/store/files.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/record_rows.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

std::unique_ptr<Db> database(const std::string& path) {
    return Db::open({.address = path, .sync = false}).value();
}

// Goal: data of any older version of the program is carried forward, with every projection folded
// from the journal. Method: a database migrated to version 1 only, with events in it.
TEST(Migrate, CarriesDataOfTheFirstVersionForward) {
    const TestDirectory directory;
    ASSERT_TRUE(make_private_directory(directory / "data").ok());
    const std::vector<core::Record> events = event_stream({.calls = 80});
    {
        const auto db = database(place(directory / "data").address());
        ASSERT_TRUE(migrate(*db, migrations().first(1)).ok());
        Journal journal(*db);
        ASSERT_TRUE(db->begin().ok());
        for (const core::Record& record : events) {
            journal.append(record);
        }
        ASSERT_TRUE(db->commit().ok());
    }
    auto store = Store::open({.directory = directory / "data",
                              .database = place(directory / "data").database,
                              .sync = false,
                              .clock = {}});
    ASSERT_TRUE(store.ok()) << store.error().text;
    EXPECT_EQ((*store)->load()->events.size(), events.size());
    const Result<AuditReport> report = audit(place(directory / "data"));
    ASSERT_TRUE(report.ok()) << report.error().text;
    EXPECT_TRUE(report->equal());
    EXPECT_EQ(report->events, static_cast<std::int64_t>(events.size()));
}

TEST(Migrate, RunsEachOnceAndRefusesNewerData) {
    const auto db = database(":memory:");
    ASSERT_TRUE(migrate(*db).ok());
    ASSERT_TRUE(migrate(*db).ok());
    const int next = migrations().back().version + 1;
    ASSERT_TRUE(
        db->exec("INSERT INTO migration VALUES (" + std::to_string(next) + ", 'future')").ok());
    const Status refused = migrate(*db);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
}

TEST(Migrate, LeavesNothingOfOneThatFails) {
    const auto db = database(":memory:");
    const Migration bad[] = {{1, "0001_bad", "CREATE TABLE a (x INTEGER); CREATE TABLE a (y);"}};
    const Status failed = migrate(*db, bad);
    ASSERT_FALSE(failed.ok());
    EXPECT_NE(failed.error().text.find("0001_bad"), std::string::npos);
    EXPECT_TRUE(db->exec("CREATE TABLE a (x INTEGER)").ok());
}

template <typename... Rows>
void compare_columns(Db& db) {
    const auto compare = [&](std::string_view table, const std::vector<Column>& expected) {
        std::vector<std::string> names;
        Stmt info = db.prepare("SELECT name FROM pragma_table_info(?)");
        info.bind(table);
        while (info.step()) {
            names.emplace_back(info.text(0));
        }
        std::vector<std::string> described;
        for (const Column& column : expected) {
            described.emplace_back(column.name);
        }
        EXPECT_EQ(names, described) << table;
    };
    (compare(Rows::table, columns<Rows>()), ...);
}

TEST(Rows, MatchTheColumnsOfTheMigrations) {
    const auto db = database(":memory:");
    ASSERT_TRUE(migrate(*db).ok());
    compare_columns<UserRow, DeviceRow, QueueRow, PauseRow, RouteRow, MenuRow, RingGroupRow,
                    SettingsRow, RecordRow, AuditLogRow, CallRow, LegRow, InteractionRow, OfferRow,
                    ActivityRow, RecordingRow, DecisionRow, UserStateRow, QueueIntervalRow,
                    UserIntervalRow, PauseIntervalRow>(*db);
}

}  // namespace
}  // namespace linka::store
