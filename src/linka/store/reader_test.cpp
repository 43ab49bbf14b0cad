#include "linka/store/reader.hpp"

#include "linka/base/json_read.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <set>

#include <gtest/gtest.h>

namespace linka::store {
namespace {

Filter compare(std::string field, Operator op, std::vector<std::string> values = {},
               bool ignore_case = false) {
    Filter filter;
    filter.kind = Filter::Kind::compare;
    filter.field = std::move(field);
    filter.op = op;
    filter.values = std::move(values);
    filter.ignore_case = ignore_case;
    return filter;
}

Query where(Filter filter) {
    Query query;
    query.take = 1000;
    query.filter = std::move(filter);
    return query;
}

// One store for all: nothing here writes.
class Lists : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        directory_ = std::make_unique<TestDirectory>();
        store_ = Store::open({.directory = *directory_ / "data",
                              .database = place(*directory_ / "data").database,
                              .sync = false,
                              .clock = {}})
                     .value();
        std::vector<core::Record> events = event_stream({.calls = 120});
        core::Record removed{static_cast<std::int64_t>(events.size()) + 1, events.back().at,
                             core::UserRemoved{core::UserId{2}}};
        events.push_back(removed);
        ASSERT_TRUE(append_all(*store_, events, 100));
        reader_ = store_->reader().value();
    }
    static void TearDownTestSuite() {
        reader_.reset();
        store_.reset();
        directory_.reset();
    }

    static std::vector<json::Object> rows(Model model, const Query& query) {
        std::vector<json::Object> objects;
        const Result<Page> page = reader_->list(model, query);
        EXPECT_TRUE(page.ok()) << (page.ok() ? "" : page.error().text);
        if (page.ok()) {
            EXPECT_TRUE(!query.count || query.take < 1000 ||
                        page->total == static_cast<std::int64_t>(page->rows.size()));
            for (const std::string& row : page->rows) {
                objects.push_back(json::parse(row)->as_object());
            }
        }
        return objects;
    }
    static std::size_t count(Model model, Filter filter) {
        return rows(model, where(std::move(filter))).size();
    }

    static std::unique_ptr<TestDirectory> directory_;
    static std::unique_ptr<Store> store_;
    static std::unique_ptr<Reader> reader_;
};
std::unique_ptr<TestDirectory> Lists::directory_;
std::unique_ptr<Store> Lists::store_;
std::unique_ptr<Reader> Lists::reader_;

TEST_F(Lists, RowsAreTheColumnsOfTheModel) {
    const auto all = rows(Model::interactions, where({}));
    ASSERT_GT(all.size(), 50U);
    for (const std::string& field : reader_->fields(Model::interactions)) {
        EXPECT_TRUE(all[0].contains(field)) << field;
    }
    EXPECT_TRUE(all[0].at("entered").is_int64());
    EXPECT_TRUE(all[0].at("re_entry").is_bool());
    EXPECT_TRUE(all[0].at("result").is_string());
    EXPECT_TRUE(rows(Model::activities, where({}))[0].at("statuses").is_array());
}

TEST_F(Lists, EveryModelAnswers) {
    for (int i = 0; i <= static_cast<int>(Model::states); ++i) {
        const auto model = static_cast<Model>(i);
        EXPECT_TRUE(reader_->list(model, {}).ok()) << i;
        EXPECT_FALSE(reader_->fields(model).empty()) << i;
    }
}

TEST_F(Lists, RecordsAreAsTheyWereSaved) {
    const auto users = rows(Model::users, where({}));
    ASSERT_EQ(users.size(), 5U);  // six, one removed
    EXPECT_EQ(users[0].at("id").as_int64(), 1);
    EXPECT_TRUE(users[0].contains("devices"));
    EXPECT_EQ(users[1].at("id").as_int64(), 3);
    EXPECT_EQ(count(Model::users, compare("removed", Operator::eq, {"true"})), 1U);
    EXPECT_EQ(count(Model::users, compare("removed", Operator::in, {"true", "false"})), 6U);
}

// Goal: every operator means what it says. Method: the list against a count over all rows.
TEST_F(Lists, OperatorsSelectWhatTheyName) {
    const auto all = rows(Model::interactions, where({}));
    const auto counted = [&](auto&& test) {
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), test));
    };
    const auto wait = [](const json::Object& row) { return row.at("wait").as_int64(); };
    const auto text = [](const json::Object& row, const char* field) {
        return std::string(row.at(field).as_string());
    };
    const std::string ten = "10000000";
    const auto by = [&](const char* field, Operator op, std::vector<std::string> values) {
        return count(Model::interactions, compare(field, op, std::move(values)));
    };
    EXPECT_EQ(by("wait", Operator::lt, {ten}),
              counted([&](auto& r) { return wait(r) < 10'000'000; }));
    EXPECT_EQ(by("wait", Operator::gte, {ten}),
              counted([&](auto& r) { return wait(r) >= 10'000'000; }));
    EXPECT_EQ(by("wait", Operator::between, {"5000000", ten}),
              counted([&](auto& r) { return wait(r) >= 5'000'000 && wait(r) <= 10'000'000; }));
    EXPECT_EQ(by("result", Operator::eq, {"answered"}),
              counted([&](auto& r) { return text(r, "result") == "answered"; }));
    EXPECT_EQ(by("result", Operator::neq, {"answered"}),
              counted([&](auto& r) { return text(r, "result") != "answered"; }));
    EXPECT_EQ(by("result", Operator::in, {"abandoned", "busy"}), counted([&](auto& r) {
                  return text(r, "result") == "abandoned" || text(r, "result") == "busy";
              }));
    EXPECT_EQ(by("result", Operator::notin, {"abandoned", "busy"}), counted([&](auto& r) {
                  return text(r, "result") != "abandoned" && text(r, "result") != "busy";
              }));
    EXPECT_EQ(by("result", Operator::in, {}), 0U);
    EXPECT_EQ(by("answered", Operator::isnull, {}),
              counted([&](auto& r) { return r.at("answered").as_int64() == 0; }));
    EXPECT_EQ(by("answered", Operator::isnotnull, {}),
              counted([&](auto& r) { return r.at("answered").as_int64() != 0; }));
    EXPECT_EQ(by("answered", Operator::lt, {"9000000000000000"}),
              by("answered", Operator::isnotnull, {}));  // "not yet" is not early
    EXPECT_EQ(by("ended_by", Operator::isnull, {}),
              counted([&](auto& r) { return text(r, "ended_by").empty(); }));
    EXPECT_EQ(by("number", Operator::startswith, {"00420"}),
              counted([&](auto& r) { return text(r, "number").starts_with("00420"); }));
    EXPECT_EQ(by("number", Operator::doesnotstartwith, {"00420"}),
              counted([&](auto& r) { return !text(r, "number").starts_with("00420"); }));
    EXPECT_EQ(by("caller", Operator::endswith, {"7"}),
              counted([&](auto& r) { return text(r, "caller").ends_with("7"); }));
    EXPECT_EQ(by("caller", Operator::like, {"4207771"}), counted([&](auto& r) {
                  return text(r, "caller").find("4207771") != std::string::npos;
              }));
    EXPECT_EQ(by("caller", Operator::like, {"%7"}), by("caller", Operator::endswith, {"7"}));
    EXPECT_EQ(by("re_entry", Operator::eq, {"true"}),
              counted([&](auto& r) { return r.at("re_entry").as_bool(); }));
    EXPECT_EQ(by("queue", Operator::contains, {"600"}),
              counted([&](auto& r) { return r.at("queue").as_int64() != 0; }));
}

TEST_F(Lists, TextIsComparedWithoutCaseWhereItSays) {
    const auto users = [&](Operator op, const char* value, bool ignore_case = false) {
        return count(Model::users, compare("title", op, {value}, ignore_case));
    };
    EXPECT_EQ(users(Operator::like, "ŽOFIE"), 5U);
    EXPECT_EQ(users(Operator::contains, "žofie 3"), 1U);
    EXPECT_EQ(users(Operator::eq, "žofie 3"), 0U);
    EXPECT_EQ(users(Operator::eq, "žofie 3", true), 1U);
    EXPECT_EQ(users(Operator::contains, "%"), 0U);  // stands for itself
    EXPECT_EQ(users(Operator::contains, "_"), 0U);
    EXPECT_EQ(users(Operator::contains, "' OR 1=1 --"), 0U);
}

TEST_F(Lists, GroupsCombine) {
    Filter any;
    any.kind = Filter::Kind::any_of;
    any.parts = {compare("id", Operator::eq, {"1"}), compare("id", Operator::eq, {"3"})};
    EXPECT_EQ(count(Model::users, any), 2U);
    Filter all;
    all.parts = {any, compare("id", Operator::gt, {"1"})};
    EXPECT_EQ(count(Model::users, all), 1U);
}

// Goal: calls are found by what people wrote about them. Method: the list against the activities.
TEST_F(Lists, CallsAreFoundByTheirWork) {
    std::set<std::int64_t> noted;
    for (const json::Object& row : rows(Model::activities, where({}))) {
        if (row.at("user").as_int64() == 1) {
            noted.insert(row.at("interaction").as_int64());
        }
    }
    noted.erase(0);
    ASSERT_FALSE(noted.empty());
    EXPECT_EQ(count(Model::interactions, compare("activities.user", Operator::eq, {"1"})),
              noted.size());
    EXPECT_EQ(count(Model::interactions, compare("activities.note", Operator::contains, {"' OR"})),
              0U);
    for (const char* field : {"activities.nonsense", "activities.", "offers.user", ".note"}) {
        const auto page =
            reader_->list(Model::interactions, where(compare(field, Operator::eq, {"1"})));
        ASSERT_FALSE(page.ok()) << field;
        EXPECT_EQ(page.error().code, ErrorCode::invalid);
    }
}

TEST_F(Lists, RefusesUnknownFieldsByName) {
    for (const char* field :
         {"customFields.colour", "user.name", "nonsense", "", "id; DROP TABLE"}) {
        const auto page =
            reader_->list(Model::activities, where(compare(field, Operator::eq, {"1"})));
        ASSERT_FALSE(page.ok()) << field;
        EXPECT_EQ(page.error().code, ErrorCode::invalid);
        EXPECT_EQ(page.error().field, field);
        Query query;
        query.sort = {{field, false}};
        EXPECT_FALSE(reader_->list(Model::activities, query).ok());
    }
    for (const Filter& bad :
         {compare("wait", Operator::eq, {"soon"}), compare("wait", Operator::eq, {}),
          compare("re_entry", Operator::eq, {"perhaps"}),
          compare("wait", Operator::between, {"1"})}) {
        const auto page = reader_->list(Model::interactions, where(bad));
        ASSERT_FALSE(page.ok());
        EXPECT_EQ(page.error().field, bad.field);
    }
}

TEST_F(Lists, PagesFitTogetherInAnyOrder) {
    for (const bool descending : {false, true}) {
        std::vector<std::int64_t> paged;
        std::int64_t total = 0;
        do {
            Query query;
            query.sort = {{"queue", descending}, {"result", !descending}};
            query.skip = static_cast<std::int64_t>(paged.size());
            query.take = 7;
            const auto page = reader_->list(Model::interactions, query);
            total = page->total;
            for (const std::string& row : page->rows) {
                paged.push_back(json::parse(row)->at("id").as_int64());
            }
        } while (static_cast<std::int64_t>(paged.size()) < total);
        EXPECT_EQ(std::set<std::int64_t>(paged.begin(), paged.end()).size(), paged.size());
    }
    const auto newest = rows(Model::interactions, where({}));
    EXPECT_TRUE(std::is_sorted(newest.begin(), newest.end(), [](auto& a, auto& b) {
        return a.at("entered").as_int64() > b.at("entered").as_int64();
    }));
}

TEST_F(Lists, SearchFindsEachWordSomewhere) {
    const auto found = [&](const char* words) {
        Query query;
        query.search = words;
        query.take = 1000;
        return rows(Model::users, query).size();
    };
    EXPECT_EQ(found("žof"), 5U);
    EXPECT_EQ(found("ŽOF 512"), 1U);  // title and extension
    EXPECT_EQ(found("žof nobody"), 0U);
    EXPECT_EQ(found("  "), 5U);
    EXPECT_EQ(found("%"), 0U);
}

TEST_F(Lists, EventsAboutAnInteraction) {
    const auto answered =
        rows(Model::interactions, where(compare("attempts", Operator::gte, {"2"})));
    ASSERT_FALSE(answered.empty());
    const core::InteractionId id{answered[0].at("id").as_int64()};
    const auto events = reader_->events_about(id, 100);
    ASSERT_TRUE(events.ok()) << events.error().text;
    EXPECT_TRUE(std::holds_alternative<core::InteractionStarted>(events->front().event));
    std::size_t offers = 0;
    std::size_t decisions = 0;
    for (const core::Record& record : *events) {
        offers += std::holds_alternative<core::OfferStarted>(record.event) ? 1 : 0;
        decisions += std::holds_alternative<core::Decided>(record.event) ? 1 : 0;
    }
    EXPECT_EQ(static_cast<std::int64_t>(offers), answered[0].at("attempts").as_int64());
    EXPECT_EQ(decisions, offers);
    EXPECT_EQ(reader_->events_about(id, 2)->size(), 2U);
    EXPECT_TRUE(reader_->events_about(core::InteractionId{999'999}, 9)->empty());
}

}  // namespace
}  // namespace linka::store
