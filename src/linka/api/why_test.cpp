// "Why" for every kind of call, in words, with the way that it took.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

std::string text_of(const json::Value& value, std::string_view member) {
    const json::Value* found = value.as_object().if_contains(member);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string("(absent)");
}

struct Why : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    core::LegId leg_of(const std::string& device) {
        return rig.live->leg_at(rig.live->device(device));
    }
    void be_ready(const std::string& name, const std::string& device) {
        const core::DeviceId id = rig.live->device(device);
        rig.live->now(core::DeviceReachabilityReport{id, true, true});
        const std::string token = rig.sign_in(name);
        EXPECT_EQ(
            rig.post("/api/live/me/devices", token, R"({"login":[")" + device + R"("]})").status,
            200);
        EXPECT_EQ(rig.post("/api/live/me/queues", token, R"({"login":[6001,6002]})").status, 200);
        EXPECT_EQ(rig.post("/api/live/me/ready", token).status, 200);
    }
    // Number 226000002 → a menu → queue 6001, and a caller who has pressed 1.
    core::LegId call_through_the_menu(std::int64_t leg) {
        core::Menu menu;
        menu.title = "Hlavní";
        menu.choices = {{"1", {core::DestinationKind::queue, "6001"}}};
        menu.on_nothing = {core::DestinationKind::hangup, ""};
        const auto saved = rig.live->now(core::SaveMenu{menu});
        core::Route route;
        route.did = "226000002";
        route.destination = {core::DestinationKind::menu, std::to_string(saved.record_id)};
        rig.live->now(core::SaveRoute{route});
        const core::LegId caller{leg};
        rig.live->now(
            core::CallArrivedReport{caller, {}, "loopback", "226000002", "00420601111222", "", {}});
        rig.live->now(core::DigitReport{caller, '1'});
        return caller;
    }
    json::Value why(std::int64_t activity) {
        const Answer answer = rig.request(
            "GET", "/api/live/activities/activities_" + std::to_string(activity) + "/why", {},
            {{"X-AUTH-TOKEN", admin}, {"Accept-Language", "en"}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json();
    }
    static std::string kinds(const json::Value& why) {
        std::string all;
        for (const json::Value& place : why.at("path").as_array()) {
            all += (all.empty() ? "" : " ") + text_of(place, "kind");
        }
        return all;
    }
};

TEST_F(Why, a_caller_whom_nobody_had) {
    const core::LegId caller = call_through_the_menu(1);
    rig.live->now(core::LegEndedReport{caller, 0, true, false, false, {}});
    const json::Value said = why(1);
    EXPECT_EQ(text_of(said, "kind"), "unanswered");
    EXPECT_EQ(text_of(said, "question"), "Why nobody answered");
    EXPECT_NE(text_of(said, "answer").find("hung up before anybody answered"), std::string::npos);
    EXPECT_NE(text_of(said, "answer").find("Nobody was free: "), std::string::npos);
    EXPECT_NE(text_of(said, "answer").find(" not logged in"), std::string::npos);
    EXPECT_EQ(text_of(said, "answer").find("was not logged in"), std::string::npos);
    EXPECT_EQ(kinds(said), "number menu queue");
}

TEST_F(Why, a_telephone_that_refuses_is_named) {
    be_ready("jan", "331");
    call_through_the_menu(1);
    const core::LegId leg = leg_of("331");
    ASSERT_TRUE(leg);
    rig.live->now(core::LegEndedReport{leg, 302, true, false, false, "999"});
    const json::Value said = why(1);
    EXPECT_EQ(text_of(said, "kind"), "waiting");
    const json::Value& offer = said.at("offers").as_array().at(0);
    EXPECT_EQ(text_of(offer, "device"), "331");
    EXPECT_EQ(text_of(offer, "text"), "phone 331 sends calls on to 999 (302)");
    // The realtime panel names it, too, and it does not count as reachable.
    const json::Value realtime = rig.get("/api/live/realtime", admin).json();
    bool named = false;
    for (const json::Value& user : realtime.at("users").as_array()) {
        if (text_of(user, "name") == "jan") {
            named = !user.at("devices_failed").as_array().empty();
            EXPECT_FALSE(user.at("device_reachable").as_bool());
            EXPECT_TRUE(user.at("callable").as_bool()) << "who calls straight may try";
        }
    }
    EXPECT_TRUE(named);
}

TEST_F(Why, the_chosen_first_with_the_reason) {
    be_ready("frantisek", "330");
    be_ready("jan", "331");
    call_through_the_menu(1);
    const core::LegId leg = leg_of("330");
    ASSERT_TRUE(leg);
    rig.live->now(core::LegRingingReport{leg, false, false});
    rig.live->now(core::LegAnsweredReport{leg});
    const json::Value said = why(2);
    EXPECT_EQ(text_of(said, "kind"), "queue");
    EXPECT_NE(text_of(said, "answer").find("because idle longest"), std::string::npos);
    EXPECT_NE(text_of(said, "answer").find("Free: 2."), std::string::npos);
    const auto& candidates = said.at("decisions").as_array().at(0).at("candidates").as_array();
    EXPECT_EQ(text_of(candidates.at(0), "rule"), "chosen");
    EXPECT_EQ(text_of(candidates.at(1), "rule"), "eligible");
    EXPECT_EQ(kinds(said), "number menu queue user");
}

TEST_F(Why, a_call_that_a_colleague_sent_on) {
    be_ready("frantisek", "330");
    const core::LegId caller = call_through_the_menu(1);
    const core::LegId first = leg_of("330");
    rig.live->now(core::LegRingingReport{first, false, false});
    rig.live->now(core::LegAnsweredReport{first});
    be_ready("jan", "331");
    rig.live->now(core::TransferAskedReport{first, "512", {}});
    const core::LegId second = leg_of("331");
    ASSERT_TRUE(second);
    rig.live->now(core::LegRingingReport{second, false, false});
    rig.live->now(core::LegAnsweredReport{second});
    const json::Value said = why(3);
    EXPECT_EQ(text_of(said, "kind"), "transferred");
    EXPECT_NE(text_of(said, "answer").find("transferred by"), std::string::npos);
    // Who sent it on may ask as well as who has it now.
    EXPECT_EQ(rig.get("/api/live/activities/activities_3/why", rig.sign_in("frantisek")).status,
              200);
    EXPECT_EQ(rig.get("/api/live/activities/activities_3/why", rig.sign_in("petr")).status, 404);
    rig.live->now(core::LegEndedReport{caller, 0, true, false, false, {}});
}

// Agents see what waits or rings in their queues, not what colleagues talk or have talked.
TEST_F(Why, a_queue_call_is_told_to_those_who_had_a_part) {
    const std::string colleague = rig.sign_in("jan");
    const auto asked_by = [&](const std::string& token, std::int64_t activity) {
        const std::string name = "activities_" + std::to_string(activity);
        return rig.get("/api/live/activities/" + name + "/why", token).status;
    };
    be_ready("frantisek", "330");
    const core::LegId caller = call_through_the_menu(1);
    const core::LegId leg = leg_of("330");
    rig.live->now(core::LegRingingReport{leg, false, false});
    EXPECT_EQ(asked_by(colleague, 1), 200) << "it waits in their queue";
    EXPECT_EQ(asked_by(colleague, 2), 200) << "it rings at a colleague's";
    rig.live->now(core::LegAnsweredReport{leg});
    EXPECT_EQ(asked_by(colleague, 2), 404) << "a colleague talks";
    rig.live->now(core::LegEndedReport{caller, 0, true, false, false, {}});
    for (const std::int64_t activity : {1, 2}) {
        EXPECT_EQ(asked_by(colleague, activity), 404);
        EXPECT_EQ(asked_by(rig.sign_in("frantisek"), activity), 200);
        EXPECT_EQ(asked_by(rig.sign_in("jana"), activity), 200) << "the queue's manager";
    }
}

TEST_F(Why, who_dropped_it_at_once_has_not_had_it) {
    be_ready("frantisek", "330");
    call_through_the_menu(1);
    const core::LegId leg = leg_of("330");
    rig.live->now(core::LegRingingReport{leg, false, false});
    rig.live->now(core::LegAnsweredReport{leg});
    rig.live->now(core::LegEndedReport{leg, 0, true, false, false, {}});
    const json::Value said = why(1);
    EXPECT_EQ(text_of(said, "kind"), "waiting");
    const json::Value& offer = said.at("offers").as_array().at(0);
    EXPECT_EQ(text_of(offer, "outcome"), "rejected");
    EXPECT_EQ(text_of(offer, "reason"), "dropped");
    const json::Value stats = rig.get("/api/live/stats/queues", admin).json();
    const json::Value& row = stats.at("data").as_array().at(0);
    EXPECT_EQ(boost::json::serialize(row.at("answered")), "0");
    EXPECT_EQ(boost::json::serialize(row.at("waiting")), "1");
}

}  // namespace
}  // namespace linka::api::testing
