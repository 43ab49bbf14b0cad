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

TEST_F(RoutingApi, is_not_there_for_others) {
    for (const char* who : {"jana", "frantisek"}) {
        const std::string token = rig.sign_in(who);
        for (const char* path : {"/api/v6/inboundRoutes", "/api/v6/ringGroups",
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
