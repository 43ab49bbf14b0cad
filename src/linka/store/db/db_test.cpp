// What every database must do alike; tests/postgres.py runs the same on a server.
#include "linka/store/db/db.hpp"

#include "linka/base/fold_case.hpp"
#include "linka/base/plain_letters.hpp"
#include "linka/store/db/fitting.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace linka::store {
namespace {

class DbTest : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(make_private_directory(directory_ / "data").ok());
        address_ = place(directory_ / "data").address();
        db_ = open(Db::Mode::writer);
        ASSERT_TRUE(
            db_->exec("CREATE TABLE thing (id INTEGER PRIMARY KEY, number DOUBLE PRECISION "
                      "NOT NULL, name TEXT NOT NULL)"));
    }
    std::unique_ptr<Db> open(Db::Mode mode) {
        auto db = Db::open({.address = address_, .mode = mode, .sync = false});
        EXPECT_TRUE(db.ok()) << (db.ok() ? "" : db.error().text);
        return db.ok() ? std::move(*db) : nullptr;
    }
    bool insert(std::int64_t id, double number, std::string_view name) {
        return db_->prepare("INSERT INTO thing (id, number, name) VALUES (?,?,?)")
            .bind(id)
            .bind(number)
            .bind(name)
            .run();
    }
    std::int64_t count() {
        Stmt select = db_->prepare("SELECT COUNT(*) FROM thing");
        return select.step() ? select.integer(0) : -1;
    }

    const TestDirectory directory_;
    std::string address_;
    std::unique_ptr<Db> db_;
};

TEST_F(DbTest, WhatIsWrittenComesBack) {
    struct Value {
        std::int64_t id;
        double number;
        std::string name;
    };
    const Value values[] = {
        {std::numeric_limits<std::int64_t>::min(), -0.1, ""},
        {0, 5e-324, "a ? b $1 'c' \"d\" \\e"},
        {std::numeric_limits<std::int64_t>::max(), 1.7976931348623157e308, "Příliš žluťoučký\n\t"}};
    for (const Value& value : values) {
        ASSERT_TRUE(insert(value.id, value.number, value.name)) << db_->error()->text;
    }
    Stmt select = db_->prepare("SELECT id, number, name FROM thing ORDER BY id");
    for (const Value& value : values) {
        ASSERT_TRUE(select.step());
        EXPECT_EQ(select.integer(0), value.id);
        EXPECT_EQ(select.real(1), value.number);
        EXPECT_EQ(select.text(2), value.name);
    }
    EXPECT_FALSE(select.step());
    EXPECT_TRUE(db_->take_error().ok());
}

// So that a search finds the same everywhere, whatever the server's locale is.
TEST_F(DbTest, FoldsAsTheProgramDoes) {
    std::string all = "AZaz[`";
    for (unsigned point = 0x80; point < 0x800; ++point) {
        all += static_cast<char>(0xc0U | (point >> 6U));
        all += static_cast<char>(0x80U | (point & 0x3fU));
    }
    for (const std::string& one :
         {all, std::string("Only ASCII"), std::string("ǅ ẞ Ა 𝐀 Ž")}) {
        Stmt select = db_->prepare("SELECT fold(?)");
        select.bind(std::string_view(one));
        ASSERT_TRUE(select.step()) << db_->error()->text;
        EXPECT_EQ(select.text(0), text::fold_case(one));
        Stmt plain = db_->prepare("SELECT plain(?)");
        plain.bind(std::string_view(one));
        ASSERT_TRUE(plain.step()) << db_->error()->text;
        EXPECT_EQ(plain.text(0), text::plain_letters(one));
    }
}

TEST_F(DbTest, OrdersTextsByTheirBytes) {
    std::int64_t id = 0;
    for (const char* name : {"č", "a", "Z", "z", "_"}) {
        insert(++id, 0, name);
    }
    Stmt select = db_->prepare("SELECT name FROM thing ORDER BY name");
    std::string order;
    while (select.step()) {
        order += select.text(0);
    }
    EXPECT_EQ(order, "Z_azč");
}

TEST_F(DbTest, RefusesWhatIsNoTextAndGoesOn) {
    for (const std::string& bad :
         {std::string("a\0b", 3), std::string("\xff"), std::string("\xc5")}) {
        ASSERT_TRUE(db_->begin().ok());
        insert(1, 0, bad);
        const Status refused = db_->commit();
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().code, ErrorCode::invalid) << refused.error().text;
        EXPECT_NE(refused.error().text.find("UTF-8"), std::string::npos) << refused.error().text;
        ASSERT_TRUE(db_->begin().ok());
        insert(1, 0, fitted(bad));
        EXPECT_TRUE(db_->commit().ok());
        EXPECT_EQ(count(), 1);
        ASSERT_TRUE(db_->exec("DELETE FROM thing").ok());
    }
    EXPECT_EQ(fitted(std::string("a\0č\xff", 5)), "a\xef\xbf\xbdč\xef\xbf\xbd");
}

TEST_F(DbTest, TheFirstErrorStopsATransactionAndUndoesIt) {
    ASSERT_TRUE(db_->begin().ok());
    insert(1, 0, "kept by nobody");
    insert(1, 0, "twice");
    insert(2, 0, "after the error");
    const Status done = db_->commit();
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, ErrorCode::conflict) << done.error().text;
    EXPECT_EQ(count(), 0);
    ASSERT_TRUE(db_->begin().ok());
    db_->prepare("INSERT INTO nothing (id) VALUES (1)").run();
    const Status ours = db_->commit();
    ASSERT_FALSE(ours.ok());
    EXPECT_EQ(ours.error().code, ErrorCode::internal) << ours.error().text;
    ASSERT_TRUE(db_->begin().ok());
    insert(3, 0, "as if nothing had been");
    EXPECT_TRUE(db_->commit().ok());
    EXPECT_EQ(count(), 1);
}

TEST_F(DbTest, AStatementThatComesAgainIsPreparedOnce) {
    ASSERT_TRUE(db_->begin().ok());
    Stmt again = db_->prepare("INSERT INTO thing (id, number, name) VALUES (?,?,?)");
    for (std::int64_t id = 1; id <= 10'000; ++id) {
        again.bind(id).bind(0.5).bind(std::string_view("name")).run();
    }
    EXPECT_EQ(count(), 10'000);  // within the transaction
    ASSERT_TRUE(db_->commit().ok());
    const auto reader = open(Db::Mode::read_only);
    ASSERT_TRUE(reader->begin_reading().ok());
    Stmt all = reader->scan("SELECT id FROM thing ORDER BY id");
    std::int64_t expected = 0;
    while (all.step()) {
        ASSERT_EQ(all.integer(0), ++expected);
    }
    EXPECT_EQ(expected, 10'000);
    EXPECT_TRUE(reader->commit().ok());
}

TEST_F(DbTest, AReaderSeesOneMomentAndWritesNothing) {
    insert(1, 0, "first");
    const auto reader = open(Db::Mode::read_only);
    ASSERT_TRUE(reader->begin_reading().ok());
    const auto seen = [&] {
        Stmt select = reader->prepare("SELECT COUNT(*) FROM thing");
        return select.step() ? select.integer(0) : -1;
    };
    EXPECT_EQ(seen(), 1);
    insert(2, 0, "second");
    EXPECT_EQ(seen(), 1);
    ASSERT_TRUE(reader->commit().ok());
    EXPECT_EQ(seen(), 2);
    EXPECT_FALSE(reader->exec("DELETE FROM thing").ok());
    EXPECT_EQ(count(), 2);
}

TEST_F(DbTest, WhatTakesTooLongIsEnded) {
    db_->set_deadline(100ms);
    ASSERT_TRUE(db_->begin_reading().ok());
    Stmt select = db_->prepare(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
        "SELECT COUNT(*) FROM n");
    EXPECT_FALSE(select.step());
    const Status done = db_->commit();
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, ErrorCode::timed_out) << done.error().text;
    db_->set_deadline({});
    EXPECT_EQ(count(), 0);
}

TEST_F(DbTest, TellsItsTables) {
    const std::vector<TableColumns> tables = db_->tables();
    ASSERT_EQ(tables.size(), 1U);
    EXPECT_EQ(tables[0].table, "thing");
    ASSERT_EQ(tables[0].columns.size(), 3U);
    EXPECT_EQ(tables[0].columns[0].name, "id");
    EXPECT_EQ(tables[0].columns[0].kind, ValueKind::integer);
    EXPECT_EQ(tables[0].columns[1].kind, ValueKind::real);
    EXPECT_EQ(tables[0].columns[2].kind, ValueKind::text);
}

}  // namespace
}  // namespace linka::store
