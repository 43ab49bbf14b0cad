// Rows as tables write them: what changed is there, by index too, and an update that changes
// nothing which is indexed leaves the indexes alone.
#include "linka/store/table.hpp"

#include "linka/store/db/sqlite/sqlite_db.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

struct ThingRow {
    static constexpr std::string_view table = "thing";
    static constexpr int key_columns = 1;
    std::int64_t id = 0;
    std::int64_t owner = 0;
    std::string name;
    std::int64_t since = 0;
    std::int64_t count = 0;
    [[nodiscard]] bool settled() const { return false; }
};
LINKA_DESCRIBE(ThingRow, (id, owner, name, since, count))

constexpr std::int64_t rows = 2000;

struct Things {
    Things() : directory(), db(std::move(SqliteDb::open({.address = directory / "a.db"}).value())) {
        EXPECT_TRUE(
            db->exec("CREATE TABLE thing (id INTEGER PRIMARY KEY, owner INTEGER, name TEXT, "
                     "since INTEGER, count INTEGER);"
                     "CREATE INDEX thing_owner ON thing (owner, since);"
                     "CREATE INDEX thing_name ON thing (name);"
                     "CREATE INDEX thing_counted ON thing (since) WHERE count = 0"));
        db->leave_log();  // so that it counts its pages
        table.emplace(*db);
        commit([&] {
            for (std::int64_t id = 1; id <= rows; ++id) {
                table->insert({id, id % 100, "name " + std::to_string(id), id, 1});
            }
        });
    }
    // Pages that the transaction wrote.
    int commit(const std::function<void()>& work) {
        const int before = db->log_pages();
        EXPECT_TRUE(db->begin());
        work();
        table->flush();
        EXPECT_TRUE(db->commit());
        return db->log_pages() - before;
    }
    std::int64_t number(const std::string& sql) {
        Stmt select = db->prepare(sql);
        EXPECT_TRUE(select.step()) << sql;
        return select.integer(0);
    }

    TestDirectory directory;
    std::unique_ptr<SqliteDb> db;
    std::optional<Table<ThingRow>> table;
};

TEST(Table, AnUpdateOfWhatIsNotIndexedLeavesTheIndexesAlone) {
    Things things;
    const int plain = things.commit([&] { things.table->change({1000})->count = 7; });
    EXPECT_EQ(plain, 1);
    EXPECT_EQ(things.number("SELECT count FROM thing WHERE id = 1000"), 7);
    things.table->forget();  // known from the database only
    EXPECT_EQ(things.commit([&] { things.table->change({1000})->count = 8; }), 1);
    EXPECT_EQ(things.number("SELECT count FROM thing WHERE id = 1000"), 8);
}

TEST(Table, WhatIsIndexedIsFoundByItsNewValue) {
    Things things;
    things.commit([&] { things.table->change({1000})->owner = 500; });
    things.commit([&] { things.table->change({1000})->name = "other"; });
    things.commit([&] { things.table->change({1000})->count = 0; });
    EXPECT_EQ(things.number("SELECT id FROM thing WHERE owner = 500"), 1000);
    EXPECT_EQ(things.number("SELECT id FROM thing WHERE name = 'other'"), 1000);
    EXPECT_EQ(things.number("SELECT id FROM thing WHERE count = 0 AND since > 0"), 1000);
    EXPECT_EQ(things.number("SELECT COUNT(*) FROM thing WHERE name = 'name 1000'"), 0);
    things.commit([&] {
        things.table->erase({1000});
        things.table->insert({1000, 501, "again", 1, 1});
    });
    EXPECT_EQ(things.number("SELECT id FROM thing WHERE owner = 501"), 1000);
    EXPECT_EQ(things.number("SELECT COUNT(*) FROM thing WHERE owner = 500"), 0);
    EXPECT_EQ(things.number("SELECT COUNT(*) FROM thing WHERE count = 0"), 0);
    Stmt check = things.db->prepare("PRAGMA integrity_check");
    ASSERT_TRUE(check.step());
    EXPECT_EQ(check.text(0), "ok");
}

}  // namespace
}  // namespace linka::store
