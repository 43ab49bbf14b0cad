// Access that is taken away is gone at once, and the doors to it hold against strangers.
#include "linka/api/auth/token.hpp"
#include "linka/api/testing/rig.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

std::string upgrade(const std::string& token) {
    return "GET /api/live/push HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
           "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           "Sec-WebSocket-Version: 13\r\nX-AUTH-TOKEN: " +
           token + "\r\n\r\n";
}

// A push socket that has its snapshot.
struct Page {
    Page(Rig& rig, const std::string& token) : wire(rig.server->https_port(), true) {
        wire.send(upgrade(token));
        EXPECT_EQ(wire.answer(true).status, 101);
        EXPECT_NE(wire.message().find(R"("type":"snapshot")"), std::string::npos);
    }
    // The next message of this type; empty: the socket was closed.
    std::string wait(std::string_view type) {
        for (;;) {
            std::string text = wire.message();
            if (text.empty() ||
                text.find(R"("type":")" + std::string(type) + "\"") != std::string::npos) {
                return text;
            }
        }
    }
    bool is_closed() { return wait("nothing of this name").empty(); }
    Wire wire;
};

Answer put(Rig& rig, const std::string& token, const std::string& path, const std::string& body,
           Headers headers = {}) {
    headers.emplace_back("X-AUTH-TOKEN", token);
    return rig.request("PUT", path, body, headers);
}

std::string lasting_token(Rig& rig, const std::string& token, const std::string& password) {
    const Answer answer =
        rig.post("/api/live/me/token", token, R"({"password":")" + password + R"("})");
    return answer.status == 200 ? std::string(answer.json().at("token").as_string())
                                : std::to_string(answer.status);
}

TEST(Access, ends_with_the_sign_out_and_only_there) {
    Rig rig;
    const std::string here = rig.sign_in("jan");
    const std::string elsewhere = rig.sign_in("jan");
    Page page(rig, here);
    Page other(rig, elsewhere);
    EXPECT_EQ(rig.request("DELETE", "/api/v6/login", {}, {{"X-AUTH-TOKEN", here}}).status, 204);
    EXPECT_TRUE(page.is_closed());
    EXPECT_EQ(rig.get("/api/live/me", elsewhere).status, 200);
    other.wire.send_message(R"({"type":"ping"})");
    EXPECT_FALSE(other.wait("pong").empty());
}

TEST(Access, the_last_sign_out_logs_out_of_the_contact_centre) {
    Rig rig;
    const std::string jan = rig.sign_in("jan");
    Page admin(rig, rig.sign_in("admin"));
    EXPECT_EQ(rig.request("DELETE", "/api/v6/login", {}, {{"X-AUTH-TOKEN", jan}}).status, 204);
    std::string text;
    do {
        text = admin.wait("user");
    } while (!text.empty() && (text.find(R"("name":"jan")") == std::string::npos ||
                               text.find(R"("logged_out")") == std::string::npos));
    EXPECT_FALSE(text.empty());
}

TEST(Access, a_page_lives_on_when_its_tokens_are_refreshed) {
    Rig rig;
    const Answer first =
        rig.request("POST", "/api/v6/login", R"({"username":"jan","password":"demo512"})");
    const json::Value value = first.json();
    const auto& result = value.at("result").as_object();
    Page page(rig, std::string(result.at("accessToken").as_string()));
    const Answer second = rig.request(
        "PUT", "/api/v6/login",
        R"({"refreshToken":")" + std::string(result.at("refreshToken").as_string()) + R"("})");
    ASSERT_EQ(second.status, 200);
    page.wire.send_message(R"({"type":"ping"})");
    EXPECT_FALSE(page.wait("pong").empty());
    const std::string fresh(second.json().at("result").at("accessToken").as_string());
    EXPECT_EQ(rig.request("DELETE", "/api/v6/login", {}, {{"X-AUTH-TOKEN", fresh}}).status, 204);
    EXPECT_TRUE(page.is_closed());
}

TEST(Access, a_lasting_token_asks_for_the_password_and_ends_with_it) {
    Rig rig;
    const std::string jan = rig.sign_in("jan");
    EXPECT_EQ(lasting_token(rig, jan, "guess"), "400");
    EXPECT_EQ(rig.post("/api/live/me/token", jan).status, 400);
    const std::string lasting = lasting_token(rig, jan, "demo512");
    EXPECT_EQ(rig.post("/api/live/me/queues", jan, R"({"login":[6001]})").status, 200);
    Page page(rig, lasting);
    EXPECT_EQ(rig.get("/api/live/me", lasting).status, 200);
    EXPECT_EQ(rig.post("/api/live/me/password", jan,
                       R"({"password":"demo512","new_password":"long-enough"})")
                  .status,
              200);
    EXPECT_EQ(rig.get("/api/live/me", lasting).status, 401);
    EXPECT_EQ(rig.get("/api/live/me", jan).status, 401);
    EXPECT_TRUE(page.is_closed());
    const json::Value again =
        rig.request("POST", "/api/v6/login", R"({"username":"jan","password":"long-enough"})")
            .json();
    const std::string fresh(again.at("result").at("accessToken").as_string());
    EXPECT_EQ(rig.get("/api/live/me", fresh).json().at("queues").as_array().size(), 1U)
        << "who changes their own password is at work all the while";
}

TEST(Access, ends_with_a_password_that_the_administrator_sets) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string jan = rig.sign_in("jan");
    const std::string lasting = lasting_token(rig, jan, "demo512");
    Page page(rig, jan);
    EXPECT_EQ(put(rig, admin, "/api/v6/users/jan", R"({"password":"1"})").status, 400);
    EXPECT_EQ(put(rig, admin, "/api/v6/sipDevices/330", R"({"password":"1"})").status, 400);
    EXPECT_EQ(put(rig, admin, "/api/v6/users/jan", R"({"mfa_verification":2})").status, 400);
    EXPECT_EQ(rig.get("/api/live/me", jan).status, 200);
    const Answer reset = put(rig, admin, "/api/v6/users/jan", R"({"password":"long-enough"})");
    EXPECT_EQ(reset.status, 200) << reset.body;
    EXPECT_TRUE(page.is_closed());
    EXPECT_EQ(rig.get("/api/live/me", jan).status, 401);
    EXPECT_EQ(rig.get("/api/live/me", lasting).status, 401);
}

TEST(Access, ends_with_the_deactivation_of_who_is_logged_in) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string jan = rig.sign_in("jan");
    const std::string lasting = lasting_token(rig, jan, "demo512");
    Page page(rig, jan);
    EXPECT_EQ(rig.post("/api/live/me/devices", jan, R"({"login":["331"]})").status, 200);
    EXPECT_EQ(put(rig, admin, "/api/v6/users/jan", R"({"deactivated":true})").status, 200);
    EXPECT_TRUE(page.is_closed());
    EXPECT_EQ(rig.get("/api/live/me", jan).status, 401);
    EXPECT_EQ(put(rig, admin, "/api/v6/users/jan", R"({"deactivated":false})").status, 200);
    EXPECT_EQ(rig.get("/api/live/me", jan).status, 401) << "it does not come back by itself";
    EXPECT_EQ(rig.get("/api/live/me", lasting).status, 401);
}

TEST(Access, rights_wait_for_the_log_out_which_a_manager_can_cause) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string jan = rig.sign_in("jan");
    Page page(rig, jan);
    const Answer refused = put(rig, admin, "/api/v6/users/jan", R"({"queues":[]})");
    EXPECT_EQ(refused.status, 409);
    const json::Value error = refused.json().at("error");
    EXPECT_EQ(error.at("code").as_string(), "logged_in");
    EXPECT_EQ(error.at("blockers").as_array().at(0).at("fix").as_string(),
              "Nejdřív uživatele odhlaste.");
    EXPECT_TRUE(error.at("form").as_object().contains("queues"));
    const Answer english =
        put(rig, admin, "/api/v6/users/jan", R"({"role":"manager"})", {{"Accept-Language", "en"}});
    EXPECT_EQ(english.json().at("error").at("blockers").as_array().at(0).at("fix").as_string(),
              "Log the user out first.");

    const std::string address = "/api/live/users/jan/logout";
    EXPECT_EQ(rig.post(address, rig.sign_in("frantisek")).status, 409);
    EXPECT_EQ(rig.post(address, rig.sign_in("petr")).status, 404);
    EXPECT_EQ(rig.post("/api/live/users/admin/logout", rig.sign_in("jana")).status, 404);
    EXPECT_EQ(rig.post(address, admin, R"({"when":"soon"})").status, 400);
    EXPECT_EQ(rig.post(address, rig.sign_in("jana"), R"({"when":"after_call"})").status, 200);
    EXPECT_NE(page.wait("logged_out").find(R"("when":"after_call")"), std::string::npos);
    EXPECT_EQ(put(rig, admin, "/api/v6/users/jan", R"({"queues":[]})").status, 200);
    EXPECT_NE(page.wait("snapshot").find(R"("logged_out")"), std::string::npos)
        << "the page sees other things from then on";
    EXPECT_EQ(rig.post(address, admin).status, 200) << "nothing happens to who is logged out";
}

// Of two who edit one record, the last does not win silently.
TEST(Access, an_edit_of_what_somebody_else_changed_is_refused_with_both) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string address :
         {"/api/v6/users/petr", "/api/v6/sipDevices/330", "/api/v6/queues/6001"}) {
        const json::Value read = rig.get(address, admin).json();
        const std::string version(read.at("result").at("_sys").at("version").as_string());
        const auto save = [&](const std::string& title, const std::string& of) {
            return put(rig, admin, address,
                       R"({"title":")" + title + R"(","_sys":{"version":")" + of + R"("}})");
        };
        EXPECT_EQ(save("first", version).status, 200);
        const Answer second = save("second", version);
        EXPECT_EQ(second.status, 409);
        EXPECT_EQ(second.json().at("error").at("code").as_string(), "changed");
        EXPECT_EQ(second.json().at("result").at("title").as_string(), "first");
        const std::string now(second.json().at("result").at("_sys").at("version").as_string());
        EXPECT_EQ(save("second", now).status, 200);
        EXPECT_EQ(put(rig, admin, address, R"({"title":"third"})").status, 200);
    }
}

TEST(Access, the_first_password_is_set_in_the_browser_that_then_is_signed_in) {
    Rig rig;
    const std::string token(64, 'a');
    ASSERT_TRUE(rig.store->put_secret("setup", "admin", token));
    const std::string address = "/setup/" + token;
    const Answer form = rig.request("GET", address);
    EXPECT_EQ(form.headers.at("referrer-policy"), "same-origin");
    EXPECT_NE(form.body.find("heslo administrátora. Přihlašovat se budete jménem admin."),
              std::string::npos);
    EXPECT_NE(form.body.find("color-scheme:light dark"), std::string::npos);
    EXPECT_NE(rig.request("GET", address, {}, {{"Accept-Language", "en"}})
                  .body.find("Set the administrator's password. Your user name is admin."),
              std::string::npos);
    const Headers ours{{"Origin", "null"}, {"Sec-Fetch-Site", "same-origin"}};
    const Headers theirs{{"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}};
    const auto is_page = [](const Answer& answer, int status) {
        return answer.status == status &&
               answer.headers.at("content-type").starts_with("text/html");
    };
    EXPECT_TRUE(is_page(rig.request("POST", address, "password=long-enough", theirs), 403));
    EXPECT_TRUE(is_page(rig.request("POST", address, "password=short", ours), 400));
    EXPECT_TRUE(is_page(rig.request("POST", "/setup/wrong", "password=long-enough", ours), 404));
    const Answer set = rig.request("POST", address, "password=long-enough", ours);
    EXPECT_TRUE(is_page(set, 200)) << set.body;
    EXPECT_NE(set.body.find("url=/"), std::string::npos);
    ASSERT_FALSE(set.cookies.empty());
    const std::string cookie = set.cookies.front().substr(0, set.cookies.front().find(';'));
    EXPECT_EQ(rig.request("GET", "/api/live/me", {}, {{"Cookie", cookie}}).status, 200);
    EXPECT_TRUE(is_page(rig.request("POST", address, "password=long-enough", ours), 404));
}

TEST(Access, another_site_cannot_sign_its_readers_in) {
    Rig rig;
    const auto status = [&](const Headers& headers) {
        return rig.request("POST", "/api/v6/login", "username=jan&password=demo512", headers)
            .status;
    };
    EXPECT_EQ(status({{"Origin", "https://evil.example"}}), 403);
    EXPECT_EQ(status({{"Sec-Fetch-Site", "cross-site"}}), 403);
    EXPECT_EQ(status({{"Origin", "https://localhost"}}), 200);
}

TEST(Access, a_browsers_session_is_told_from_a_programs) {
    Rig rig;
    const auto begun_by_browser = [&](const Headers& headers) {
        const Answer answer = rig.request("POST", "/api/v6/login",
                                          "username=jan&password=demo512&only_token=1", headers);
        const std::string hash = token_hash(text_at(answer.json(), {"result"}));
        const auto sessions = *rig.store->sessions();
        const auto found = std::find_if(sessions.begin(), sessions.end(), [&](const auto& session) {
            return session.token_hash == hash;
        });
        return found != sessions.end() && found->browser;
    };
    EXPECT_FALSE(begun_by_browser({}));
    EXPECT_TRUE(begun_by_browser({{"Origin", "https://localhost"}}));
    EXPECT_TRUE(begun_by_browser({{"Sec-Fetch-Site", "same-origin"}}));
}

TEST(Access, a_browser_that_was_here_gets_in_while_others_guess) {
    Rig rig;
    const std::string right = R"({"username":"jan","password":"demo512"})";
    const Answer first = rig.request("POST", "/api/v6/login", right);
    ASSERT_EQ(first.cookies.size(), 3U);
    const Headers known{{"Cookie", first.cookies[2].substr(0, first.cookies[2].find(';'))}};
    for (int i = 0; i < 6; ++i) {
        rig.request("POST", "/api/v6/login", R"({"username":"jan","password":"no"})");
    }
    EXPECT_EQ(rig.request("POST", "/api/v6/login", right).status, 429);
    EXPECT_EQ(rig.request("POST", "/api/v6/login", right, known).status, 200);
    EXPECT_EQ(
        rig.request("POST", "/api/v6/login", R"({"username":"jana","password":"demo511"})", known)
            .status,
        200)
        << "one person's guesses are not another's";
}

TEST(Access, who_floods_the_socket_is_cut_off) {
    Rig rig;
    Page page(rig, rig.sign_in("jan"));
    for (int i = 0; i < 400; ++i) {
        page.wire.send_message(R"({"type":"ping"})");
    }
    EXPECT_TRUE(page.is_closed());
}

TEST(Access, colleagues_see_names_and_presence_alone) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(put(rig, admin, "/api/v6/users/frantisek",
                  R"({"email":"f@x.cz","forwarding_number":"777123456"})")
                  .status,
              200);
    const auto user = [&](const std::string& token) {
        const json::Value value = rig.get("/api/v6/users/frantisek", token).json();
        return value.at("result").as_object();
    };
    EXPECT_EQ(user(rig.sign_in("jana")).at("email").as_string(), "f@x.cz");
    const json::Object seen = user(rig.sign_in("jan"));
    EXPECT_EQ(seen.at("extension").as_string(), "510");
    for (const std::string_view field :
         {"email", "forwarding_number", "description", "options", "clid", "devices"}) {
        EXPECT_FALSE(seen.contains(field)) << field;
    }
}

TEST(Access, a_proxy_on_this_machine_asks_for_somebody_else) {
    Rig rig;
    EXPECT_EQ(rig.request("GET", "/metrics").status, 200);
    for (const std::string name : {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"}) {
        EXPECT_EQ(rig.request("GET", "/metrics", {}, {{name, "192.0.2.1"}}).status, 401) << name;
        EXPECT_EQ(rig.request("GET", "/healthz", {}, {{name, "x"}}).body.find("troubles"),
                  std::string::npos);
    }
}

TEST(Access, a_deep_field_is_refused) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    std::string deep = "a";
    for (int i = 0; i < 8; ++i) {
        deep += ".a";
    }
    for (const std::string parameter :
         {"fields[0]=", "sort[0][field]=", "filter[0][value]=1&filter[0][field]="}) {
        EXPECT_EQ(rig.get("/api/v6/activitiesCall?" + parameter + deep, admin).status, 400);
    }
    EXPECT_EQ(rig.get("/api/live/lists/offers?fields[0]=" + deep, admin).status, 400);
}

}  // namespace
}  // namespace linka::api::testing
