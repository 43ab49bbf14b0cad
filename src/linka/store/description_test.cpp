// What is written about work, also after it was closed, is in its row, and the audit agrees.
#include "linka/store/audit.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/store.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

constexpr core::ActivityId described_work{7};

std::string described_row(Store& store) {
    store.flush();
    const auto rows = store.reader().value()->list(Model::activities, {})->rows;
    return rows.size() == 1 ? rows.front() : std::string();
}

bool row_says(const std::string& row, std::string_view what) {
    return row.find(what) != std::string::npos;
}

TEST(Description, ChangesTheRowOfOpenAndOfClosedWork) {
    const TestDirectory directory;
    Instant at{1'700'000'000'000'000};
    std::int64_t seq = 0;
    {
        auto store = Store::open({.directory = directory / "data",
                                  .database = place(directory / "data").database,
                                  .sync = false,
                                  .clock = {}});
        ASSERT_TRUE(store.ok());
        const auto append = [&](const core::Event& event) {
            Write write;
            at = at + 1s;
            write.events = {{++seq, at, event}};
            ASSERT_TRUE((*store)->append(std::move(write)));
        };
        core::ActivityOpened opened;
        opened.activity = described_work;
        opened.user = core::UserId{3};
        opened.title = "Karel";
        append(opened);
        append(core::ActivityDescribed{described_work,
                                       core::UserId{3},
                                       {.title = "Reklamace", .important = true, .priority = -2}});
        std::string row = described_row(**store);
        EXPECT_TRUE(row_says(row, R"("title":"Reklamace")")) << row;
        EXPECT_TRUE(row_says(row, R"("important":true,"priority":-2,"options":[])")) << row;
        append(core::ActivityFinished{described_work, core::EndedBy::caller});
        append(core::ActivityClosed{described_work, {"solved"}, "první"});
        row = described_row(**store);
        EXPECT_TRUE(row_says(row, R"("statuses":["solved"],"note":"první","important":true)"))
            << row;
        append(core::ActivityDescribed{described_work,
                                       core::UserId{3},
                                       {.note = "druhý", .options = json::Raw{R"({"a":1})"}}});
        row = described_row(**store);
        EXPECT_TRUE(row_says(row, R"("title":"Reklamace")")) << row;
        EXPECT_TRUE(row_says(row, R"("statuses":["solved"],"note":"druhý","important":true)"))
            << row;
        EXPECT_TRUE(row_says(row, R"("options":{"a":1})")) << row;
        append(core::ActivityDescribed{core::ActivityId{99}, core::UserId{3}, {.note = "of none"}});
        EXPECT_EQ(described_row(**store), row);
    }
    const Result<AuditReport> report = audit(place(directory / "data"));
    ASSERT_TRUE(report.ok()) << report.error().text;
    EXPECT_TRUE(report->equal());
}

}  // namespace
}  // namespace linka::store
