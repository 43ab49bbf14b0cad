// What public clients of the v6 API stumble over: shapes and details that no grammar says.
#include "linka/api/testing/rig.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(Clients, get_only_the_fields_that_they_ask_for) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string path : {"users/frantisek", "queues/6001", "sipDevices/330"}) {
        const Answer answer = rig.get("/api/v6/" + path + "?fields[0]=name&fields[1]=title", admin);
        EXPECT_EQ(answer.json().at("result").as_object().size(), 2U) << answer.body;
    }
}

// Goal: strictly typed clients read users. Null stands for a dictionary that there is none of, and
// for what is not known of a nested user.
TEST(Clients, read_users_with_strict_types) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const json::Value user = rig.get("/api/v6/users/frantisek", admin).json().at("result");
    EXPECT_TRUE(user.at("options").is_null());
    EXPECT_TRUE(user.at("role").at("options").is_null());
    EXPECT_TRUE(user.at("profile").at("options").is_null());
    for (const std::string_view field :
         {"deleteMissedActivity", "monitoringModes", "gptFunctions", "askForAssistance",
          "customViews", "customSocialMediaViews", "oneTimePassword", "passwordReset"}) {
        EXPECT_TRUE(user.at("profile").as_object().contains(field)) << field;
    }
    EXPECT_TRUE(user.at("role").as_object().contains("gpt_custom_prompts"));
}

TEST(Clients, find_people_by_capital_letters_with_accents) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.put("/api/v6/users/frantisek", admin, R"({"title":"František Dvořák"})").status,
              200);
    // %FRANTIŠEK%
    const Answer found = rig.get(
        "/api/v6/users?filter[field]=title&filter[operator]=like"
        "&filter[value]=%25FRANTI%C5%A0EK%25",
        admin);
    EXPECT_EQ(text_at(found.json(), {"result", "total"}), "1") << found.body;
}

TEST(Clients, find_names_with_blanks_written_as_forms_do) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, R"({"name":"a b","title":"A"})").status, 201);
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, R"({"name":"c+d","title":"C"})").status, 201);
    EXPECT_EQ(rig.get("/api/v6/statuses/a+b.json", admin).status, 200);
    EXPECT_EQ(rig.get("/api/v6/statuses/c+d.json", admin).status, 200);
    EXPECT_EQ(rig.get("/api/v6/statuses/a%20c.json", admin).status, 404);
}

TEST(Clients, are_told_what_is_not_there) {
    Rig rig;
    const Answer answer = rig.request("GET", "/internal/globalsettings.json");
    EXPECT_EQ(answer.status, 404);
    EXPECT_TRUE(answer.json().as_object().contains("error"));
}

// Goal: fields of the model that are the same in every row can be compared and sorted by.
TEST(Clients, filter_and_sort_by_every_field_of_a_model) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string field :
         {"focus_time", "focus_disruptions", "survey", "anonymized", "customFields", "options",
          "type", "priority", "contact", "important", "created_by", "duration", "time"}) {
        const std::string base = "/api/v6/activities?";
        EXPECT_EQ(rig.get(base + "filter[0][field]=" + field + "&filter[0][operator]=isnull", admin)
                      .status,
                  200)
            << field;
        EXPECT_EQ(rig.get(base + "sort[0][field]=" + field + "&sort[0][dir]=desc", admin).status,
                  200)
            << field;
    }
    for (const std::string field : {"missed_call", "missed_call_time", "missed_callback", "options",
                                    "duration", "answered", "call_time"}) {
        const std::string base = "/api/v6/activitiesCall?";
        EXPECT_EQ(rig.get(base + "filter[0][field]=" + field + "&filter[0][operator]=isnull", admin)
                      .status,
                  200)
            << field;
        EXPECT_EQ(rig.get(base + "sort[0][field]=" + field, admin).status, 200) << field;
    }
}

// Somebody waits in 6001.
void let_somebody_wait(Rig& rig) {
    core::Route route;
    route.did = "226000002";
    route.destination = {core::DestinationKind::queue, "6001"};
    ASSERT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    rig.live->now(
        core::CallArrived{core::LegId{1}, {}, "loopback", "226000002", "00420601111222", "", {}});
}

// How many rows there are of `model` for which `field` `op` `values`.
std::string count(Rig& rig, const std::string& token, const std::string& model,
                  const std::string& field, const std::string& op,
                  const std::vector<std::string>& values) {
    std::string query = "filter[0][field]=" + field + "&filter[0][operator]=" + op;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::string value = values[i];
        std::replace(value.begin(), value.end(), ' ', '+');
        query += "&filter[0][value]" + (values.size() > 1 ? "[" + std::to_string(i) + "]" : "") +
                 "=" + value;
    }
    const Answer answer = rig.get("/api/v6/" + model + "?" + query, token);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return text_at(answer.json(), {"result", "total"});
}

// Goal: what is shown is what is compared with. Times and durations are kept to the microsecond and
// shown to the second: a row's own time finds it, and nothing after it does.
TEST(Clients, compare_times_and_durations_as_they_are_shown) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    let_somebody_wait(rig);
    for (const auto& [model, field] :
         {std::pair("activities", "time"), std::pair("activitiesCall", "call_time")}) {
        const json::Value list = rig.get(std::string("/api/v6/") + model, admin).json();
        const std::string time = text_at(list.at("result").at("data").as_array().at(0), {field});
        for (const auto& [op, rows] :
             {std::pair("eq", "1"), std::pair("gte", "1"), std::pair("lte", "1"),
              std::pair("gt", "0"), std::pair("lt", "0"), std::pair("neq", "0"),
              std::pair("in", "1"), std::pair("notin", "0")}) {
            EXPECT_EQ(count(rig, admin, model, field, op, {time}), rows) << model << op;
        }
        EXPECT_EQ(count(rig, admin, model, field, "like", {time.substr(0, 10)}), "1");
        EXPECT_EQ(count(rig, admin, model, field, "between", {"2026-01-01", time}), "1");
    }
    for (const auto& [op, rows] : {std::pair("eq", "1"), std::pair("gt", "0"),
                                   std::pair("gte", "1"), std::pair("lte", "1")}) {
        EXPECT_EQ(count(rig, admin, "activitiesCall", "duration", op, {"0"}), rows) << op;
    }
    EXPECT_EQ(count(rig, admin, "activitiesCall", "answered", "in", {"0", "1"}), "1");
    EXPECT_EQ(count(rig, admin, "activitiesCall", "answered", "eq", {"1"}), "0");
    EXPECT_EQ(count(rig, admin, "activities", "created_by", "eq", {"jan"}), "0");
}

TEST(Clients, ask_for_attachments_and_contacts_of_calls) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    let_somebody_wait(rig);
    const json::Value list = rig.get("/api/v6/activities", admin).json();
    const json::Value& activity = list.at("result").at("data").as_array().at(0);
    const Answer files =
        rig.get("/api/v6/activities/" + text_at(activity, {"name"}) + "/attachments.json", admin);
    EXPECT_EQ(files.status, 200);
    EXPECT_EQ(text_at(files.json(), {"result", "total"}), "0");
    const std::string call = "/api/v6/activitiesCall/" + text_at(activity, {"item", "id_call"});
    EXPECT_EQ(rig.put(call, admin, R"({"contact":null})").status, 200);
    EXPECT_EQ(rig.put(call, admin, R"({"contact":"x"})").status, 400);
    EXPECT_EQ(rig.put(call, rig.sign_in("petr"), R"({"contact":null})").status, 404);
}

}  // namespace
}  // namespace linka::api::testing
