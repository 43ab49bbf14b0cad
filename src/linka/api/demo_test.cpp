// The demo's own requests over a made-up public: who may what, what is refused and how.
#include "linka/api/testing/rig.hpp"

#include <string>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

constexpr const char* call_path = "/api/live/demo/call";
constexpr const char* background_path = "/api/live/demo/background";

// Its company is the demo's.
struct DemoRig : Rig {
    DemoRig() { demo.begin({}); }
};

Answer put(Rig& rig, const std::string& token, const std::string& body) {
    return rig.request("PUT", background_path, body, {{"X-AUTH-TOKEN", token}});
}

TEST(Demo, another_instance_does_not_have_these_addresses) {
    Rig rig({}, false);
    const std::string token = rig.sign_in("admin");
    const Answer unknown = rig.post("/api/live/demo/nothing", token);
    const Answer call = rig.post(call_path, token);
    EXPECT_EQ(call.status, 404);
    EXPECT_EQ(call.body, unknown.body);
    EXPECT_EQ(put(rig, token, "{}").status, 404);
    EXPECT_EQ(rig.get(background_path, token).status, rig.get("/api/live/demo/x", token).status);
}

TEST(Demo, once_it_is_removed_the_addresses_are_gone) {
    DemoRig rig;
    const std::string token = rig.sign_in("admin");
    EXPECT_EQ(rig.post(call_path, token).status, 200);
    ASSERT_EQ(rig.post("/api/live/demo/remove", token,
                       R"({"password":"correct horse","confirm":"delete","end_calls":false})")
                  .status,
              200);
    const Answer call = rig.post(call_path, token);
    EXPECT_EQ(call.status, 404);
    EXPECT_EQ(call.body, rig.post("/api/live/demo/nothing", token).body);
    EXPECT_EQ(rig.get(background_path, token).status, 404);
    EXPECT_EQ(put(rig, token, "{}").status, 404);
}

TEST(Demo, the_one_who_asks_is_rung_in_their_language) {
    DemoRig rig;
    const std::string token = rig.sign_in("frantisek");
    rig.people.called.number = "226000002";
    rig.people.called.caller_name = "Šárka";
    rig.people.called.through_queue = true;
    const Answer answer = rig.request("POST", call_path, "{}",
                                      {{"X-AUTH-TOKEN", token}, {"Accept-Language", "en-GB"}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.body.find(R"("caller_name":"Šárka","through_queue":true)"), std::string::npos)
        << answer.body;
    EXPECT_EQ(rig.people.spoken, "en");
    EXPECT_TRUE(static_cast<bool>(rig.people.rung));
    EXPECT_EQ(rig.request("POST", call_path, "{}").status, 401);
}

TEST(Demo, a_refusal_names_its_reason_and_the_mend) {
    DemoRig rig;
    const std::string token = rig.sign_in("frantisek");
    rig.people.called.reply.kind = core::Reply::Kind::blocked;
    rig.people.called.reply.blockers = {{core::BlockerCode::no_device, {}}};
    const Answer answer = rig.post(call_path, token);
    EXPECT_EQ(answer.status, 409);
    EXPECT_NE(answer.body.find(R"("code":"no_device")"), std::string::npos);
    EXPECT_NE(answer.body.find(R"("fix":"Vyberte)"), std::string::npos) << answer.body;
    rig.people.called = {};
    rig.people.called.too_often = true;
    const Answer late = rig.post(call_path, token);
    EXPECT_EQ(late.status, 429);
    EXPECT_EQ(late.headers.at("retry-after"), "60");
    rig.people.called = {};
    rig.people.called.reply.kind = core::Reply::Kind::unavailable;
    const Answer nobody = rig.post(call_path, token);
    EXPECT_EQ(nobody.status, 503);
    EXPECT_NE(nobody.body.find("Teď tu není nikdo"), std::string::npos) << nobody.body;
}

TEST(Demo, managers_switch_the_background_and_agents_see_it) {
    DemoRig rig;
    const std::string agent = rig.sign_in("frantisek");
    const std::string manager = rig.sign_in("jana");
    EXPECT_EQ(put(rig, agent, R"({"on":true})").status, 409);
    EXPECT_FALSE(rig.people.now.on);
    const Answer on = put(rig, manager, R"({"on":true,"callers_per_hour":120})");
    EXPECT_EQ(on.status, 200) << on.body;
    EXPECT_TRUE(rig.people.now.on);
    const Answer seen = rig.get(background_path, agent);
    EXPECT_NE(seen.body.find(R"("on":true,"callers_per_hour":120)"), std::string::npos);
    EXPECT_NE(seen.body.find(R"("code":"no_right")"), std::string::npos) << seen.body;
    EXPECT_EQ(put(rig, manager, R"({"callers_per_hour":0})").status, 400);
    EXPECT_EQ(put(rig, manager, R"({"callers_per_hour":601})").status, 400);
    EXPECT_EQ(put(rig, manager, R"({"often":5})").status, 400);
    EXPECT_EQ(rig.people.now.callers_per_hour, 120);
}

}  // namespace
}  // namespace linka::api::testing
