// A transaction of many pages is a few writes, and what it wrote is there for everybody afterwards.
#include "linka/store/db/db.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace linka::store {
namespace {

constexpr std::int64_t row_count = 60;

// Write calls of this process so far (proc(5), syscw).
std::int64_t writes_so_far() {
    std::ifstream file("/proc/self/io");
    std::string name;
    std::int64_t value = 0;
    while (file >> name >> value) {
        if (name == "syscw:") {
            return value;
        }
    }
    return -1;
}

TEST(WalFile, ATransactionOfManyPagesIsAFewWrites) {
    const TestDirectory directory;
    auto db = Db::open({.address = directory / "a.db"});
    ASSERT_TRUE(db.ok()) << db.error().text;
    ASSERT_TRUE((*db)->exec("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)"));
    Stmt insert = (*db)->prepare("INSERT INTO t (id, body) VALUES (?,?)");
    const std::string page(3000, 'x');
    const std::int64_t before = writes_so_far();
    ASSERT_GE(before, 0);
    ASSERT_TRUE((*db)->begin());
    for (std::int64_t id = 1; id <= row_count; ++id) {
        insert.bind(id).bind(std::string_view(page)).run();
    }
    ASSERT_TRUE((*db)->commit());
    // SQLite alone: two for each page.
    EXPECT_LT(writes_so_far() - before, row_count / 2);

    auto reader = Db::open({.address = directory / "a.db", .mode = Db::Mode::read_only});
    ASSERT_TRUE(reader.ok()) << reader.error().text;
    Stmt count = (*reader)->prepare("SELECT COUNT(*), SUM(LENGTH(body)) FROM t");
    ASSERT_TRUE(count.step());
    EXPECT_EQ(count.integer(0), row_count);
    EXPECT_EQ(count.integer(1), row_count * 3000);
}

}  // namespace
}  // namespace linka::store
