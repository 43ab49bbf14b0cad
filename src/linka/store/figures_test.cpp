// Goal: figures obey the rules of the statistics, and each is the length of the list that it says
// it counts. Method: a made-up day, recounted from its events in another, slower way.
#include "linka/base/json_read.hpp"
#include "linka/stats/interval.hpp"
#include "linka/stats/lists.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <set>

#include <gtest/gtest.h>

namespace linka::store {
namespace {

constexpr Instant day_start = Instant{1'700'000'000'000'000};

class Figures : public testing::Test {
  protected:
    // `cut`: how much of the stream has happened, in percent.
    void write(int cut, std::uint64_t seed = 3) {
        events_ = event_stream({.seed = seed, .calls = 300, .users = 8});
        events_.resize(events_.size() * static_cast<std::size_t>(cut) / 100);
        now_ = events_.back().at;
        directory_ = std::make_unique<TestDirectory>();
        store_ = Store::open({.directory = *directory_ / "data",
                              .database = place(*directory_ / "data").database,
                              .sync = false,
                              .clock = [this] { return now_; }})
                     .value();
        ASSERT_TRUE(append_all(*store_, events_, 40));
        reader_ = store_->reader().value();
        from_ = stats::interval_of(day_start);
        to_ = stats::interval_of(now_) + stats::interval_length;
    }
    void TearDown() override {
        reader_.reset();
        store_.reset();
    }

    [[nodiscard]] json::Array queues(Duration step = 15min) {
        return json::parse(reader_->queue_figures(from_, to_, step, {}).value())->as_array();
    }
    [[nodiscard]] json::Array users(Duration step = 15min) {
        return json::parse(reader_->user_figures(from_, to_, step, {}).value())->as_array();
    }
    std::int64_t length(const stats::ListFilter& list) {
        Query query;
        query.filter = to_filter(list);
        query.take = 1;
        const Model model = list.model == "interactions" ? Model::interactions
                            : list.model == "offers"     ? Model::offers
                                                         : Model::activities;
        const auto page = reader_->list(model, query);
        EXPECT_TRUE(page.ok()) << page.error().text;
        return page->total;
    }
    template <typename Owner>
    void every_number_is_a_list(const json::Array& rows, const char* owner, int least) {
        int lists = 0;
        for (const json::Value& row : rows) {
            const Owner id{row.at(owner).as_int64()};
            const Instant at{row.at("at").as_int64()};
            const Instant until{row.at("until").as_int64()};
            for (const auto& [name, value] : row.as_object()) {
                const auto list = stats::list_behind(std::string_view(name), id, at, until);
                if (list) {
                    ++lists;
                    EXPECT_EQ(length(*list), value.as_int64()) << name;
                }
            }
        }
        EXPECT_GE(lists, least * static_cast<int>(rows.size()));
        EXPECT_GT(rows.size(), 4U);
    }

    std::unique_ptr<TestDirectory> directory_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Reader> reader_;
    std::vector<core::Record> events_;
    Instant now_;
    Instant from_;
    Instant to_;
};

std::int64_t number(const json::Value& row, std::string_view name) {
    return row.at(name).as_int64();
}

TEST_F(Figures, QueuesReconcile) {
    for (const int cut : {40, 75, 100}) {
        write(cut);
        std::map<std::int64_t, std::int64_t> entered;
        for (const core::Record& record : events_) {
            if (const auto* started = std::get_if<core::InteractionStarted>(&record.event)) {
                entered[started->queue.value] += started->queue ? 1 : 0;
            }
        }
        entered.erase(0);
        std::map<std::int64_t, std::int64_t> total;
        for (const json::Value& row : queues()) {
            const std::int64_t unanswered =
                number(row, "abandoned") + number(row, "timed_out") + number(row, "left_by_key") +
                number(row, "left_empty") + number(row, "refused_full") +
                number(row, "refused_empty") + number(row, "refused_closed") +
                number(row, "closed") + number(row, "busy") + number(row, "no_answer") +
                number(row, "cancelled") + number(row, "failed");
            EXPECT_EQ(number(row, "unanswered"), unanswered);
            EXPECT_EQ(number(row, "total"),
                      number(row, "answered") + unanswered + number(row, "waiting"));
            total[number(row, "queue")] += number(row, "total");
        }
        EXPECT_EQ(total, entered);
        TearDown();
    }
}

TEST_F(Figures, EveryQueueNumberIsTheLengthOfItsList) {
    write(80);
    every_number_is_a_list<core::QueueId>(queues(), "queue", 19);
}

TEST_F(Figures, EveryUserNumberIsTheLengthOfItsList) {
    write(80);
    every_number_is_a_list<core::UserId>(users(), "user", 10);
}

TEST_F(Figures, WideStepsAreTheSumsOfNarrowOnes) {
    write(100);
    const std::set<std::string> not_additive{
        "at",          "until",        "wait_max",  "asa",   "aht", "service_level",
        "answer_rate", "abandon_rate", "occupancy", "pauses"};
    const auto sums = [&](const json::Array& rows, const char* owner) {
        std::map<std::pair<std::int64_t, std::string>, std::int64_t> sum;
        for (const json::Value& row : rows) {
            for (const auto& [name, value] : row.as_object()) {
                if (!not_additive.contains(std::string(name)) && name != owner) {
                    sum[{row.at(owner).as_int64(), std::string(name)}] += value.as_int64();
                }
            }
        }
        return sum;
    };
    EXPECT_EQ(sums(queues(15min), "queue"), sums(queues(1h), "queue"));
    EXPECT_EQ(sums(queues(15min), "queue"), sums(queues({}), "queue"));
    EXPECT_EQ(sums(users(15min), "user"), sums(users(6h), "user"));
    EXPECT_EQ(queues({}).size(), 3U);
}

// The same times, from the events alone, microsecond by microsecond of each stretch.
TEST_F(Figures, UserTimesAddUpToTheTimeLoggedIn) {
    write(85);
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> expected;
    std::map<std::int64_t, std::pair<std::string, Instant>> current;
    const auto close = [&](std::int64_t user, Instant at) {
        const auto& [state, since] = current[user];
        if (!state.empty() && state != "logged_out") {
            expected[{user, state}] += (at - since).count();
        }
    };
    for (const core::Record& record : events_) {
        if (const auto* change = std::get_if<core::UserStateChanged>(&record.event)) {
            close(change->user.value, record.at);
            current[change->user.value] = {std::string(name_of(change->state)), record.at};
        }
    }
    for (const auto& [user, state] : std::map(current)) {
        close(user, now_);
    }
    const std::map<std::string, std::vector<std::string>> columns{
        {"idle", {"idle_time"}},
        {"ringing", {"ringing_time"}},
        {"talking", {"talking_time"}},
        {"hold", {"hold_time"}},
        {"working", {"working_time"}},
        {"wrap", {"wrap_time"}},
        {"paused", {"paused_paid_time", "paused_unpaid_time"}},
        {"not_ready", {"not_ready_time"}}};
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> found;
    for (const json::Value& row : users()) {
        std::int64_t states = 0;
        std::int64_t pauses = 0;
        for (const auto& [state, names] : columns) {
            for (const std::string& name : names) {
                states += number(row, name);
                if (number(row, name) != 0) {
                    found[{number(row, "user"), state}] += number(row, name);
                }
            }
        }
        for (const json::Value& pause : row.at("pauses").as_array()) {
            pauses += number(pause, "time");
        }
        EXPECT_EQ(states, number(row, "logged_in_time"));
        EXPECT_EQ(pauses, number(row, "wrap_time") + number(row, "paused_paid_time") +
                              number(row, "paused_unpaid_time"));
        const Instant at{number(row, "at")};
        const Instant until{std::min(number(row, "until"), now_.us)};
        EXPECT_LE(states, (until - at).count());
        if (at > day_start + 1s) {  // logged in all the time
            EXPECT_EQ(states, (until - at).count());
        }
    }
    EXPECT_EQ(found, expected);
}

TEST_F(Figures, BackOfficeUsersAreInNone) {
    write(100);
    for (const json::Value& row : users()) {
        EXPECT_NE(number(row, "user"), 8);
    }
    Query query;
    query.filter.kind = Filter::Kind::compare;
    query.filter.field = "user";
    query.filter.values = {"8"};
    EXPECT_GT(reader_->list(Model::offers, query)->total, 0);  // but in the lists
    EXPECT_GT(reader_->list(Model::activities, query)->total, 0);
}

TEST_F(Figures, RefusesSpansThatCannotBe) {
    write(10);
    const auto code = [&](Instant from, Instant to, Duration step) {
        return reader_->queue_figures(from, to, step, {}).error().code;
    };
    EXPECT_EQ(code(from_ + 1s, to_, 15min), ErrorCode::invalid);
    EXPECT_EQ(code(from_, from_, 15min), ErrorCode::invalid);
    EXPECT_EQ(code(from_, to_, 10min), ErrorCode::invalid);
    EXPECT_EQ(code(from_, to_, -15min), ErrorCode::invalid);
    EXPECT_EQ(code(from_, from_ + 24h * 365 * 10, 15min), ErrorCode::full);
    EXPECT_TRUE(reader_->queue_figures(from_, to_ - 1s, 15min, {core::QueueId{6001}}).ok());
}

}  // namespace
}  // namespace linka::store
