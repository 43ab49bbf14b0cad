// A company moves between a file and a server and back, and nothing is another afterwards.
#include "linka/store/copy.hpp"

#include "linka/core/core.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

// Every list, every secret and every event, as text.
std::vector<std::string> all_of(Store& store) {
    std::vector<std::string> all;
    const auto reader = store.reader().value();
    for (int model = 0; model <= static_cast<int>(Model::states); ++model) {
        Query query;
        query.take = 1000;
        const Result<Page> page = reader->list(static_cast<Model>(model), query);
        EXPECT_TRUE(page.ok()) << page.error().text;
        all.push_back(std::to_string(page->total));
        all.insert(all.end(), page->rows.begin(), page->rows.end());
    }
    const Result<Loaded> loaded = store.load();
    EXPECT_TRUE(loaded.ok());
    for (const core::Record& record : loaded->events) {
        all.push_back(std::to_string(record.seq) + " " + std::to_string(record.at.us) + " " +
                      core::event_text(record.event));
    }
    all.push_back(loaded->snapshot);
    for (const auto& [name, body] : loaded->side) {
        all.push_back(name.first + " " + name.second + " " + body);
    }
    const auto secrets = store.secrets("sip").value();
    for (const auto& [name, body] : secrets) {
        all.push_back(name + " " + body);
    }
    return all;
}

void fill(Store& store) {
    ASSERT_TRUE(append_all(store, event_stream({.calls = 300})));
    ASSERT_TRUE(store.put_secret("sip", "330", "heslo č. 1").ok());
    ASSERT_TRUE(
        store.save_record({0, "statuses", "solved", "Vyřešeno", R"({"a":1})"}, Instant{5}).ok());
    ASSERT_TRUE(store.audit_log(Instant{6}, core::UserId{1}, "user.saved", "{}").ok());
    Write side;
    side.side = {{"leg", "1", "text"}};
    ASSERT_TRUE(store.append(std::move(side)));
    ASSERT_TRUE(store.snapshot(10, "{\"state\":1}"));
    store.flush();
}

// The first and the last are files, whatever is between them.
TEST(Copy, ThereAndBackEverythingIsEqual) {
    const TestDirectory directory;
    std::vector<std::string> before;
    const Options first{.directory = directory / "first", .sync = false, .clock = {}};
    const Options last{.directory = directory / "last", .sync = false, .clock = {}};
    {
        const auto store = opened(first);
        fill(*store);
        before = all_of(*store);
    }
    const Place between = place(directory / "between");
    const std::string there = between.database.empty() ? between.directory : between.database;
    std::int64_t said = 0;
    const auto copied = copy_company(directory / "first", there,
                                     [&](std::string_view, std::int64_t rows, std::int64_t of) {
                                         EXPECT_EQ(rows, of);  // so few rows are said once
                                         ++said;
                                     });
    ASSERT_TRUE(copied.ok()) << copied.error().text;
    EXPECT_GT(said, 10);
    {
        const auto store = opened(directory / "between");
        EXPECT_EQ(all_of(*store), before);
    }
    EXPECT_TRUE(audit(between)->equal());
    const auto back = copy_company(there, directory / "last");
    ASSERT_TRUE(back.ok()) << back.error().text;
    EXPECT_EQ(back->events, copied->events);
    EXPECT_TRUE(audit({directory / "last", {}})->equal());
    EXPECT_EQ(all_of(*opened(last)), before);
}

TEST(Copy, RefusesWhatIsInUseOrNotEmptyOrNotThere) {
    const TestDirectory directory;
    const Place target = place(directory / "target");
    const std::string to = target.database.empty() ? target.directory : target.database;
    EXPECT_EQ(copy_company(directory / "none", to).error().code, ErrorCode::unavailable);
    {
        const auto store =
            opened(Options{.directory = directory / "data", .sync = false, .clock = {}});
        ASSERT_TRUE(append_all(*store, event_stream({.calls = 5})));
        EXPECT_EQ(copy_company(directory / "data", to).error().code, ErrorCode::conflict);
    }
    ASSERT_TRUE(copy_company(directory / "data", to).ok());
    const auto again = copy_company(directory / "data", to);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, ErrorCode::refused);
    EXPECT_NE(again.error().text.find("not empty"), std::string::npos) << again.error().text;
    const auto store = opened(directory / "target");
    EXPECT_EQ(copy_company(to, directory / "third").error().code, ErrorCode::conflict);
}

// Goal: somebody else's database is refused as it was, whichever way it was named.
TEST(Copy, WritesNothingIntoAForeignDatabase) {
    LINKA_NEEDS_POSTGRES();
    const TestDirectory directory;
    const std::string foreign = place(directory / "foreign").database;
    {
        const auto store =
            opened(Options{.directory = directory / "data", .sync = false, .clock = {}});
    }
    const auto db = Db::open({.address = foreign}).value();
    ASSERT_TRUE(db->exec("CREATE TABLE theirs (a INTEGER)").ok());
    EXPECT_EQ(copy_company(directory / "data", foreign).error().code, ErrorCode::refused);
    EXPECT_FALSE(copy_company(foreign, directory / "other").ok());
    Stmt made = db->prepare(
        "SELECT (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = "
        "current_schema()) + (SELECT COUNT(*) FROM information_schema.routines WHERE "
        "routine_schema = current_schema())");
    ASSERT_TRUE(made.step());
    EXPECT_EQ(made.integer(0), 1);
}

TEST(Copy, LeavesNothingOfOneThatFails) {
    const TestDirectory directory;
    const Place target = place(directory / "target");
    const std::string to = target.database.empty() ? target.directory : target.database;
    {
        const auto store =
            opened(Options{.directory = directory / "data", .sync = false, .clock = {}});
        ASSERT_TRUE(append_all(*store, event_stream({.calls = 5})));
    }
    const auto db = Db::open({.address = Place{directory / "data", {}}.address()}).value();
    ASSERT_TRUE(db->exec("UPDATE call SET caller = 'a' || char(0) || 'b' WHERE id = 2").ok());
    const auto failed = copy_company(directory / "data", to);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, ErrorCode::invalid);
    EXPECT_NE(failed.error().text.find("\"call\""), std::string::npos) << failed.error().text;
    ASSERT_TRUE(db->exec("UPDATE call SET caller = 'ab' WHERE id = 2").ok());
    EXPECT_TRUE(copy_company(directory / "data", to).ok());
}

}  // namespace
}  // namespace linka::store
