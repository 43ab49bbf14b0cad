// Lists that are asked for in a shape that is none: said, not dropped.
#include "linka/api/v6/list_query.hpp"

#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

// Goal: JSON as the value of a parameter means what the brackets mean.
TEST(ListQuery, takes_json_as_a_value) {
    const auto leaf = v6::parse_list({{"filter", R"( {"field":"name","value":"jan"})"}});
    ASSERT_TRUE(leaf.ok());
    EXPECT_EQ(leaf->query.filter.kind, store::Filter::Kind::compare);
    EXPECT_EQ(leaf->query.filter.values, std::vector<std::string>{"jan"});
    const auto list =
        v6::parse_list({{"filter", R"([{"field":"a","operator":"in","value":[1,2]}])"},
                        {"sort", R"([{"field":"b","dir":"desc"}])"},
                        {"fields", R"(["name","title"])"}});
    ASSERT_TRUE(list.ok());
    ASSERT_EQ(list->query.filter.parts.size(), 1U);
    EXPECT_EQ(list->query.filter.parts[0].values, (std::vector<std::string>{"1", "2"}));
    ASSERT_EQ(list->query.sort.size(), 1U);
    EXPECT_TRUE(list->query.sort[0].descending);
    EXPECT_EQ(list->fields, (std::vector<std::string>{"name", "title"}));
}

TEST(ListQuery, refuses_other_shapes_by_name) {
    const auto fault = [](const Pairs& pairs) {
        const auto list = v6::parse_list(pairs);
        return list ? std::string("(none)") : list.error().field;
    };
    for (const char* filter : {"[", "1", "nope", "{", "[1]", R"({"name":"jan"})", "[]x", "=]=["}) {
        EXPECT_EQ(fault({{"filter", filter}}), "filter") << filter;
    }
    for (const char* sort : {"nope", "-name", "[", R"({"name":"asc"})", "[1]", "[[]]"}) {
        EXPECT_EQ(fault({{"sort", sort}}), "sort") << sort;
    }
    EXPECT_EQ(fault({{"filter[name]", "jan"}}), "filter");
    EXPECT_EQ(fault({{"filter[filters]", "jan"}}), "filter");
    EXPECT_EQ(fault({{"sort[name]", "asc"}}), "sort");
    EXPECT_EQ(fault({{"fields", "["}}), "fields");
    // What means nothing, and the condition that a client is known to send.
    for (const char* filter : {"", "[]", "{}", "[null]", "edited[gte]=2026-01-01"}) {
        EXPECT_EQ(fault({{"filter", filter}}), "(none)") << filter;
    }
    EXPECT_EQ(fault({{"sort", ""}, {"fields", ""}}), "(none)");
    EXPECT_EQ(fault({{"sort", "[]"}, {"fields", "[]"}}), "(none)");
}

// Goal: a word that is none of those that there are means nothing by chance.
TEST(ListQuery, refuses_unknown_words_by_name) {
    const auto said = [](const Pairs& pairs) {
        const auto list = v6::parse_list(pairs);
        return list ? std::string("(none)") : list.error().field + ": " + list.error().text;
    };
    const auto sorted = [&](const char* dir) {
        return said({{"sort[0][field]", "name"}, {"sort[0][dir]", dir}});
    };
    const auto joined = [&](const char* logic) {
        return said({{"filter[logic]", logic}, {"filter[filters][0][field]", "name"}});
    };
    EXPECT_EQ(sorted("descending"), "sort: unknown dir 'descending': asc, desc");
    EXPECT_EQ(joined("xor"), "filter: unknown logic 'xor': and, or");
    EXPECT_EQ(said({{"filter", R"({"logic":["or"],"filters":[]})"}}),
              R"(filter: unknown logic '["or"]': and, or)");
    EXPECT_EQ(said({{"filter[field]", "name"}, {"filter[ignoreCase]", "maybe"}}),
              "filter: ignoreCase is true or false, not 'maybe'");
    EXPECT_EQ(said({{"total", "maybe"}}), "total: total is true or false, not 'maybe'");
    for (const char* dir : {"", "asc", "DESC"}) {
        EXPECT_EQ(sorted(dir), "(none)") << dir;
    }
    for (const char* logic : {"", "and", "OR"}) {
        EXPECT_EQ(joined(logic), "(none)") << logic;
    }
    EXPECT_EQ(said({{"filter", R"({"field":"name","ignoreCase":true})"}, {"total", "0"}}),
              "(none)");
}

// Goal: what is too much is refused, by name, as a mistake that no second try mends.
TEST(ListQuery, cuts_nothing_off) {
    const auto fault = [](const Pairs& pairs) {
        const auto list = v6::parse_list(pairs);
        return list ? std::string("(none)")
                    : list.error().field + (list.error().code == ErrorCode::invalid ? "" : "?");
    };
    Pairs sort;
    std::string fields;
    for (int i = 0; i < 201; ++i) {
        fields += "f" + std::to_string(i) + ",";
        if (i < 9) {
            sort.emplace_back("sort[" + std::to_string(i) + "][field]", "name");
        }
    }
    EXPECT_EQ(fault(sort), "sort");
    sort.pop_back();
    EXPECT_EQ(fault(sort), "(none)");
    EXPECT_EQ(fault({{"fields", fields}}), "fields");
    EXPECT_EQ(fault({{"fields", "a.b.c.d.e.f.g.h.i"}}), "fields");
    std::string nested = R"({"field":"a"})";
    for (int i = 0; i < 9; ++i) {
        nested = R"({"filters":[)" + nested + "]}";
    }
    EXPECT_EQ(fault({{"filter", nested}}), "filter");
}

TEST(ListQuery, gives_the_number_alone_for_a_take_of_none) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.put("/api/v6/users/frantisek", admin, R"({"title":"F"})").status, 200);
    for (const char* model : {"users", "auditLog"}) {
        const auto asked = [&](const std::string& take) {
            return rig.get(std::string("/api/v6/") + model + "?take=" + take, admin)
                .json()
                .at("result");
        };
        EXPECT_EQ(asked("0").at("data").as_array().size(), 0U) << model;
        EXPECT_EQ(asked("0").at("total"), asked("1").at("total")) << model;
        EXPECT_EQ(asked("1").at("data").as_array().size(), 1U) << model;
    }
}

// Goal: a path leads to a field that there is, or nowhere; to no secret, by whichever way.
TEST(ListQuery, follows_paths_to_fields_that_there_are) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const auto said = [&](const std::string& model, const std::string& query) {
        const Answer answer = rig.get("/api/v6/" + model + "?" + query, admin);
        return answer.status == 200 ? "ok" : text_at(answer.json(), {"error", "form"});
    };
    for (const auto& [model, path] :
         std::vector<std::pair<std::string, std::string>>{{"activities", "user.zzz"},
                                                          {"activities", "user.password"},
                                                          {"activities", "queue.options.zzz"},
                                                          {"activities", "created_by.role.zzz"},
                                                          {"activities", "action.name"},
                                                          {"activitiesCall", "id_agent.password"},
                                                          {"auditLog", "user.password"},
                                                          {"realtimeSessions", "id_agent.password"},
                                                          {"users", "password"},
                                                          {"users", "role.zzz"},
                                                          {"users", "title.zzz"},
                                                          {"sipDevices", "password"},
                                                          {"sipDevices", "secret"}}) {
        EXPECT_EQ(said(model, "fields=" + path), R"({"fields":"unknown field ')" + path + R"('"})");
        EXPECT_EQ(said(model, "sort[0][field]=" + path),
                  R"({"sort":"unknown field ')" + path + R"('"})");
        EXPECT_EQ(said(model, "filter[0][field]=" + path + "&filter[0][value]=x"),
                  R"({"filter":"unknown field ')" + path + R"('"})");
    }
    for (const auto& [model, path] : std::vector<std::pair<std::string, std::string>>{
             {"activities", "user.name"},
             {"activities", "user.role.name"},
             {"activities", "queue.options.ringtime"},
             {"activities", "item.id_queue.title"},
             {"activities", "statuses.name"},
             {"activities", "contact.title"},
             {"activitiesCall", "activities.user.title"},
             {"activitiesCall", "cdr.src"},
             {"auditLog", "after.title"},
             {"users", "options.anything"},
             {"users", "profile.title"},
             {"users", "_sys.version"},
             {"queues", "options"},
             {"queues", "options.ringtime"}}) {
        EXPECT_EQ(said(model, "fields=" + path), "ok") << model << " " << path;
    }
    EXPECT_EQ(said("activities", "filter[0][field]=user.title&filter[0][value]=x"), "ok");
    EXPECT_EQ(said("users/frantisek/queues", "fields=name,options.ringtime"), "ok");
    EXPECT_NE(said("users/frantisek/sipDevices", "sort[0][field]=password"), "ok");
}

TEST(ListQuery, keeps_the_comparisons_beside_a_logic) {
    const auto list = v6::parse_list({{"filter[logic]", "or"}, {"filter[0][field]", "a"}});
    ASSERT_TRUE(list.ok());
    EXPECT_EQ(list->query.filter.kind, store::Filter::Kind::any_of);
    EXPECT_EQ(list->query.filter.parts.size(), 1U);
}

// Goal: every member of a row can be asked for, in the list and of one; nothing else can.
TEST(ListQuery, gives_the_fields_that_rows_have) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, R"({"name":"s","title":"S"})").status, 201);
    core::Route route;
    route.did = "226000002";
    route.destination = {core::DestinationKind::queue, "6001"};
    ASSERT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    rig.live->now(core::CallArrivedReport{
        core::LegId{1}, {}, "loopback", "226000002", "00420601111222", "", {}});
    for (const std::string model :
         {"v6/users", "v6/queues", "v6/sipDevices", "v6/pauses", "v6/statuses", "v6/activities",
          "v6/activitiesCall", "live/lists/interactions", "live/lists/activities"}) {
        const std::string address = "/api/" + model;
        const json::Value list = rig.get(address + "?take=1", admin).json();
        const json::Value* result = list.as_object().if_contains("result");
        const json::Value& rows = (result != nullptr ? *result : list).at("data");
        ASSERT_EQ(rows.as_array().size(), 1U) << model;
        std::string all;
        for (const auto& pair : rows.as_array().at(0).as_object()) {
            all += (all.empty() ? "" : ",") + std::string(pair.key());
        }
        for (const auto& [fields, status] :
             {std::pair(all, 200), std::pair(std::string("nope"), 400),
              std::pair(std::string("name,nope.name"), 400)}) {
            EXPECT_EQ(rig.get(address + "?fields=" + fields, admin).status, status)
                << model << " " << fields;
            EXPECT_EQ(rig.get(address + "?skip=9&q=nobody&fields=" + fields, admin).status, status)
                << model << " " << fields;
            if (model.starts_with("v6/")) {
                const std::string one =
                    address + "/" + text_at(rows.as_array().at(0), {"name"}) + "?fields=";
                EXPECT_EQ(rig.get(one + fields, admin).status, status) << one << fields;
            }
        }
    }
    EXPECT_EQ(rig.get("/api/v6/sipDevices/330?fields=password", admin).status, 200);
    EXPECT_EQ(rig.get("/api/live/lists/offers?fields=call,user", admin).status, 200);
    EXPECT_EQ(rig.get("/api/live/lists/offers?fields=nope", admin).status, 400);
    EXPECT_EQ(rig.get("/api/v6/realtimeSessions?fields=nope", admin).status, 400);
    const Answer refused = rig.get("/api/v6/users?sort=-name", admin);
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(text_at(refused.json(), {"error", "form", "sort"}), "") << refused.body;
    // What was written is answered, however its showing is asked for.
    EXPECT_EQ(rig.put("/api/v6/users/frantisek?fields=nope", admin, R"({"title":"F"})").status,
              200);
}

}  // namespace
}  // namespace linka::api::testing
