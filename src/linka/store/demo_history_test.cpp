// Goal: when the demo goes, its past goes from lists and figures and nothing else does, and the
// fold afresh agrees. Method: a made-up day of which some users and queues are the demo's.
#include "linka/base/json_read.hpp"
#include "linka/stats/interval.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

core::DemoRecords half() {
    core::DemoRecords records;
    records.users = {core::UserId{1}, core::UserId{2}, core::UserId{3}, core::UserId{6}};
    records.queues = {core::QueueId{6001}, core::QueueId{6003}};
    return records;
}

core::DemoRecords all() {
    core::DemoRecords records;
    for (int id = 1; id <= 6; ++id) {
        records.users.emplace_back(id);
    }
    records.queues = {core::QueueId{6001}, core::QueueId{6002}, core::QueueId{6003}};
    return records;
}

// The stream with the removal after `cut` percent.
std::vector<core::Record> with_removal(std::vector<core::Record> events, int cut,
                                       const core::DemoRecords& records) {
    const auto place = static_cast<std::ptrdiff_t>(events.size()) * cut / 100;
    const Instant at = events[static_cast<std::size_t>(place - 1)].at;
    events.insert(events.begin() + place, {0, at, core::DemoRemoved{records, core::UserId{1}}});
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].seq = static_cast<std::int64_t>(i) + 1;
    }
    return events;
}

class DemoPast : public testing::Test {
  protected:
    const TestDirectory directory_;

    [[nodiscard]] std::string figures(Reader& reader, Instant last) const {
        const Instant from = stats::interval_of(Instant{1'700'000'000'000'000});
        const Instant to = stats::interval_of(last) + stats::interval_length;
        return reader.user_figures(from, to, {}, {core::UserId{4}, core::UserId{5}}).value() +
               reader.queue_figures(from, to, {}, {core::QueueId{6002}}).value();
    }
    void expect_equal() const {
        const auto report = audit(place(directory_ / "data"));
        ASSERT_TRUE(report.ok()) << report.error().text;
        EXPECT_TRUE(report->equal()) << (report->differences.empty() ? "" : report->differences[0]);
    }
    static std::int64_t count(Reader& reader, Model model, const std::string& filter = "") {
        Query query;
        query.take = 1;
        if (!filter.empty()) {
            query.search = filter;
        }
        return reader.list(model, query).value().total;
    }
};

TEST_F(DemoPast, GoesAndOnesOwnFiguresStay) {
    const std::vector<core::Record> events = event_stream({.seed = 5, .calls = 300});
    const auto store = opened(directory_ / "data");
    ASSERT_TRUE(append_all(*store, events, 50));
    const auto reader = store->reader().value();
    const std::string before = figures(*reader, events.back().at);
    const auto expected = reader->demo_history(half()).value();
    EXPECT_GT(expected.calls_go, 10);
    EXPECT_GT(expected.calls_stay, 10);
    EXPECT_GT(expected.recordings_go, 0);
    EXPECT_EQ(expected.calls_go + expected.calls_stay, count(*reader, Model::calls));

    const std::vector<core::Record> removed = with_removal(events, 100, half());
    ASSERT_TRUE(append_all(*store, {removed.back()}));
    // Calls that go on stay; the stream ends with none.
    EXPECT_EQ(count(*reader, Model::calls), expected.calls_stay);
    EXPECT_EQ(count(*reader, Model::recordings), expected.recordings_stay);
    EXPECT_EQ(figures(*reader, events.back().at), before);
    expect_equal();

    const auto again = reader->demo_history(half()).value();
    EXPECT_EQ(again.calls_go, 0);
    EXPECT_EQ(again.calls_stay, expected.calls_stay);
}

// Every number is still the length of its list: what is left of the demo's own figures is what is
// left of its calls.
TEST_F(DemoPast, LeavesNoRowWithoutItsCall) {
    const auto store = opened(directory_ / "data");
    const auto events = with_removal(event_stream({.seed = 6, .calls = 300}), 100, half());
    ASSERT_TRUE(append_all(*store, events, 50));
    auto db = Db::open({.address = place(directory_ / "data").address(), .sync = false}).value();
    const auto number = [&](const char* sql) {
        Stmt select = db->prepare(sql);
        return select.step() ? select.integer(0) : -1;
    };
    EXPECT_EQ(number("SELECT COUNT(*) FROM activity WHERE call <> 0 AND call NOT IN "
                     "(SELECT id FROM call)"),
              0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM call_leg WHERE call NOT IN (SELECT id FROM call)"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM interaction WHERE call NOT IN (SELECT id FROM call)"),
              0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM offer WHERE interaction NOT IN "
                     "(SELECT id FROM interaction)"),
              0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM decision WHERE interaction NOT IN "
                     "(SELECT id FROM interaction)"),
              0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM user_state WHERE \"user\" IN (1,2,3,6)"), 0);
    EXPECT_GT(number("SELECT COUNT(*) FROM user_state WHERE \"user\" IN (4,5)"), 0);
    EXPECT_EQ(number("SELECT COALESCE(SUM(total), 0) FROM queue_interval WHERE queue = 6001"),
              number("SELECT COUNT(*) FROM interaction WHERE queue = 6001"));
    EXPECT_GT(number("SELECT COUNT(*) FROM interaction WHERE queue = 6001"), 0)
        << "calls of the demo's queue that one's own people took";
}

TEST_F(DemoPast, IsEmptyWhenAllWasTheDemo) {
    const auto store = opened(directory_ / "data");
    ASSERT_TRUE(
        append_all(*store, with_removal(event_stream({.seed = 7, .calls = 100}), 100, all()), 50));
    const auto reader = store->reader().value();
    for (const Model model : {Model::calls, Model::activities, Model::interactions, Model::offers,
                              Model::recordings, Model::decisions, Model::legs, Model::states}) {
        EXPECT_EQ(count(*reader, model), 0);
    }
    EXPECT_EQ(reader->recordings_until(core::RecordingId{1'000'000}).value().size(), 0U);
    expect_equal();
}

// In the middle of calls, whatever the grouping, with restarts: the audit agrees.
TEST_F(DemoPast, AgreesWithAFoldAfresh) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const TestDirectory directory;
        const auto events =
            with_removal(event_stream({.seed = seed, .calls = 120}),
                         static_cast<int>(4 * seed + 15), seed % 3 == 0 ? all() : half());
        const auto middle = static_cast<std::ptrdiff_t>(events.size() / 2);
        ASSERT_TRUE(append_all(*opened(directory / "data"),
                               {events.begin(), events.begin() + middle}, seed));
        ASSERT_TRUE(
            append_all(*opened(directory / "data"), {events.begin() + middle, events.end()}, 1000));
        const auto report = audit(place(directory / "data"));
        ASSERT_TRUE(report.ok()) << report.error().text;
        EXPECT_TRUE(report->equal())
            << seed << ": " << (report->differences.empty() ? "" : report->differences[0]);
    }
}

// Names of trunks are people's; a call over one's own line that met nobody of the demo is one's
// own.
TEST_F(DemoPast, KnowsOnesOwnLine) {
    std::vector<core::Record> events;
    std::int64_t seq = 0;
    const Instant at{1'700'000'000'000'000};
    for (const char* trunk : {"loopback", "it's mine"}) {
        core::CallStarted started;
        started.call = core::CallId{seq + 1};
        started.trunk = trunk;
        events.push_back({++seq, at, started});
        events.push_back({++seq, at, core::CallEnded{started.call}});
    }
    core::DemoRecords records = half();
    records.trunks = {"loopback", "o'l'd"};
    events.push_back({++seq, at, core::DemoRemoved{records, {}}});
    const auto store = opened(directory_ / "data");
    ASSERT_TRUE(append_all(*store, events));
    const auto reader = store->reader().value();
    EXPECT_EQ(count(*reader, Model::calls), 1);
    EXPECT_EQ(count(*reader, Model::calls, "mine"), 1);
}

}  // namespace
}  // namespace linka::store
