// The beginning of a shift, devices of others, and the list of missed calls, as the page meets
// them.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

std::string written(const json::Value& value) {
    return boost::json::serialize(value);
}

TEST(Shift, begins_in_one_step_and_says_beforehand_what_it_will_do) {
    Rig rig;
    const std::string jan = rig.sign_in("jan");
    const json::Value before = rig.get("/api/live/me", jan).json();
    EXPECT_EQ(written(before.at("start").at("devices")), R"(["331"])");
    EXPECT_EQ(written(before.at("start").at("queues")), "[6001,6002]");
    EXPECT_EQ(rig.post("/api/live/me/start", jan).status, 200);
    const json::Value me = rig.get("/api/live/me", jan).json();
    EXPECT_EQ(written(me.at("ready")), "true");
    EXPECT_EQ(written(me.at("devices").as_array().at(0).at("name")), R"("331")");
    EXPECT_EQ(written(me.at("can").at("send_email").at("offered")), "false");
    const Answer strange = rig.post("/api/live/me/start", jan, R"({"devices":["330"]})");
    EXPECT_EQ(strange.status, 409);
    EXPECT_NE(strange.body.find("no_right"), std::string::npos) << "František's own";
}

TEST(Shift, who_has_no_device_is_shown_what_can_be_borrowed) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string petr = rig.sign_in("petr");
    EXPECT_EQ(rig.post("/api/live/me/start", petr).status, 409);
    EXPECT_EQ(rig.post("/api/v6/sipDevices", admin,
                       R"({"name":"340","title":"Recepce","type":"sip","shared":true})")
                  .status,
              201);
    const json::Value me = rig.get("/api/live/me", petr).json();
    ASSERT_EQ(me.at("devices_available").as_array().size(), 1U);
    EXPECT_EQ(written(me.at("devices_available").as_array()[0].at("own")), "false");
    EXPECT_EQ(rig.post("/api/live/me/start", petr, R"({"devices":["340"]})").status, 200);
    const std::string jan = rig.sign_in("jan");
    const Answer asked = rig.post("/api/live/me/devices", jan, R"({"login":["340"]})");
    EXPECT_EQ(asked.status, 409);
    EXPECT_NE(asked.body.find(R"("subjects":["340","User petr"])"), std::string::npos)
        << asked.body;
    EXPECT_EQ(rig.post("/api/live/me/devices", jan, R"({"login":["340"],"take":true})").status,
              200);
}

TEST(Missed, is_one_list_for_all_who_serve_the_queue) {
    Rig rig;
    const std::string jan = rig.sign_in("jan");
    core::Route route;
    route.did = "226000002";
    route.destination = {core::DestinationKind::queue, "6001"};
    EXPECT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    for (const std::int64_t leg : {1, 3}) {
        rig.live->now(core::CallArrivedReport{
            core::LegId{leg}, {}, "loopback", "226000002", "601 111 222", "Karel", {}});
        EXPECT_EQ(written(rig.get("/api/live/missed", jan).json().at("missed")).find("waiting"),
                  std::string::npos);
        rig.live->now(core::LegEndedReport{core::LegId{leg}});
    }
    const json::Value list = rig.get("/api/live/missed", jan).json();
    ASSERT_EQ(list.at("missed").as_array().size(), 1U);
    const json::Value& row = list.at("missed").as_array()[0];
    EXPECT_EQ(written(row.at("customer")), R"("00420601111222")");
    EXPECT_EQ(written(row.at("caller_name")), R"("Karel")");
    EXPECT_EQ(written(row.at("times")), "2");
    EXPECT_EQ(written(row.at("why")), R"("abandoned")");
    const std::string petr = rig.sign_in("petr");
    EXPECT_TRUE(rig.get("/api/live/missed", petr).json().at("missed").as_array().empty());
    EXPECT_EQ(rig.post("/api/live/missed/missed_1/done", petr).status, 404);
    const auto missed_call = [&] {
        const json::Value calls = rig.get("/api/v6/activitiesCall", rig.sign_in("admin")).json();
        return written(calls.at("result").at("data").as_array().at(0).at("missed_call"));
    };
    EXPECT_EQ(missed_call(), "1");
    EXPECT_EQ(rig.post("/api/live/missed/missed_1/done", jan).status, 200);
    EXPECT_EQ(rig.post("/api/live/missed/missed_1/done", jan).status, 404);
    EXPECT_EQ(rig.post("/api/live/missed/1/done", jan).status, 404);
    EXPECT_TRUE(rig.get("/api/live/missed", jan).json().at("missed").as_array().empty());
}

TEST(Limits, are_the_cores) {
    Rig rig;
    const json::Value limits = rig.get("/api/live/limits", rig.sign_in("jan")).json();
    EXPECT_EQ(written(limits.at("queue").at("ring_time")), R"({"least":5,"most":90,"zero":false})");
    EXPECT_EQ(written(limits.at("types_served")), R"(["in","out","ctc"])");
    EXPECT_EQ(written(limits.at("pause_minutes")), R"({"least":1,"most":1440,"zero":true})");
}

TEST(Limits, of_passwords_are_those_of_the_installation) {
    for (const bool demo : {true, false}) {
        Rig rig({}, demo);
        const std::string admin = rig.sign_in("admin");
        const json::Value limits = rig.get("/api/live/limits", admin).json();
        const std::size_t least = limits.at("password_bytes").at("least").to_number<std::size_t>();
        const auto with = [&](std::size_t size) {
            const std::string body = R"({"password":")" + std::string(size, 'x') + R"("})";
            return rig.put("/api/v6/users/jan", admin, body).status;
        };
        EXPECT_EQ(with(least - 1), 400);
        EXPECT_EQ(with(least), 200);
        EXPECT_EQ(limits.at("first_password_bytes").at("least").to_number<int>(), 8);
    }
}

}  // namespace
}  // namespace linka::api::testing
