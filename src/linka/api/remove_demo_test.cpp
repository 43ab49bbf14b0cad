// "Delete the demo": whose it is, what it asks for, and that old passwords end with it.
#include "linka/api/auth/password.hpp"
#include "linka/api/testing/rig.hpp"
#include "linka/core/view.hpp"

#include <future>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

// The rig's company but petr, queue 6003 and phone 331 are the demo's. `made_up`: calls.
void mark(Rig& rig, const std::vector<core::CallId>& made_up = {}) {
    std::promise<core::RecordIds> made;
    ASSERT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        core::RecordIds records;
        for (const auto& [id, user] : state.users) {
            if (user.name != "petr") {
                records.users.push_back(id);
            }
        }
        records.devices = {core::device_by_name(state, "330")->id};
        records.queues = {core::QueueId{6001}, core::QueueId{6002}};
        made.set_value(records);
    }));
    rig.demo.begin(made.get_future().get(), made_up);
}

std::string body(const std::string& password = "correct horse", const std::string& word = "delete",
                 bool end_calls = false) {
    return R"({"password":")" + password + R"(","confirm":")" + word + R"(","end_calls":)" +
           (end_calls ? "true}" : "false}");
}

bool enters(Rig& rig, const std::string& name, const std::string& password) {
    return rig.request("POST", "/api/v6/login.json",
                       R"({"username":")" + name + R"(","password":")" + password + R"("})",
                       {{"Content-Type", "application/json"}})
               .status == 200;
}

// A call from outside that waits in queue 6001.
void call_the_queue(Rig& rig, const std::string& trunk, const std::string& caller) {
    core::Route route;
    route.did = "1";
    route.destination = {core::DestinationKind::queue, "6001"};
    ASSERT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    core::CallArrivedReport arrived;
    arrived.leg = core::LegId{1};
    arrived.trunk = trunk;
    arrived.caller = caller;
    arrived.number = "1";
    ASSERT_EQ(rig.live->now(arrived).kind, core::Reply::Kind::ok);
}

TEST(RemoveDemo, IsNowhereForOthersAndWithoutADemo) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string unknown = rig.get("/api/live/nothing", admin).body;
    EXPECT_EQ(rig.get("/api/live/demo", admin).status, 404) << "no demo";
    mark(rig);
    for (const std::string& token : {rig.sign_in("jana"), rig.sign_in("jan"), std::string()}) {
        const Answer shown = rig.get("/api/live/demo", token);
        EXPECT_EQ(shown.status, 404);
        EXPECT_EQ(shown.body, unknown) << "as any unknown address";
        EXPECT_EQ(rig.post("/api/live/demo/remove", token, body()).status, 404);
    }
    EXPECT_EQ(rig.get("/api/live/demo", admin).status, 200);
}

TEST(RemoveDemo, SaysWhatGoesAndWhatStays) {
    Rig rig;
    mark(rig);
    const json::Value report = rig.get("/api/live/demo", rig.sign_in("admin")).json();
    const json::Object& goes = report.at("goes").as_object();
    const json::Object& stays = report.at("stays").as_object();
    EXPECT_EQ(goes.at("users"), 4);
    EXPECT_EQ(stays.at("users"), 2) << "petr, and whoever asks";
    EXPECT_EQ(goes.at("devices"), 1);
    EXPECT_EQ(stays.at("devices"), 1);
    EXPECT_EQ(goes.at("queues"), 2);
    EXPECT_EQ(stays.at("queues"), 1);
    EXPECT_EQ(report.at("administrator"), "admin");
    EXPECT_EQ(report.at("calls_now"), 0);
}

TEST(RemoveDemo, RefusesBadPasswordsAndMissingWords) {
    Rig rig;
    mark(rig);
    const std::string admin = rig.sign_in("admin");
    const auto field = [&](const std::string& text) {
        const Answer answer = rig.post("/api/live/demo/remove", admin, text);
        EXPECT_EQ(answer.status, 400) << text;
        return std::string(answer.json().at("error").at("field").as_string());
    };
    EXPECT_EQ(field(body("short")), "password");
    EXPECT_EQ(field(body(std::string(257, 'x'))), "password");
    EXPECT_EQ(field(body("demo500")), "password");
    EXPECT_EQ(field(body("correct horse", "yes")), "confirm");
    EXPECT_EQ(field(R"({"password":"correct horse","confirm":"delete","more":1})"), "more");
    EXPECT_TRUE(enters(rig, "admin", "demo500")) << "nothing has changed";
    EXPECT_EQ(rig.get("/api/live/demo", admin).status, 200);
}

TEST(RemoveDemo, KeepsThePasswordWhenItIsRefused) {
    Rig rig;
    mark(rig);
    const std::string admin = rig.sign_in("admin");
    call_the_queue(rig, "provider", "");
    const Answer report = rig.get("/api/live/demo", admin);
    ASSERT_EQ(report.json().at("calls_now"), 1) << report.body;
    const Answer refused = rig.post("/api/live/demo/remove", admin, body());
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.json().at("error").at("code"), "calls_go_on");
    EXPECT_TRUE(enters(rig, "admin", "demo500"));
    EXPECT_FALSE(enters(rig, "admin", "correct horse"));
    EXPECT_EQ(
        rig.post("/api/live/demo/remove", admin, body("correct horse", "Smazat", true)).status,
        200);
    EXPECT_TRUE(enters(rig, "admin", "correct horse"));
}

TEST(RemoveDemo, MadeUpCallsAreNoneThatGoOn) {
    Rig rig;
    mark(rig, {core::CallId{1}});
    call_the_queue(rig, "loopback", "00420702555101");
    const std::string admin = rig.sign_in("admin");
    EXPECT_EQ(rig.get("/api/live/demo", admin).json().at("calls_now"), 0);
    EXPECT_EQ(rig.post("/api/live/demo/remove", admin, body()).status, 200);
}

TEST(RemoveDemo, EndsOldPasswordsTokensSessionsAndSockets) {
    Rig rig;
    mark(rig);
    const std::string admin = rig.sign_in("admin");
    const std::string jan = rig.sign_in("jan");
    const std::string petr = rig.sign_in("petr");
    const std::string lasting(rig.post("/api/live/me/token", jan, R"({"password":"demo512"})")
                                  .json()
                                  .at("token")
                                  .as_string()
                                  .c_str());
    EXPECT_TRUE(rig.request("GET", "/api/v6/whoim.json").json().at("result").at("demo").as_bool());
    Wire socket(rig.server->https_port(), true);
    socket.send(
        "GET /api/live/push HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: " +
        jan + "\r\n\r\n");
    ASSERT_EQ(socket.answer(true).status, 101);
    ASSERT_NE(socket.message(), "");

    const Answer done = rig.post("/api/live/demo/remove", admin, body());
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.json().at("administrator"), "admin");
    EXPECT_EQ(done.json().at("listens"), "127.0.0.1");

    while (!socket.message().empty()) {
        // What was on its way before it closes.
    }
    EXPECT_FALSE(rig.request("GET", "/api/v6/whoim.json").json().at("result").at("demo").as_bool());
    for (const std::string& token : {admin, jan, lasting}) {
        EXPECT_EQ(rig.get("/api/live/me", token).status, 401);
    }
    EXPECT_EQ(rig.get("/api/live/me", petr).status, 200) << "not the demo's";
    EXPECT_FALSE(enters(rig, "jan", "demo512"));
    EXPECT_FALSE(enters(rig, "admin", "demo500"));
    EXPECT_TRUE(enters(rig, "petr", "demo513"));
    EXPECT_TRUE(enters(rig, "admin", "correct horse"));
    const auto passwords = rig.store->secrets(password_kind).value();
    EXPECT_EQ(passwords.size(), 2U);
    EXPECT_TRUE(rig.store->secrets(token_kind).value().empty());
    const auto phones = rig.store->secrets(sip_kind).value();
    EXPECT_EQ(phones.size(), 1U);
    EXPECT_TRUE(phones.contains("331"));
}

}  // namespace
}  // namespace linka::api::testing
