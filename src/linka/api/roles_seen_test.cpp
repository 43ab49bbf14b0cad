// What roles of one's own leave out is nowhere to be seen: not in Realtime, the figures, the lists,
// nor in the change log; and open pages follow a change of rights at once.
#include "linka/api/testing/rig.hpp"
#include "linka/base/text.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct RolesSeen : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    void make(const std::string& name, const std::string& reach, const std::string& options) {
        const Answer answer =
            rig.post("/api/v6/roles", admin,
                     R"({"name":")" + name + R"(","title":")" + name + R"(","reach":")" + reach +
                         R"(","options":)" + options + "}");
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    void change(const std::string& record, const std::string& body) {
        const Answer answer = rig.put("/api/v6/" + record, admin, body);
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
    void give(const std::string& user, const std::string& role) {
        change("users/" + user, R"({"role":")" + role + R"("})");
    }
    std::size_t rows(const std::string& path, const std::string& token, std::string_view of) {
        const Answer answer = rig.get(path, token);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json().at(of).as_array().size();
    }
    // Frantisek speaks with a customer of queue 6001; his activity.
    std::string call() {
        const std::string token = rig.sign_in("frantisek");
        const auto device = rig.live->device("330");
        rig.live->now(core::DeviceReachabilityReport{device, true, true});
        EXPECT_EQ(rig.post("/api/live/me/devices", token, R"({"login":["330"]})").status, 200);
        EXPECT_EQ(rig.post("/api/live/me/queues", token, R"({"login":[6001]})").status, 200);
        EXPECT_EQ(rig.post("/api/live/me/ready", token).status, 200);
        core::Route route;
        route.did = "226000002";
        route.destination = {core::DestinationKind::queue, "6001"};
        EXPECT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
        rig.live->now(core::CallArrivedReport{
            core::LegId{1}, {}, "loopback", "226000002", "00420601111222", "", {}});
        rig.live->now(core::LegAnsweredReport{rig.live->leg_at(device)});
        const json::Value me = rig.get("/api/live/me", token).json();
        const auto& all = me.at("activities").as_array();
        EXPECT_EQ(all.size(), 1U);
        return all.empty() ? std::string() : text_at(all[0], {"name"});
    }
};

TEST_F(RolesSeen, show_now_only_what_may_be_read) {
    make("watch", "everything", R"({"statuses":["read"]})");
    give("jana", "watch");
    const std::string jana = rig.sign_in("jana");
    EXPECT_EQ(rows("/api/live/realtime", jana, "users"), 1U) << "oneself";
    EXPECT_EQ(rows("/api/live/realtime", jana, "queues"), 0U);
    EXPECT_EQ(rows("/api/live/telephones", jana, "devices"), 0U);
    change("roles/watch", R"({"options":{"users":["read"],"queues":["read"],"devices":["read"]}})");
    EXPECT_GT(rows("/api/live/realtime", jana, "users"), 5U);
    EXPECT_EQ(rows("/api/live/realtime", jana, "queues"), 3U);
    EXPECT_GT(rows("/api/live/telephones", jana, "devices"), 1U);
}

TEST_F(RolesSeen, show_work_and_figures_only_where_they_may_be_read) {
    make("watch", "everything", R"({"queues":["read"]})");
    give("jana", "watch");
    const std::string jana = rig.sign_in("jana");
    const std::string activity = call();
    const auto total = [&](const std::string& path) {
        const json::Value answer = rig.get(path, jana).json();
        return text_at(answer, path.starts_with("/api/v6")
                                   ? std::initializer_list<std::string_view>{"result", "total"}
                                   : std::initializer_list<std::string_view>{"total"});
    };
    const auto all = [&](const std::string& count, int status) {
        EXPECT_EQ(total("/api/v6/activities"), count);
        EXPECT_EQ(total("/api/v6/activitiesCall"), count);
        EXPECT_EQ(total("/api/live/lists/interactions"), count);
        EXPECT_EQ(total("/api/live/lists/activities"), count);
        EXPECT_EQ(total("/api/live/lists/offers"), count);
        EXPECT_EQ(rig.get("/api/live/activities/" + activity + "/why", jana).status, status);
        EXPECT_EQ(rows("/api/live/realtime", jana, "activities"), count == "0" ? 0U : 1U);
    };
    all("0", 404);
    EXPECT_EQ(rows("/api/live/stats/users", jana, "data"), 1U) << "oneself";
    change("roles/watch", R"({"options":{"activities":["read"]}})");
    all("1", 200);
    EXPECT_EQ(rows("/api/live/stats/users", jana, "data"), 1U) << "not whom she may not read";
    change("roles/watch", R"({"options":{"users":["read"]}})");
    EXPECT_GT(rows("/api/live/stats/users", jana, "data"), 1U);
}

TEST_F(RolesSeen, let_nobody_write_about_work_that_is_not_theirs) {
    make("watch", "everything", R"({"activities":["read"]})");
    give("jana", "watch");
    const std::string jana = rig.sign_in("jana");
    const std::string address = "/api/v6/activities/" + call();
    EXPECT_EQ(rig.get(address, jana).status, 200);
    const Answer refused = rig.put(address, jana, R"({"title":"Jinak"})");
    EXPECT_EQ(refused.status, 403);
    EXPECT_NE(refused.body.find("pracovali"), std::string::npos) << refused.body;
    EXPECT_EQ(rig.put(address, rig.sign_in("frantisek"), R"({"title":"Reklamace"})").status, 200);
    change("roles/watch", R"({"options":{"activities":["update"]}})");
    EXPECT_EQ(rig.put(address, jana, R"({"title":"Jinak"})").status, 200);
}

// Whose role is gone, as after a crash between two writes, sees no more than agents do.
TEST_F(RolesSeen, that_are_gone_leave_the_reach_of_an_agent) {
    make("watch", "everything", R"({"queues":["read"],"activities":["read"]})");
    give("jan", "watch");
    const std::string jan = rig.sign_in("jan");
    call();
    EXPECT_EQ(rows("/api/live/realtime", jan, "queues"), 3U);
    ASSERT_TRUE(rig.store->remove_record(1, Instant{}).ok());
    rig.restart();
    EXPECT_EQ(rows("/api/live/realtime", jan, "queues"), 2U) << "6001 and 6002";
    EXPECT_EQ(rows("/api/live/realtime", jan, "activities"), 0U);
    EXPECT_EQ(rig.get("/api/v6/queues/6003", jan).status, 404);
    EXPECT_EQ(rig.put("/api/v6/users/jan", admin, R"({"title":"Jan"})").status, 200);
}

TEST_F(RolesSeen, show_changes_of_what_may_be_read_alone) {
    change("queues/6001", R"({"alias":"Podpora"})");
    change(
        "pauses/" + text_at(rig.get("/api/v6/pauses", admin).json().at("result").at("data").at(0),
                            {"name"}),
        R"({"title":"Jiná"})");
    make("watch", "everything", R"({"change_log":["update"],"pauses":["read"]})");
    give("jana", "watch");
    const std::string jana = rig.sign_in("jana");
    const auto data = [&](const std::string& path) {
        return rig.get(path, jana).json().at("result").at("data").as_array();
    };
    const auto seen = data("/api/v6/auditLog");
    bool pauses = false;
    for (const json::Value& entry : seen) {
        const std::string model = text_at(entry, {"model"});
        EXPECT_TRUE(model == "pauses" || model == "null") << model;
        EXPECT_EQ(text_at(entry, {"can_take_back"}), "false") << "may not change pauses";
        pauses = pauses || model == "pauses";
    }
    EXPECT_TRUE(pauses);
    EXPECT_TRUE(data("/api/v6/auditLog?q=Podpora").empty());
    const std::string hidden =
        text_at(rig.get("/api/v6/auditLog?q=Podpora", admin).json().at("result").at("data").at(0),
                {"name"});
    EXPECT_EQ(rig.get("/api/v6/auditLog/" + hidden, jana).status, 404);
    change("roles/watch", R"({"options":{"pauses":["update"]}})");
    bool back = false;
    for (const json::Value& entry : data("/api/v6/auditLog")) {
        back = back || text_at(entry, {"can_take_back"}) == "true";
    }
    EXPECT_TRUE(back);
}

// Who does not see everything sees changes of what they see.
TEST_F(RolesSeen, show_changes_as_far_as_they_see) {
    change("queues/6001", R"({"alias":"Podpora"})");
    change("queues/6003", R"({"alias":"Sklad"})");
    make("lead", "queues", R"({"change_log":["read"],"queues":["read"],"users":["read"]})");
    give("jana", "lead");
    const std::string jana = rig.sign_in("jana");
    const auto total = [&](const std::string& words) {
        return text_at(rig.get("/api/v6/auditLog?q=" + words, jana).json(), {"result", "total"});
    };
    EXPECT_EQ(total("Podpora"), "1");
    EXPECT_EQ(total("Sklad"), "0");
}

TEST_F(RolesSeen, name_the_reason_of_a_refusal_and_offer_what_may_be_given) {
    make("people", "queues", R"({"users":["create","update"],"devices":["read"],"queues":["read"],
         "pauses":["read"],"statuses":["read"],"demo_background":["read"],"roles":["create"]})");
    make("more", "queues", R"({"settings":["update"]})");
    give("jana", "people");
    const std::string jana = rig.sign_in("jana");
    const Answer refused = rig.put("/api/v6/users/frantisek", jana, R"({"role":"more"})");
    EXPECT_EQ(refused.status, 403);
    EXPECT_NE(refused.body.find("role smí víc než vy"), std::string::npos) << refused.body;
    std::map<std::string, std::string> choices;
    const json::Value models = rig.get("/api/live/models", jana).json();
    for (const json::Value& model : models.at("models").as_array()) {
        for (const json::Value& field : model.at("fields").as_array()) {
            choices[text_at(model, {"model"}) + "." + text_at(field, {"name"})] =
                text_at(field, {"choices"});
        }
    }
    EXPECT_EQ(choices["users.role"], R"(["agent","back_office","people"])");
    EXPECT_EQ(choices["roles.reach"], R"(["own","queues"])");
    EXPECT_EQ(choices["roles.options.users"], R"(["create","read","update"])");
    EXPECT_EQ(choices["roles.options.settings"], "(absent)") << "none";
}

TEST_F(RolesSeen, are_at_most_so_many) {
    for (int i = 0; i < 1000; ++i) {
        const std::string name = text::format("r{}", i);
        ASSERT_TRUE(rig.store
                        ->save_record({0, "roles", name, name,
                                       R"({"name":")" + name + R"(","title":")" + name + R"("})"},
                                      Instant{})
                        .ok());
    }
    const Answer refused = rig.post("/api/v6/roles", admin, R"({"title":"x","reach":"own"})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(text_at(refused.json(), {"error", "form", "name"}),
              "je jich už 1000, a víc než 1000 jich být nemůže");
    EXPECT_EQ(rig.put("/api/v6/roles/r1", admin, R"({"title":"y"})").status, 200);
}

// A push socket that has its snapshot.
struct OpenPage {
    OpenPage(Rig& rig, const std::string& token) : wire(rig.server->https_port(), true) {
        wire.send(
            "GET /api/live/push HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: " +
            token + "\r\n\r\n");
        EXPECT_EQ(wire.answer(true).status, 101);
    }
    // How many of `of` the next snapshot shows; -1: the socket was closed.
    int next_snapshot(std::string_view of) {
        for (;;) {
            const std::string text = wire.message();
            if (text.empty()) {
                return -1;
            }
            const auto value = json::parse(text);
            if (value && text_at(*value, {"type"}) == "snapshot") {
                return static_cast<int>(value->at("realtime").at(of).as_array().size());
            }
        }
    }
    Wire wire;
};

TEST_F(RolesSeen, that_change_give_open_pages_a_new_snapshot) {
    make("watch", "everything", R"({"queues":["read"]})");
    give("jana", "watch");
    OpenPage page(rig, rig.sign_in("jana"));
    EXPECT_EQ(page.next_snapshot("queues"), 3);
    change("roles/watch", R"({"options":{"queues":[]}})");
    EXPECT_EQ(page.next_snapshot("queues"), 0) << "as soon as there is less to be seen";
    make("other", "everything", R"({"queues":["read"]})");
    give("jana", "other");
    EXPECT_EQ(page.next_snapshot("queues"), 3) << "as soon as there is more";
}

}  // namespace
}  // namespace linka::api::testing
