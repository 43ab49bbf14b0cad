// PUT /api/v6/activities/NAME: what is written about work, open and closed, changes one by one.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct DescribedCall : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");
    std::string jan = rig.sign_in("jan");
    std::string address;

    // Jan speaks with a caller of queue 6001.
    void SetUp() override {
        EXPECT_EQ(
            rig.post("/api/v6/statuses", admin, R"({"name":"solved","title":"Vyřešeno"})").status,
            201);
        const auto device = rig.live->device("331");
        rig.live->now(core::DeviceReachabilityReport{device, true, true});
        EXPECT_EQ(rig.post("/api/live/me/devices", jan, R"({"login":["331"]})").status, 200);
        EXPECT_EQ(rig.post("/api/live/me/queues", jan, R"({"login":[6001]})").status, 200);
        EXPECT_EQ(rig.post("/api/live/me/ready", jan).status, 200);
        core::Route route;
        route.did = "226000002";
        route.destination = {core::DestinationKind::queue, "6001"};
        EXPECT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
        rig.live->now(core::CallArrivedReport{
            core::LegId{1}, {}, "loopback", "226000002", "00420601111222", "", {}});
        const auto leg = rig.live->leg_at(device);
        rig.live->now(core::LegAnsweredReport{leg});
        const json::Value me = rig.get("/api/live/me", jan).json();
        ASSERT_EQ(me.at("activities").as_array().size(), 1U);
        address = "/api/v6/activities/" + text_at(me.at("activities").as_array()[0], {"name"});
    }
    void hang_up() { rig.live->now(core::LegEndedReport{core::LegId{1}, 0, true, false, false}); }
    int change(const std::string& body) { return rig.put(address, jan, body).status; }
    std::string field(std::string_view name) {
        return text_at(rig.get(address, jan).json(), {"result", name});
    }
    std::string status() {
        const json::Value answer = rig.get(address, jan).json();
        const auto& all = answer.at("result").at("statuses").as_array();
        return all.size() == 1 ? text_at(all[0], {"title"}) : std::to_string(all.size());
    }
};

TEST_F(DescribedCall, changes_field_by_field_while_open_and_closed) {
    for (const bool closed : {false, true}) {
        if (closed) {
            hang_up();
            EXPECT_EQ(change(R"({"action":"CLOSE"})"), 200);
            EXPECT_EQ(field("action"), "CLOSE");
            EXPECT_EQ(field("description"), "volat zítra") << "closed with what was written before";
            EXPECT_EQ(status(), "Vyřešeno");
            EXPECT_EQ(change(R"({"statuses":[],"description":null,"important":0})"), 200);
        }
        EXPECT_EQ(change(R"({"description":"volat zítra"})"), 200);
        EXPECT_EQ(change(R"({"title":"Reklamace"})"), 200);
        EXPECT_EQ(change(R"({"statuses":["solved"]})"), 200);
        EXPECT_EQ(change(R"({"important":true,"priority":3,"options":{"a":1}})"), 200);
        EXPECT_EQ(field("title"), "Reklamace");
        EXPECT_EQ(field("description"), "volat zítra");
        EXPECT_EQ(status(), "Vyřešeno");
        EXPECT_EQ(field("important"), "true");
        EXPECT_EQ(field("priority"), "3");
        EXPECT_EQ(field("options"), R"({"a":1})");
    }
    const std::string filter =
        "/api/v6/activities?filter[0][field]=important&filter[0][operator]=eq&filter[0][value]=";
    EXPECT_EQ(text_at(rig.get(filter + "true", jan).json(), {"result", "total"}), "1");
    EXPECT_EQ(text_at(rig.get(filter + "false", jan).json(), {"result", "total"}), "0");
    EXPECT_EQ(text_at(rig.get("/api/v6/activities?filter[0][field]=priority&filter[0][operator]=gt"
                              "&filter[0][value]=2",
                              jan)
                          .json(),
                      {"result", "total"}),
              "1");
}

TEST_F(DescribedCall, is_closed_and_described_at_once_and_again) {
    EXPECT_EQ(change(R"({"action":"CLOSE","description":"x"})"), 409) << "the call goes on";
    EXPECT_EQ(field("description"), "null");
    hang_up();
    EXPECT_EQ(
        change(R"({"action":"POSTPONE","description":"first","time_open":"2099-01-01 08:00:00"})"),
        200);
    EXPECT_EQ(field("action"), "POSTPONE");
    EXPECT_EQ(field("description"), "first");
    EXPECT_EQ(change(R"({"action":"CLOSE","title":"T"})"), 200);
    EXPECT_EQ(field("description"), "first");
    EXPECT_EQ(change(R"({"action":"CLOSE","description":"second"})"), 200);
    EXPECT_EQ(field("description"), "second");
    EXPECT_EQ(field("title"), "T");
    EXPECT_EQ(change(R"({"action":"POSTPONE"})"), 409);
}

TEST_F(DescribedCall, takes_nothing_that_it_would_not_give_back) {
    const auto wrong = [&](const std::string& name, const std::string& value) {
        const Answer answer =
            rig.put(address, jan, "{\"" + name + "\":" + value + R"(,"description":"x"})");
        EXPECT_EQ(answer.status, 400) << name;
        EXPECT_NE(text_at(answer.json(), {"error", "form", name}), "(absent)") << answer.body;
    };
    wrong("ticket", "5");
    wrong("contact", R"("contact_1")");
    wrong("customFields", R"({"vin":["1"]})");
    wrong("user", R"("petr")");
    wrong("queue", "6002");
    wrong("type", R"("EMAIL")");
    wrong("statuses", R"(["no such"])");
    wrong("statuses", R"(["solved","solved"])");
    wrong("statuses", "{}");
    wrong("statuses", "[[]]");
    wrong("action", R"("WAIT")");
    wrong("options", R"("text")");
    wrong("options", R"({"a":["\u0000"]})");
    wrong("title", R"("a\u0000b")");
    wrong("title", R"("a\u200bb")");
    wrong("priority", R"("high")");
    EXPECT_EQ(field("description"), "null") << "all of it or nothing";
    EXPECT_EQ(change(R"({"description":"a\u0000b"})"), 400);
    EXPECT_EQ(change(R"({"description":"two\nlines"})"), 200);
    EXPECT_EQ(change(R"({"description":null})"), 200);
    EXPECT_EQ(change(R"({"type":"CALL","user":{"name":"jan"},"queue":6001,"ticket":null,
                         "customFields":[],"action":"OPEN"})"),
              200)
        << "what was read may be sent back";
}

TEST_F(DescribedCall, is_described_by_those_who_may_read_it) {
    const std::string petr = rig.sign_in("petr");
    const std::string jana = rig.sign_in("jana");  // manager of 6001
    EXPECT_EQ(rig.put(address, petr, R"({"description":"x"})").status, 404);
    EXPECT_EQ(rig.put(address, jana, R"({"description":"by Jana"})").status, 200);
    EXPECT_EQ(field("description"), "by Jana");
    hang_up();
    EXPECT_EQ(rig.put(address, jana, R"({"action":"CLOSE"})").status, 403);
    EXPECT_EQ(field("action"), "OPEN");
}

}  // namespace
}  // namespace linka::api::testing
