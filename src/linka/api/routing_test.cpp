// Routing is edited in the sandbox through /api/v6 and goes live through /api/live/routing.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct RoutingApi : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    Answer made(const std::string& model, const std::string& body) {
        Answer answer = rig.post("/api/v6/" + model, admin, body);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer;
    }
    std::string fault(const std::string& model, const std::string& body, std::string_view field) {
        const Answer answer = rig.post("/api/v6/" + model, admin, body);
        EXPECT_EQ(answer.status, 400) << answer.body;
        return text_at(answer.json(), {"error", "form", field});
    }
    json::Value changes() { return rig.get("/api/live/routing/changes", admin).json(); }
    Answer act(const std::string& what) { return rig.post("/api/live/routing/" + what, admin, ""); }
    std::string way(const std::string& body, const std::string& which) {
        const Answer answer = rig.post("/api/live/routing/try", admin, body);
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::string kinds;
        const json::Value said = answer.json();
        for (const json::Value& place : said.at(which).as_array()) {
            kinds += (kinds.empty() ? "" : " ") + text_at(place, {"kind"});
        }
        return kinds;
    }
};

TEST_F(RoutingApi, rules_are_made_in_the_sandbox_and_applied) {
    made("inboundRoutes",
         R"({"name":"line","did":"226999001","destination":{"kind":"queue","value":"6001"}})");
    const json::Value waiting = changes();
    ASSERT_EQ(waiting.at("changes").as_array().size(), 1U);
    const json::Value& change = waiting.at("changes").at(0);
    EXPECT_EQ(text_at(change, {"model"}), "inboundRoutes");
    EXPECT_EQ(text_at(change, {"change"}), "create");
    EXPECT_EQ(text_at(change, {"after", "destination", "value"}), "6001");
    const std::string call = R"({"did":"226999001","clid":"777123456"})";
    EXPECT_EQ(way(call, "way"), "rule queue");
    EXPECT_EQ(way(call, "now"), "no_rule");
    EXPECT_EQ(act("apply").status, 200);
    EXPECT_EQ(way(call, "now"), "rule queue");
    EXPECT_TRUE(changes().at("changes").as_array().empty());
    EXPECT_EQ(text_at(changes(), {"can_undo"}), "true");
    ASSERT_EQ(
        rig.put("/api/v6/inboundRoutes/line", admin, R"({"destination":{"kind":"echo"}})").status,
        200);
    EXPECT_EQ(act("discard").status, 200);
    EXPECT_EQ(text_at(rig.get("/api/v6/inboundRoutes/line", admin).json(),
                      {"result", "destination", "kind"}),
              "queue");
    EXPECT_EQ(act("undo").status, 200);
    EXPECT_EQ(way(call, "now"), "no_rule");
    EXPECT_EQ(rig.get("/api/v6/inboundRoutes/line", admin).status, 404);
}

TEST_F(RoutingApi, what_is_wrong_is_named_at_its_field) {
    const auto route = [&](const std::string& more, std::string_view field) {
        return fault("inboundRoutes", R"({"did":"1")" + more + "}", field);
    };
    EXPECT_NE(route("", "destination"), "(absent)");
    EXPECT_NE(route(R"(,"destination":{"kind":"moon"})", "destination").find("ring_group"),
              std::string::npos);
    EXPECT_NE(route(R"(,"destination":{"kind":"queue","value":"69"})", "destination").find("69"),
              std::string::npos);
    EXPECT_NE(route(R"(,"destination":{"kind":"menu","value":"none"})", "destination").find("none"),
              std::string::npos);
    EXPECT_NE(route(R"(,"destination":{"kind":"echo","more":1})", "destination").find("more"),
              std::string::npos);
    for (const char* none : {"\"echo\"", "{}", "[]", "null", R"({"kind":"none"})"}) {
        EXPECT_NE(route(std::string(R"(,"destination":)") + none, "destination"), "(absent)");
    }
    EXPECT_NE(route(R"(,"destination":{"kind":"queue","value":""})", "destination").find("value"),
              std::string::npos);
    EXPECT_NE(route(R"(,"destination":{"kind":"announcement","value":"../x"})", "destination"),
              "(absent)");
    EXPECT_NE(route(R"(,"destination":{"kind":"echo"},"announcement":"../x")", "announcement"),
              "(absent)");
    EXPECT_NE(route(R"(,"destination":{"kind":"echo"},"language":"../..")", "language"),
              "(absent)");
    EXPECT_NE(route(R"(,"destination":{"kind":"echo"},"clid":"_7[")", "clid"), "(absent)");
    EXPECT_NE(route(R"(,"destination":{"kind":"echo"},"position":10001)", "position").find("10000"),
              std::string::npos);
    EXPECT_NE(route(R"(,"destination":{"kind":"echo"},"bogus":1)", "bogus"), "(absent)");
    const auto group = [&](const std::string& members) {
        return fault("ringGroups", R"({"name":790,"title":"G","members":)" + members + "}",
                     "members");
    };
    EXPECT_NE(group(R"([{"number":"999999","ringtime":20}])").find("999999"), std::string::npos);
    EXPECT_NE(group(R"([{"number":"510","ringtime":4}])").find("300"), std::string::npos);
    EXPECT_NE(group(R"([{"number":"510","more":4}])").find("more"), std::string::npos);
    EXPECT_NE(group("[]"), "(absent)");
    EXPECT_NE(
        fault("ringGroups", R"({"name":6001,"title":"G","members":["510"]})", "name").find("6001"),
        std::string::npos);
}

TEST_F(RoutingApi, a_ring_group_is_led_to_before_it_is_live) {
    made(
        "ringGroups",
        R"({"name":790,"title":"Sklad","strategy":"in_turn","members":["510",{"number":"777123456","ringtime":30}],
             "destination":{"kind":"voicemail","value":"510"}})");
    made("inboundRoutes",
         R"({"did":"226999002","destination":{"kind":"ring_group","value":"790"}})");
    EXPECT_EQ(way(R"({"did":"226999002"})", "way"), "rule ring_group");
    const Answer drawn = rig.get("/api/live/routing/tree?did=226999002", admin);
    EXPECT_EQ(text_at(drawn.json(), {"tree", "to", "title"}), "790 Sklad");
    EXPECT_EQ(text_at(drawn.json().at("tree").at("to").at("exits").at(0), {"to", "kind"}),
              "voicemail");
    const Answer stays =
        rig.request("DELETE", "/api/v6/ringGroups/790", {}, {{"X-AUTH-TOKEN", admin}});
    EXPECT_EQ(stays.status, 409);
    EXPECT_NE(stays.body.find("226999002"), std::string::npos);
    const Answer twice =
        rig.post("/api/v6/ringGroups", admin, R"({"name":790,"title":"X","members":["510"]})");
    EXPECT_EQ(twice.status, 400);
}

// Goal: a time group leads calls one way or another, by the time that is asked for. Method: hours
// in UTC, tried by the wall time of a client in Prague.
TEST_F(RoutingApi, a_time_group_decides_by_the_time) {
    made("timegroups",
         R"({"name":"office","title":"Kancelář","timezone":"UTC","holidays":["CZ"],"rules":[
             {"days":[1,2,3,4,5],"from":"08:00","to":"16:00"},
             {"date":"2026-11-30","closed":true}]})");
    made("inboundRoutes",
         R"({"name":"line","did":"226999005","timegroup":"office",
             "destination":{"kind":"queue","value":"6001"},
             "destination_closed":{"kind":"voicemail","value":""}})");
    const auto at = [&](const std::string& time) {
        const Answer answer = rig.request("POST", "/api/live/routing/try",
                                          R"({"did":"226999005","at":")" + time + "\"}",
                                          {{"X-AUTH-TOKEN", admin},
                                           {"Content-Type", "application/json"},
                                           {"x-timezone-client", "Europe/Prague"}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        const json::Array way = answer.json().at("way").as_array();
        return text_at(way.back(), {"kind"});
    };
    EXPECT_EQ(at("2026-11-27 09:00"), "queue") << "8:00 in UTC";
    EXPECT_EQ(at("2026-11-27 08:59"), "voicemail");
    EXPECT_EQ(at("2026-11-30 12:00"), "voicemail") << "a day of its own";
    EXPECT_EQ(at("2026-12-24 12:00"), "voicemail") << "a holiday";
    const json::Value group = rig.get("/api/v6/timegroups/office", admin).json().at("result");
    EXPECT_TRUE(group.at("open").is_bool());
    EXPECT_TRUE(group.at("changes_at").is_string());
    EXPECT_EQ(boost::json::serialize(group.at("rules").at(1)),
              R"({"date":"2026-11-30","from":"00:00","to":"24:00","closed":true})");
    EXPECT_EQ(text_at(rig.get("/api/v6/inboundRoutes/line", admin).json(),
                      {"result", "timegroup", "title"}),
              "Kancelář");
    EXPECT_EQ(text_at(rig.get("/api/live/routing/tree?did=226999005", admin).json(),
                      {"tree", "when_shut", "kind"}),
              "voicemail");
    EXPECT_EQ(
        text_at(rig.get("/api/live/routing/tree?rule=line", admin).json(), {"tree", "time_group"}),
        "Kancelář");
    EXPECT_EQ(rig.get("/api/live/routing/tree", admin).status, 400);
    EXPECT_EQ(rig.post("/api/live/routing/try", admin, R"({"did":"1","at":"noon"})").status, 400);
    const Answer stays =
        rig.request("DELETE", "/api/v6/timegroups/office", {}, {{"X-AUTH-TOKEN", admin}});
    EXPECT_EQ(stays.status, 409) << stays.body;
    EXPECT_NE(stays.body.find("226999005"), std::string::npos);
    EXPECT_EQ(rig.put("/api/v6/inboundRoutes/line", admin, R"({"timegroup":null})").status, 200);
    EXPECT_EQ(
        rig.get("/api/v6/inboundRoutes/line", admin).json().at("result").at("destination_closed"),
        json::Value(nullptr));
}

TEST_F(RoutingApi, what_is_wrong_with_hours_is_named_in_the_readers_language) {
    const auto rules = [&](const std::string& rule) {
        return fault("timegroups", R"({"title":"T","rules":[{"days":[1]},)" + rule + "]}", "rules");
    };
    const auto holds = [](const std::string& text, const std::string& part) {
        EXPECT_NE(text.find(part), std::string::npos) << text;
    };
    holds(rules(R"({"days":[1],"from":"25:00"})"), "2, od");
    holds(rules(R"({"days":[8]})"), "2, dny");
    holds(rules(R"({"days":[1,1]})"), "2, dny: 1: 1 (pondělí) až 7, každý den jednou");
    holds(rules(R"({})"), "dny v týdnu, nebo datum");
    holds(rules(R"({"date":"2026-02-30"})"), "2026-02-30");
    holds(rules(R"({"date":"30.2.2026"})"), "2026-12-24");
    holds(rules(R"({"days":[1],"date":"2026-02-01"})"), "ne obojí");
    holds(rules(R"({"days":[1],"from":"08:00","to":"08:00"})"), "jiný čas než od");
    holds(rules(R"({"days":[1],"more":1})"), "more");
    holds(rules("5"), "objekt");
    holds(fault("timegroups", R"({"title":"T","holidays":["XX"]})", "holidays"), "CZ");
    holds(fault("timegroups", R"({"title":"T","timezone":"../x"})", "timezone"), "Europe/Prague");
    holds(fault("inboundRoutes", R"({"did":"1","destination":{"kind":"echo"},"timegroup":"none"})",
                "timegroup"),
          "none");
    holds(fault("inboundRoutes",
                R"({"did":"1","destination":{"kind":"echo"},"destination_closed":{"kind":"busy"}})",
                "destination_closed"),
          "časovou skupinou");
    const Answer english = rig.request(
        "POST", "/api/v6/timegroups", R"({"title":"T","rules":[{"days":[1,1]}]})",
        {{"X-AUTH-TOKEN", admin}, {"Content-Type", "application/json"}, {"Accept-Language", "en"}});
    holds(english.body, "rule 1, days: 1: 1 (Monday) to 7, each once");
}

TEST_F(RoutingApi, numbers_are_taken_as_people_write_them) {
    made("inboundRoutes",
         R"({"name":"line","did":"226 999 006","clid":"_777 XXX XXX",
             "destination":{"kind":"echo"}})");
    const json::Value line = rig.get("/api/v6/inboundRoutes/line", admin).json();
    EXPECT_EQ(text_at(line, {"result", "did"}), "226999006");
    EXPECT_EQ(text_at(line, {"result", "clid"}), "_777XXXXXX");
    made("ringGroups", R"({"name":791,"title":"G","members":["510",{"number":"777 123 456"}]})");
    EXPECT_EQ(
        text_at(rig.get("/api/v6/ringGroups/791", admin).json().at("result").at("members").at(1),
                {"number"}),
        "777123456");
}

TEST_F(RoutingApi, is_not_there_for_others) {
    for (const char* who : {"jana", "frantisek"}) {
        const std::string token = rig.sign_in(who);
        for (const char* path :
             {"/api/v6/inboundRoutes", "/api/v6/ringGroups", "/api/v6/timegroups",
              "/api/live/routing/changes", "/api/live/routing/tree?did=1"}) {
            EXPECT_EQ(rig.get(path, token).status, 404) << who << " " << path;
        }
        for (const char* what : {"apply", "discard", "undo", "try"}) {
            EXPECT_EQ(rig.post(std::string("/api/live/routing/") + what, token, "{}").status, 404);
        }
    }
}

TEST_F(RoutingApi, who_applied_it_stands_in_the_change_log) {
    made("inboundRoutes", R"({"did":"226999003","destination":{"kind":"echo"}})");
    ASSERT_EQ(act("apply").status, 200);
    const json::Value entry =
        rig.get("/api/v6/auditLog?take=1", admin).json().at("result").at("data").at(0);
    EXPECT_EQ(text_at(entry, {"action"}), "routing.apply");
    EXPECT_EQ(text_at(entry, {"detail"}), "1");
    EXPECT_EQ(boost::json::serialize(entry).find("226999003"), std::string::npos)
        << "it is for those who read routing";
}

}  // namespace
}  // namespace linka::api::testing
