// The log begins anew again and again beside a writer that never stops, and nothing is lost.
#include "linka/store/db/sqlite/checkpointer.hpp"

#include "linka/store/testing/test_directory.hpp"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

namespace linka::store {
namespace {

class CheckpointerTest : public ::testing::Test {
  protected:
    void SetUp() override {
        writer_ = open(Db::Mode::create);
        ASSERT_TRUE(writer_->exec("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)"));
    }

    std::unique_ptr<SqliteDb> open(Db::Mode mode) {
        auto db = SqliteDb::open({.address = path_, .mode = mode});
        EXPECT_TRUE(db.ok()) << db.error().text;
        return std::move(*db);
    }

    void add_row() {
        ASSERT_TRUE(writer_->begin());
        Stmt insert = writer_->prepare("INSERT INTO t (body) VALUES (?)");
        insert.bind(std::string_view(page_)).run();
        ASSERT_TRUE(writer_->commit());
        ++rows_;
    }

    // Commits until the log is short again; false if it does not become so.
    bool log_begins_anew(Checkpointer& checkpointer) {
        for (int i = 0; i < 5'000; ++i) {
            const int before = writer_->log_pages();
            add_row();
            checkpointer.after_commit();
            if (writer_->log_pages() < before) {
                return true;
            }
        }
        return false;
    }

    void expect_all_rows() {
        const auto reader = open(Db::Mode::read_only);
        Stmt count = reader->prepare("SELECT COUNT(*), SUM(LENGTH(body)) FROM t");
        ASSERT_TRUE(count.step());
        EXPECT_EQ(count.integer(0), rows_);
        EXPECT_EQ(count.integer(1), rows_ * static_cast<std::int64_t>(page_.size()));
    }

    static constexpr Checkpointer::Limits small{.log_pages = 50, .last_pages = 10};

    const TestDirectory directory_;
    const std::string path_ = directory_ / "a.db";
    const std::string page_ = std::string(3000, 'x');
    std::unique_ptr<SqliteDb> writer_;
    std::int64_t rows_ = 0;
};

TEST_F(CheckpointerTest, TheLogBeginsAnewBesideABusyWriter) {
    {
        Checkpointer checkpointer(open(Db::Mode::create), *writer_, small);
        for (int i = 0; i < 5; ++i) {
            EXPECT_TRUE(log_begins_anew(checkpointer)) << i;
        }
        expect_all_rows();
    }
    writer_.reset();
    expect_all_rows();
}

// A log that the thread copied whole says nothing about the next one.
TEST_F(CheckpointerTest, TheThreadCopiesTheNextLogAsWell) {
    Checkpointer checkpointer(open(Db::Mode::create), *writer_, small);
    const auto helper = open(Db::Mode::create);
    for (int log = 0; log < 5; ++log) {
        do {
            add_row();
            EXPECT_FALSE(checkpointer.after_commit()) << "log " << log;
        } while (writer_->log_pages() < small.log_pages);
        while (true) {  // until all of it is copied, by the thread or the helper
            const auto copied = helper->copy_log_back();
            if (copied.ok() && copied->copied == copied->pages) {
                break;
            }
        }
    }
    expect_all_rows();
}

TEST_F(CheckpointerTest, AReaderOfAnOldStateHoldsTheLogBackUntilItEnds) {
    Checkpointer checkpointer(open(Db::Mode::create), *writer_, small);
    add_row();
    const auto reader = open(Db::Mode::read_only);
    Stmt rows = reader->prepare("SELECT id FROM t");
    ASSERT_TRUE(rows.step());  // from now on it sees one row
    for (int i = 0; i < 200; ++i) {
        add_row();
        checkpointer.after_commit();
    }
    EXPECT_GT(writer_->log_pages(), 200);
    EXPECT_FALSE(rows.step());
    EXPECT_TRUE(log_begins_anew(checkpointer));
    expect_all_rows();
}

}  // namespace
}  // namespace linka::store
