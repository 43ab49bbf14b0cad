// Goal: the past of whom it is asked goes from lists and figures and nothing else does, and the
// fold afresh agrees. Method: a made-up day of which some users' and queues' past goes.
#include "linka/base/json_read.hpp"
#include "linka/stats/interval.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

core::Past half() {
    core::Past past;
    past.users = {core::UserId{1}, core::UserId{2}, core::UserId{3}, core::UserId{6}};
    past.queues = {core::QueueId{6001}, core::QueueId{6003}};
    return past;
}

core::Past all() {
    core::Past past;
    for (int id = 1; id <= 6; ++id) {
        past.users.emplace_back(id);
    }
    past.queues = {core::QueueId{6001}, core::QueueId{6002}, core::QueueId{6003}};
    return past;
}

// The stream with the removal after `cut` percent.
std::vector<core::Record> with_removal(std::vector<core::Record> events, int cut,
                                       const core::Past& past) {
    const auto place = static_cast<std::ptrdiff_t>(events.size()) * cut / 100;
    const Instant at = events[static_cast<std::size_t>(place - 1)].at;
    events.insert(events.begin() + place, {0, at, core::PastForgotten{past}});
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].seq = static_cast<std::int64_t>(i) + 1;
    }
    return events;
}

class ForgottenPast : public testing::Test {
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

TEST_F(ForgottenPast, GoesAndFiguresOfOthersStay) {
    const std::vector<core::Record> events = event_stream({.seed = 5, .calls = 300});
    const auto store = opened(directory_ / "data");
    ASSERT_TRUE(append_all(*store, events, 50));
    const auto reader = store->reader().value();
    const std::string before = figures(*reader, events.back().at);
    const auto expected = reader->past_amounts(half()).value();
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

    const auto again = reader->past_amounts(half()).value();
    EXPECT_EQ(again.calls_go, 0);
    EXPECT_EQ(again.calls_stay, expected.calls_stay);
}

// Every number is still the length of its list: what is left of their own figures is what is left
// of their calls.
TEST_F(ForgottenPast, LeavesNoRowWithoutItsCall) {
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
        << "calls of the queue that others took";
}

TEST_F(ForgottenPast, IsEmptyWhenAllGoes) {
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
TEST_F(ForgottenPast, AgreesWithAFoldAfresh) {
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

// Names of trunks are people's; a call over another line that met nobody of them stays.
TEST_F(ForgottenPast, KnowsOtherLines) {
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
    core::Past past = half();
    past.trunks = {"loopback", "o'l'd"};
    events.push_back({++seq, at, core::PastForgotten{past}});
    const auto store = opened(directory_ / "data");
    ASSERT_TRUE(append_all(*store, events));
    const auto reader = store->reader().value();
    EXPECT_EQ(count(*reader, Model::calls), 1);
    EXPECT_EQ(count(*reader, Model::calls, "mine"), 1);
}

}  // namespace
}  // namespace linka::store
