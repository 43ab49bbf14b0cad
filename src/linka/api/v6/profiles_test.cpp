// /api/v6/profiles, and what a user's does.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct Profiles : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    void SetUp() override {
        const Answer made =
            rig.post("/api/v6/profiles", admin,
                     R"({"name":"night","title":"Noční","maxActivities":2,"devices":["331"],
                         "canTransferCall":"only assisted transfer"})");
        ASSERT_EQ(made.status, 201) << made.body;
    }
    Answer give(const std::string& value) {
        return rig.put("/api/v6/users/frantisek", admin, R"({"profile":)" + value + "}");
    }
    std::string of_frantisek(const std::string& member, const std::string& token) {
        return text_at(rig.get("/api/v6/users/frantisek", token).json(),
                       {"result", "profile", member});
    }
    std::string profile() { return of_frantisek("name", admin); }
    std::string role() {
        return text_at(rig.get("/api/v6/users/frantisek", admin).json(),
                       {"result", "role", "name"});
    }
    json::Value me() { return rig.get("/api/live/me", rig.sign_in("frantisek")).json(); }
    std::string may(const std::string& action) { return text_at(me(), {"can", action, "ok"}); }
    /// Somebody who may change people and read what `more` says.
    std::string personnel(const std::string& more) {
        const std::string role = R"({"name":"people","title":"Personální","reach":"queues",
            "options":{"users":["create","update"],"queues":["read"],"devices":["read"])" +
                                 more + "}}";
        EXPECT_EQ(rig.post("/api/v6/roles", admin, role).status, 201);
        EXPECT_EQ(rig.put("/api/v6/users/jana", admin, R"({"role":"people"})").status, 200);
        return rig.sign_in("jana");
    }
};

TEST_F(Profiles, hold_for_whoever_has_them) {
    EXPECT_EQ(may("transfer_blind"), "true");
    ASSERT_EQ(give(R"("night")").status, 200);
    EXPECT_EQ(profile(), "night");
    EXPECT_EQ(of_frantisek("canTransferCall", admin), "only assisted transfer");
    EXPECT_EQ(may("transfer_attended"), "true");
    EXPECT_EQ(may("transfer_blind"), "false");
    const json::Value blocker = me().at("can").at("transfer_blind").at("blockers").at(0);
    EXPECT_EQ(text_at(blocker, {"code"}), "transfer_kind");
    EXPECT_EQ(text_at(blocker, {"subjects"}), R"(["Noční"])") << "with the name of the profile";
    ASSERT_EQ(rig.put("/api/v6/profiles/night", admin,
                      R"({"canTransferCall":"blind and assisted transfer"})")
                  .status,
              200);
    EXPECT_EQ(may("transfer_blind"), "true") << "changed at once";
    ASSERT_EQ(give("null").status, 200);
    EXPECT_EQ(profile(), "agent");
}

TEST_F(Profiles, list_telephones_to_log_in_to) {
    const auto log_in = [&] {
        const std::string frantisek = rig.sign_in("frantisek");
        rig.post("/api/live/me/login", frantisek, "{}");
        return rig.post("/api/live/me/devices", frantisek, R"({"login":["331"],"take":true})")
            .status;
    };
    EXPECT_EQ(log_in(), 409);
    ASSERT_EQ(give(R"("night")").status, 200);
    EXPECT_EQ(log_in(), 200);
}

TEST_F(Profiles, say_what_is_wrong_with_them) {
    const auto fault = [&](const std::string& field, const std::string& value) {
        const Answer answer =
            rig.put("/api/v6/profiles/night", admin, "{\"" + field + "\":" + value + "}");
        EXPECT_EQ(answer.status, 400) << answer.body;
        return text_at(answer.json(), {"error", "form", field});
    };
    EXPECT_NE(fault("canTransferCall", R"("both")").find("only blind transfer"), std::string::npos);
    EXPECT_NE(fault("maxActivities", "0").find("1000"), std::string::npos);
    EXPECT_NE(fault("maxActivities", "1001").find("1000"), std::string::npos);
    EXPECT_NE(fault("devices", R"(["nobody"])").find("nobody"), std::string::npos);
    EXPECT_NE(fault("devices", R"(["331","331"])").find("331"), std::string::npos);
    EXPECT_NE(fault("monitoringModes", "7"), "(absent)");
    EXPECT_NE(fault("maxActivity", "7"), "(absent)") << "a slip";
    const Answer unknown = give(R"("day")");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_NE(text_at(unknown.json(), {"error", "form", "profile"}).find("day"), std::string::npos);
    ASSERT_EQ(rig.put("/api/v6/profiles/night", admin, R"({"maxActivities":null})").status, 200);
    EXPECT_EQ(text_at(rig.get("/api/v6/profiles/night", admin).json(), {"result", "maxActivities"}),
              "null");
}

TEST_F(Profiles, have_the_built_in_ones_before_them) {
    const json::Value all = rig.get("/api/v6/profiles", admin).json().at("result").at("data");
    std::string names;
    for (const json::Value& one : all.as_array()) {
        names += text_at(one, {"name"}) + (one.at("built_in").as_bool() ? "! " : " ");
    }
    EXPECT_EQ(names, "admin! manager! agent! back_office! night ");
    EXPECT_EQ(rig.get("/api/v6/profiles/agent", admin).status, 200);
    EXPECT_EQ(rig.put("/api/v6/profiles/agent", admin, R"({"maxActivities":1})").status, 400);
    EXPECT_EQ(rig.request("DELETE", "/api/v6/profiles/agent", {}, {{"X-AUTH-TOKEN", admin}}).status,
              400);
    EXPECT_EQ(rig.post("/api/v6/profiles", admin, R"({"name":"agent","title":"A"})").status, 400);
}

TEST_F(Profiles, go_when_a_built_in_one_is_set) {
    ASSERT_EQ(give(R"("night")").status, 200);
    ASSERT_EQ(give(R"("agent")").status, 200);
    EXPECT_EQ(profile(), "agent");
    ASSERT_EQ(give(R"("night")").status, 200);
    ASSERT_EQ(give(R"("manager")").status, 200);
    EXPECT_EQ(profile(), "manager");
    EXPECT_EQ(role(), "manager");
    ASSERT_EQ(give(R"("night")").status, 200);
    EXPECT_EQ(role(), "manager") << "one's own says nothing of how far somebody sees";
}

TEST_F(Profiles, stay_while_somebody_has_them) {
    const auto remove = [&] {
        return rig.request("DELETE", "/api/v6/profiles/night", {}, {{"X-AUTH-TOKEN", admin}});
    };
    ASSERT_EQ(give(R"("night")").status, 200);
    const Answer refused = remove();
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_NE(refused.body.find(R"("code":"in_use")"), std::string::npos) << refused.body;
    EXPECT_NE(refused.body.find("User frantisek"), std::string::npos) << refused.body;
    ASSERT_EQ(give("null").status, 200);
    EXPECT_EQ(remove().status, 204);
    EXPECT_EQ(rig.get("/api/v6/profiles/night", admin).status, 404);
}

TEST_F(Profiles, keep_the_telephones_that_they_list) {
    const auto remove = [&] {
        return rig.request("DELETE", "/api/v6/sipDevices/331", {}, {{"X-AUTH-TOKEN", admin}});
    };
    const Answer refused = remove();
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(refused.body.find("Noční"), std::string::npos) << refused.body;
    ASSERT_EQ(rig.put("/api/v6/profiles/night", admin, R"({"devices":[]})").status, 200);
    EXPECT_EQ(remove().status, 204);
}

TEST_F(Profiles, are_seen_by_those_whose_role_reads_them_and_whoever_has_one) {
    ASSERT_EQ(give(R"("night")").status, 200);
    const std::string frantisek = rig.sign_in("frantisek");
    EXPECT_EQ(rig.get("/api/v6/profiles", frantisek).status, 404) << "no hint that there are any";
    EXPECT_EQ(of_frantisek("name", frantisek), "night");
    EXPECT_EQ(rig.get("/api/v6/profiles", rig.sign_in("jana")).status, 200);
    EXPECT_EQ(of_frantisek("name", rig.sign_in("jana")), "night");
    EXPECT_EQ(of_frantisek("name", personnel("")), "agent") << "a model that they may not read";
}

// Who may change people but not profiles lifts no limit, neither their own nor others'.
TEST_F(Profiles, are_given_by_those_who_may_change_them) {
    ASSERT_EQ(give(R"("night")").status, 200);
    const std::string jana = personnel("");
    const auto put = [&](const std::string& body) {
        return rig.put("/api/v6/users/frantisek", jana, body);
    };
    const auto fault = [&](const std::string& body) {
        return text_at(put(body).json(), {"error", "form", "profile"});
    };
    EXPECT_NE(fault(R"({"profile":null})"), "(absent)");
    EXPECT_EQ(fault(R"({"profile":"night"})"), fault(R"({"profile":null})")) << "a right guess";
    EXPECT_EQ(fault(R"({"profile":"none-such"})"), fault(R"({"profile":null})"))
        << "nothing of which there are";
    EXPECT_EQ(put(R"({"profile":"agent"})").status, 200) << "as it was read";
    EXPECT_EQ(put(R"({"title":"František"})").status, 200);
    EXPECT_EQ(profile(), "night");
    EXPECT_EQ(rig.put("/api/v6/users/jana", jana, R"({"profile":"night"})").status, 400);
}

TEST_F(Profiles, are_not_taken_away_by_those_who_only_read_them) {
    ASSERT_EQ(give(R"("night")").status, 200);
    const std::string jana = personnel(R"(,"profiles":["read"])");
    const auto put = [&](const std::string& body) {
        return rig.put("/api/v6/users/frantisek", jana, body);
    };
    EXPECT_EQ(put(R"({"profile":"night"})").status, 200) << "no change";
    EXPECT_EQ(put(R"({"profile":"agent"})").status, 400);
    EXPECT_EQ(profile(), "night");
}

// Telephones that somebody may not read are neither shown nor given by them, nor taken away.
TEST_F(Profiles, keep_the_telephones_that_are_not_read) {
    const std::string jana = personnel(R"(,"profiles":["update"])");
    ASSERT_EQ(rig.put("/api/v6/roles/people", admin, R"({"options":{"devices":[]}})").status, 200);
    const auto put = [&](const std::string& body) {
        return rig.put("/api/v6/profiles/night", jana, body).status;
    };
    const auto devices = [&](const std::string& token) {
        return text_at(rig.get("/api/v6/profiles/night", token).json(), {"result", "devices"});
    };
    EXPECT_EQ(devices(jana), "[]");
    EXPECT_EQ(put(R"({"title":"Večerní"})"), 200);
    EXPECT_EQ(put(R"({"devices":[]})"), 200);
    EXPECT_EQ(put(R"({"devices":["330"]})"), 400);
    EXPECT_EQ(devices(admin), R"(["331"])");
}

TEST_F(Profiles, are_taken_back_with_other_changes) {
    ASSERT_EQ(give(R"("night")").status, 200);
    const auto take_back = [&] {
        const json::Value newest =
            rig.get("/api/v6/auditLog?take=1", admin).json().at("result").at("data").at(0);
        return rig
            .put("/api/v6/auditLog/" + text_at(newest, {"name"}), admin, R"({"taken_back":true})")
            .status;
    };
    EXPECT_EQ(take_back(), 200);
    EXPECT_EQ(profile(), "agent");
    ASSERT_EQ(rig.request("DELETE", "/api/v6/profiles/night", {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    EXPECT_EQ(take_back(), 200);
    EXPECT_EQ(
        text_at(rig.get("/api/v6/profiles/night", admin).json(), {"result", "canTransferCall"}),
        "only assisted transfer");
}

}  // namespace
}  // namespace linka::api::testing
