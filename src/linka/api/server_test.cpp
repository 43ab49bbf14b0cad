// The API as its clients meet it: over TLS, with a real core and a real store behind it.
#include "linka/api/server.hpp"

#include "linka/api/testing/rig.hpp"
#include "linka/base/iso_time.hpp"
#include "linka/runtime/clock.hpp"

#include <filesystem>
#include <fstream>
#include <future>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(Server, is_healthy_and_counts) {
    Rig rig;
    const Answer health = rig.request("GET", "/healthz");
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(text_at(health.json(), {"status"}), "ok");
    EXPECT_EQ(health.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(health.headers.at("x-frame-options"), "DENY");
    EXPECT_EQ(health.headers.count("strict-transport-security"), 0U);
    rig.health.report = {false, {"disk full"}};
    EXPECT_EQ(rig.request("GET", "/healthz").status, 503);
    EXPECT_NE(rig.request("GET", "/metrics").body.find("linka_http_requests_total"),
              std::string::npos);
}

TEST(Server, says_what_is_not_there) {
    Rig rig;
    EXPECT_EQ(rig.request("GET", "/api/nothing").status, 404);
    const Answer wrong = rig.request("POST", "/healthz");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.headers.at("allow"), "GET");
    EXPECT_EQ(rig.request("HEAD", "/healthz").status, 200);
    EXPECT_EQ(rig.request("GET", "/../etc/passwd").status, 400);
    EXPECT_EQ(rig.request("GET", "/file/recording/%2e%2e").status, 400);
}

TEST(SignIn, takes_all_forms) {
    Rig rig;
    const Answer json =
        rig.request("POST", "/api/v6/login.json", R"({"username":"jan","password":"demo512"})",
                    {{"Content-Type", "application/json; charset:utf-8"}});
    EXPECT_EQ(json.status, 200);
    const json::Value value = json.json();
    EXPECT_EQ(text_at(value, {"result", "user", "name"}), "jan");
    EXPECT_EQ(text_at(value, {"_timezone"}), "Europe/Prague");
    EXPECT_EQ(text_at(value, {"result", "accessTokenExpirationDate"}).size(), 19U);
    ASSERT_EQ(json.cookies.size(), 3U);
    EXPECT_NE(json.cookies[0].find("HttpOnly; Secure; SameSite=Strict"), std::string::npos);
    const Answer form =
        rig.request("POST", "/api/v6/login", "username=jan&password=demo512&only_token=1",
                    {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(text_at(form.json(), {"result"}).size(), 64U);
    const Answer query =
        rig.request("POST", "/api/v6/login.json?username=jan&password=demo512&only_token=1");
    EXPECT_EQ(text_at(query.json(), {"result"}).size(), 64U);
    EXPECT_EQ(rig.request("GET", "/api/v6/login?username=jan&password=demo512").status, 405);
    EXPECT_EQ(
        rig.request("POST", "/api/v6/login", R"({"username":"ucetni","password":"x"})").status,
        401);
}

TEST(SignIn, refreshes_and_revokes) {
    Rig rig;
    const json::Value first =
        rig.request("POST", "/api/v6/login", R"({"username":"jan","password":"demo512"})").json();
    const std::string old = text_at(first, {"result", "accessToken"});
    const std::string body =
        R"({"refreshToken":")" + text_at(first, {"result", "refreshToken"}) + R"("})";
    const Answer second = rig.request("PUT", "/api/v6/login", body);
    EXPECT_EQ(second.status, 200);
    const std::string fresh = text_at(second.json(), {"result", "accessToken"});
    EXPECT_EQ(rig.get("/api/live/me", old).status, 401);
    EXPECT_EQ(rig.get("/api/live/me", fresh).status, 200);
    EXPECT_EQ(rig.request("PUT", "/api/v6/login", body).status, 401);
    EXPECT_EQ(rig.request("DELETE", "/api/v6/login", {}, {{"X-AUTH-TOKEN", fresh}}).status, 204);
    EXPECT_EQ(rig.get("/api/live/me", fresh).status, 401);
}

TEST(SignIn, locks_out_after_failures) {
    Rig rig;
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(
            rig.request("POST", "/api/v6/login", R"({"username":"jan","password":"no"})").status,
            401);
    }
    const Answer locked =
        rig.request("POST", "/api/v6/login", R"({"username":"jan","password":"demo512"})");
    EXPECT_EQ(locked.status, 429);
    EXPECT_GE(std::stoi(locked.headers.at("retry-after")), 1);
}

TEST(SignIn, finds_the_token_everywhere) {
    Rig rig;
    const std::string token = rig.sign_in("jan");
    const std::string whoim = "/api/v6/whoim.json";
    for (const Headers& headers : std::vector<Headers>{{{"x-auth-token", token}},
                                                       {{"X-AUTH-TOKEN-OPENAPI", token}},
                                                       {{"Authorization", "Bearer " + token}},
                                                       {{"Cookie", "a=b; c_user=" + token}},
                                                       {{"Cookie", "c_user=\"" + token + "\""}}}) {
        EXPECT_EQ(text_at(rig.request("GET", whoim, {}, headers).json(),
                          {"result", "user", "_sys", "accessToken"}),
                  token);
    }
    EXPECT_EQ(rig.request("GET", whoim + "?accessToken=" + token).status, 200);
    EXPECT_EQ(rig.request("GET", whoim + "?accessToken=bad").status, 401);
    const Answer nobody = rig.request("GET", whoim + "?accessToken=");
    EXPECT_EQ(nobody.status, 200);
    EXPECT_EQ(text_at(nobody.json(), {"result", "user"}), "null");
    EXPECT_EQ(
        rig.request("POST", "/api/live/me/ready", R"({"accessToken":")" + token + R"("})").status,
        400);  // found, and then refused as an unknown field by name
}

TEST(SignIn, refuses_what_another_site_sends_with_our_cookie) {
    Rig rig;
    const std::string cookie = "c_user=" + rig.sign_in("jan");
    const auto unready = [&](Headers headers) {
        headers.emplace_back("Cookie", cookie);
        return rig.request("POST", "/api/live/me/unready", "{}", headers).status;
    };
    EXPECT_EQ(unready({{"Origin", "https://evil.example"}}), 403);
    EXPECT_EQ(unready({{"Origin", "null"}}), 403);
    EXPECT_EQ(unready({{"Sec-Fetch-Site", "cross-site"}}), 403);
    EXPECT_NE(unready({{"Origin", "https://localhost"}}), 403);
    EXPECT_NE(unready({}), 403);
}

TEST(Live, shows_me_and_says_why_not) {
    Rig rig;
    const std::string token = rig.sign_in("frantisek");
    EXPECT_EQ(text_at(rig.get("/api/live/me", token).json(), {"state"}), "not_ready");
    const Answer refused = rig.post("/api/live/calls", token, R"({"number":"777123456"})");
    EXPECT_EQ(refused.status, 409);
    const json::Value refusal = refused.json();
    EXPECT_FALSE(refusal.at("error").at("blockers").as_array().empty());
    EXPECT_NE(text_at(refusal.at("error").at("blockers").as_array()[0], {"fix"}), "");
    const json::Value before = rig.get("/api/live/me", token).json();
    EXPECT_EQ(text_at(before, {"can", "call_out", "ok"}), "false");
    EXPECT_EQ(rig.post("/api/live/me/devices", token, R"({"login":["330"]})").status, 200);
    EXPECT_EQ(rig.post("/api/live/me/queues", token, R"({"login":[6001,6002]})").status, 200);
    EXPECT_EQ(rig.post("/api/live/me/ready", token).status, 200);
    const json::Value me = rig.get("/api/live/me", token).json();
    EXPECT_EQ(text_at(me, {"state"}), "no_device") << "330 is not registered";
    EXPECT_EQ(text_at(me.at("devices").as_array().at(0), {"name"}), "330");
    EXPECT_EQ(me.at("queues").as_array().size(), 2U);
    EXPECT_EQ(rig.post("/api/live/me/pause", token, R"({"pause":"obed"})").status, 200);
    EXPECT_EQ(text_at(rig.get("/api/live/me", token).json(), {"pause", "title"}), "Oběd");
    EXPECT_EQ(rig.post("/api/live/me/pause", token, R"({"pause":null})").status, 200);
    const Answer unknown = rig.post("/api/live/me/ready", token, R"({"colour":1})");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_NE(unknown.body.find("colour"), std::string::npos);
    EXPECT_EQ(rig.post("/api/live/me/ready", token, "{").status, 400);
    EXPECT_EQ(rig.post("/api/live/activities/activities_99/accept", token).status, 404);
    // What is written about work has no characters that nobody sees; lines may end.
    for (const std::string act : {"close", "postpone"}) {
        const std::string path = "/api/live/activities/activities_99/" + act;
        const Answer hidden = rig.post(path, token, "{\"note\":\"a\u200bb\"}");
        EXPECT_EQ(hidden.status, 400);
        EXPECT_EQ(text_at(hidden.json(), {"error", "field"}), "note");
        EXPECT_EQ(rig.post(path, token, R"({"note":"a\nb"})").status, 404);
    }
}

TEST(Live, speaks_the_language_that_is_asked_for) {
    Rig rig;
    const std::string token = rig.sign_in("petr");
    const auto fix = [&](Headers headers) {
        headers.emplace_back("X-AUTH-TOKEN", token);
        const Answer answer =
            rig.request("POST", "/api/live/calls", R"({"number":"777123456"})", headers);
        return text_at(answer.json(), {"error", "text"});
    };
    EXPECT_EQ(fix({}), "Nejste připraveni.");
    EXPECT_EQ(fix({{"Accept-Language", "en-GB,en;q=0.9"}}), "You are not ready.");
    EXPECT_EQ(fix({{"Cookie", "lang=en_US"}}), "You are not ready.");
}

TEST(Live, realtime_shows_what_one_may_see) {
    Rig rig;
    const json::Value admin = rig.get("/api/live/realtime", rig.sign_in("admin")).json();
    EXPECT_EQ(admin.at("users").as_array().size(), 6U);
    EXPECT_EQ(admin.at("queues").as_array().size(), 3U);
    const json::Value petr = rig.get("/api/live/realtime", rig.sign_in("petr")).json();
    EXPECT_EQ(petr.at("users").as_array().size(), 1U);
    EXPECT_EQ(petr.at("queues").as_array().size(), 1U);
    const json::Value jan = rig.get("/api/live/realtime", rig.sign_in("jan")).json();
    EXPECT_EQ(jan.at("users").as_array().size(), 3U);
    EXPECT_EQ(jan.at("users").as_array()[0].as_object().contains("queues"), false);
}

TEST(Live, a_full_core_is_503_with_retry_after) {
    Rig rig;
    const std::string token = rig.sign_in("jan");
    rig.live->set_full(true);
    const Answer answer = rig.post("/api/live/me/ready", token);
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.headers.count("retry-after"), 1U);
    rig.live->set_full(false);
}

// A call to 226000002 rings at jan, who is ready with the telephone 331.
void ring_at_jan(Rig& rig, const std::string& jan) {
    std::int64_t device = 0;
    rig.live->now(core::Tick{});
    std::promise<std::int64_t> found;
    ASSERT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        for (const auto& [id, record] : state.devices) {
            if (record.name == "331") {
                found.set_value(id.value);
            }
        }
    }));
    device = found.get_future().get();
    rig.live->now(core::DeviceReachabilityReport{core::DeviceId{device}, true, true});
    EXPECT_EQ(rig.post("/api/live/me/devices", jan, R"({"login":["331"]})").status, 200);
    EXPECT_EQ(rig.post("/api/live/me/queues", jan, R"({"login":[6001]})").status, 200);
    EXPECT_EQ(rig.post("/api/live/me/ready", jan).status, 200);
    core::Route route;
    route.did = "226000002";
    route.destination = {core::DestinationKind::queue, "6001"};
    EXPECT_EQ(rig.live->now(core::SaveRoute{route}).kind, core::Reply::Kind::ok);
    rig.live->now(core::CallArrivedReport{
        core::LegId{1}, {}, "loopback", "226000002", "00420601111222", "", {}});
}

// A caller waits in 6001, rings at jan and frantisek's colleague sees it; then everything that is
// told about it: offer, why, lists, statistics.
TEST(Live, a_call_from_ringing_to_the_figures) {
    Rig rig;
    const std::string jan = rig.sign_in("jan");
    const std::string admin = rig.sign_in("admin");
    ring_at_jan(rig, jan);
    const json::Value me = rig.get("/api/live/me", jan).json();
    EXPECT_EQ(text_at(me, {"state"}), "ringing") << boost::json::serialize(me);
    ASSERT_EQ(me.at("activities").as_array().size(), 1U);
    const json::Value& offer = me.at("activities").as_array()[0];
    EXPECT_EQ(text_at(offer, {"state"}), "ringing");
    const std::string name = text_at(offer, {"name"});
    const json::Value why = rig.get("/api/live/activities/" + name + "/why", jan).json();
    ASSERT_FALSE(why.at("decisions").as_array().empty());
    EXPECT_EQ(text_at(why.at("decisions").as_array()[0].at("chosen").as_array()[0], {"name"}),
              "jan");
    EXPECT_EQ(rig.get("/api/live/activities/" + name + "/why", rig.sign_in("petr")).status, 404);
    EXPECT_EQ(rig.post("/api/live/activities/" + name + "/reject", jan).status, 200);
    const json::Value stats = rig.get("/api/live/stats/queues", admin).json();
    ASSERT_EQ(stats.at("data").as_array().size(), 1U);
    const json::Value& row = stats.at("data").as_array()[0];
    EXPECT_EQ(text_at(row, {"total"}), "1");
    const json::Value list = rig.get(text_at(row, {"links", "total"}), admin).json();
    EXPECT_EQ(text_at(list, {"total"}), "1");
    EXPECT_TRUE(list.at("data").as_array()[0].as_object().contains("activities"));
    EXPECT_EQ(text_at(list.at("data").as_array()[0], {"recorded"}), "false");
    const std::string searched = "/api/live/lists/interactions?sort[0][field]=wait&q=";
    EXPECT_EQ(text_at(rig.get(searched + "601111222", admin).json(), {"total"}), "1");
    EXPECT_EQ(text_at(rig.get(searched + "601999", admin).json(), {"total"}), "0");
    const std::string of = "/api/live/lists/offers?filter[0][field]=user&filter[0][value]=";
    EXPECT_EQ(text_at(rig.get(of + "jan", admin).json(), {"total"}), "1");
    EXPECT_EQ(text_at(rig.get(of + "petr", admin).json(), {"total"}), "0");
    EXPECT_EQ(
        text_at(rig.get(of + "jan", admin).json().at("data").as_array()[0], {"call", "caller"}),
        text_at(list.at("data").as_array()[0], {"caller"}));
    EXPECT_EQ(text_at(rig.get("/api/live/stats/statuses", admin).json(), {"total"}), "0");
    EXPECT_EQ(rig.get("/api/live/stats/statuses?queue=x", admin).status, 400);
    EXPECT_EQ(rig.get("/api/live/stats/statuses?user=nobody", admin).status, 400);
    const json::Value telephones = rig.get("/api/live/telephones", admin).json();
    const json::Value own = rig.get("/api/live/telephones", jan).json();
    EXPECT_GT(telephones.at("devices").as_array().size(), own.at("devices").as_array().size());
    const json::Value users = rig.get("/api/live/stats/users", admin).json();
    bool charged = false;
    for (const json::Value& user : users.at("data").as_array()) {
        if (text_at(user, {"user", "name"}) == "jan") {
            charged = text_at(user, {"rejected"}) == "1";
            const json::Value rows = rig.get(text_at(user, {"links", "rejected"}), admin).json();
            EXPECT_EQ(text_at(rows, {"total"}), "1");
        }
    }
    EXPECT_TRUE(charged);
    const json::Value calls =
        rig.get(
               "/api/v6/activitiesCall.json?filter[0][field]=id_queue&filter[0][operator]=eq"
               "&filter[0][value]=6001&fields[]=clid&fields[]=answered",
               admin)
            .json();
    EXPECT_EQ(text_at(calls, {"result", "total"}), "1");
    EXPECT_EQ(boost::json::serialize(calls.at("result").at("data").as_array()[0]),
              R"({"clid":"00420601111222","answered":false})");
    // The caller waits on, as work that nobody has yet.
    const std::string waits = "/api/v6/activities.json?filter[field]=action&filter[operator]=eq";
    const json::Value waiting = rig.get(waits + "&filter[value]=WAIT", admin).json();
    ASSERT_EQ(text_at(waiting, {"result", "total"}), "1");
    const json::Value& work = waiting.at("result").at("data").as_array()[0];
    EXPECT_EQ(text_at(work, {"item", "id_queue", "name"}), "6001");
    const std::string address = "/api/v6/activities/" + text_at(work, {"name"}) + ".json";
    EXPECT_EQ(text_at(rig.get(address, admin).json(), {"result", "action"}), "WAIT");
    EXPECT_EQ(rig.get(address, rig.sign_in("petr")).status, 404);
}

TEST(Push, begins_with_a_snapshot_and_tells_changes) {
    Rig rig;
    const std::string token = rig.sign_in("jan");
    const Instant before = runtime::wall_now();
    Wire wire(rig.server->https_port(), true);
    wire.send(
        "GET /api/live/push HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: " +
        token + "\r\n\r\n");
    EXPECT_EQ(wire.answer(true).status, 101);
    const auto snapshot = json::parse(wire.message());
    ASSERT_TRUE(snapshot.ok());
    EXPECT_EQ(text_at(*snapshot, {"type"}), "snapshot");
    // The time of asking, however long ago the last event was: pages set their clocks by it.
    const auto now = from_iso_time(text_at(*snapshot, {"now"}));
    ASSERT_TRUE(now.has_value());
    EXPECT_GE(*now, before);
    EXPECT_EQ(text_at(*snapshot, {"me", "user", "name"}), "jan");
    wire.send_message(R"({"type":"ping"})");
    EXPECT_EQ(rig.post("/api/live/me/queues", token, R"({"login":[6001]})").status, 200);
    bool me = false;
    bool queue = false;
    while (!me || !queue) {
        const auto message = json::parse(wire.message());
        ASSERT_TRUE(message.ok());
        me = me || text_at(*message, {"type"}) == "me";
        queue = queue || text_at(*message, {"queue", "logged_in"}) == "1";
    }
    EXPECT_EQ(rig.get("/api/live/push", token).status, 426);
}

// What a page says to its phone reaches the phones with who said it; answers go to that page alone.
TEST(Push, passes_phone_messages) {
    Rig rig;
    const std::string upgrade =
        "GET /api/live/push HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: " +
        rig.sign_in("jan") + "\r\n\r\n";
    Wire bystander(rig.server->https_port(), true);
    bystander.send(upgrade);
    EXPECT_EQ(bystander.answer(true).status, 101);
    bystander.message();
    const std::string start = R"({"type":"phone.start","device":"821"})";
    {
        Wire wire(rig.server->https_port(), true);
        wire.send(upgrade);
        EXPECT_EQ(wire.answer(true).status, 101);
        wire.message();
        wire.send_message(start);
        EXPECT_EQ(wire.message(), start);
        wire.send_message(R"({"type":7})");
        EXPECT_NE(wire.message().find(R"("field":"type")"), std::string::npos);
    }
    const auto heard = rig.phones.heard();
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].text, start);
    EXPECT_EQ(heard[0].page.address, "127.0.0.1");
    EXPECT_TRUE(heard[0].page.user);
    EXPECT_EQ(rig.phones.wait_closed(), heard[0].page.id);
    heard[0].page.say("too late");
    bystander.send_message(R"({"type":"ping"})");
    EXPECT_EQ(bystander.message(), R"({"type":"pong"})");
}

TEST(V6, lists_users_by_rights_and_writes_them) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const json::Value all = rig.get(
                                   "/api/v6/users.json?sort[0][field]=name&sort[0][dir]=desc"
                                   "&take=2&fields[0]=name",
                                   admin)
                                .json();
    EXPECT_EQ(boost::json::serialize(all.at("result").at("data")),
              R"([{"name":"ucetni"},{"name":"petr"}])");
    EXPECT_EQ(text_at(all, {"result", "total"}), "6");
    EXPECT_EQ(
        text_at(rig.get("/api/v6/USERS/petr", rig.sign_in("petr")).json(), {"result", "extension"}),
        "513");
    EXPECT_EQ(rig.get("/api/v6/users/petr", rig.sign_in("jan")).status, 404);
    EXPECT_EQ(rig.get("/api/v6/users?filter[field]=nonsense&filter[value]=1", admin).status, 400);
    const Answer missing = rig.post("/api/v6/users.json", admin, R"({"name":"novak"})");
    EXPECT_EQ(missing.status, 400);
    EXPECT_NE(text_at(missing.json(), {"error", "form", "title"}), "(absent)");
    const Answer created =
        rig.post("/api/v6/users.json", admin,
                 R"({"name":"novak","title":"Novák","type":"CC","extension":"530",
                                        "password":"tajne123","role":"agent","email":"n@x.cz",
                                        "queues":[{"name":6001,"penalty":2}]})");
    EXPECT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(text_at(created.json(), {"result", "email"}), "n@x.cz");
    EXPECT_EQ(rig.request("POST", "/api/v6/login", R"({"username":"novak","password":"tajne123"})")
                  .status,
              200);
    const Answer changed = rig.request(
        "PUT", "/api/v6/users/novak.json", "title=Nov%C3%BD",
        {{"X-AUTH-TOKEN", admin}, {"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(text_at(changed.json(), {"result", "title"}), "Nový");
    EXPECT_EQ(text_at(changed.json(), {"result", "email"}), "n@x.cz");
    for (const std::string name : {"first", "second"}) {
        const Answer plain =
            rig.post("/api/v6/users.json", admin,
                     R"({"name":")" + name + R"(","title":"T","type":"CC","password":"tajne123"})");
        EXPECT_EQ(plain.status, 201) << "without an extension: " << plain.body;
        EXPECT_EQ(text_at(plain.json(), {"result", "extension"}), "null");
        EXPECT_EQ(rig.put("/api/v6/users/" + name, admin, R"({"extension":null})").status, 200);
    }
    EXPECT_EQ(rig.post("/api/v6/users/novak?_method=DELETE", rig.sign_in("jan")).status, 403);
    const Answer removed =
        rig.request("DELETE", "/api/v6/users/novak", {}, {{"X-AUTH-TOKEN", admin}});
    EXPECT_TRUE(removed.status == 204 || removed.status == 409) << removed.body;
}

TEST(V6, serves_devices_queues_pauses_and_statuses) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string agent = rig.sign_in("frantisek");
    EXPECT_EQ(text_at(rig.get("/api/v6/sipDevices/330.json", admin).json(), {"result", "password"}),
              "sip330");
    EXPECT_EQ(text_at(rig.get("/api/v6/sipDevices/330.json", agent).json(), {"result", "password"}),
              "(absent)");
    EXPECT_EQ(rig.get("/api/v6/sipDevices/331", agent).status, 404);
    const Answer device = rig.post("/api/v6/sipDevices", admin, R"({"name":"340","title":"Nový"})");
    EXPECT_EQ(device.status, 201) << device.body;
    EXPECT_EQ(text_at(device.json(), {"result", "password"}).size(), 20U);
    EXPECT_EQ(rig.health.changes, 1);
    EXPECT_EQ(text_at(rig.get("/api/v6/queues/6001", agent).json(), {"result", "name"}), "6001");
    EXPECT_EQ(rig.get("/api/v6/queues/6003", agent).status, 404);
    const Answer queue =
        rig.post("/api/v6/queues", admin,
                 R"({"name":6010,"title":"X","type":"in","options":{"ringtime":9}})");
    EXPECT_EQ(text_at(queue.json(), {"result", "options", "ringtime"}), "9");
    EXPECT_EQ(rig.post("/api/v6/queues", agent, "{}").status, 403);
    const Answer pause = rig.post("/api/v6/pauses", admin, R"({"title":"Káva","max_duration":15})");
    EXPECT_EQ(pause.status, 201) << pause.body;
    EXPECT_EQ(text_at(pause.json(), {"result", "max_duration"}), "15");
    EXPECT_EQ(rig.post("/api/v6/statuses", admin, R"({"title":"Vyřízeno"})").status, 201);
    const json::Value statuses = rig.get("/api/v6/statuses", agent).json();
    ASSERT_EQ(statuses.at("result").at("data").as_array().size(), 1U);
    EXPECT_EQ(statuses.at("result").at("data").as_array()[0].as_object().size(), 9U);
    const json::Value sessions = rig.get("/api/v6/realtimeSessions", agent).json();
    EXPECT_EQ(text_at(sessions, {"result", "total"}), "1");
    EXPECT_EQ(rig.post("/api/v6/usersSession", agent, R"({"queues":[{"login":true,"name":6001}]})")
                  .status,
              201);
    EXPECT_EQ(rig.get("/api/v6/nonsense", agent).status, 404);
    EXPECT_EQ(rig.request("GET", "/api/v6/users").status, 401);
}

}  // namespace
}  // namespace linka::api::testing
