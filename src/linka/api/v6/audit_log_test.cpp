// The change log: who changed what, with before and after; taking changes back.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct AuditLog : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    json::Array changes(const std::string& query = {}) {
        return rig.get("/api/v6/auditLog?" + query, admin)
            .json()
            .at("result")
            .at("data")
            .as_array();
    }
    json::Value newest() { return changes("take=1").at(0); }
    Answer take_back(const json::Value& change) {
        return rig.put("/api/v6/auditLog/" + text_at(change, {"name"}), admin,
                       R"({"taken_back":true})");
    }
    std::string title(const std::string& record) {
        return text_at(rig.get("/api/v6/" + record, admin).json(), {"result", "title"});
    }
    void put(const std::string& record, const std::string& body) {
        const Answer answer = rig.put("/api/v6/" + record, admin, body);
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
};

TEST_F(AuditLog, says_who_changed_what) {
    put("queues/6001", R"({"title":"Nová","options":{"ringtime":33}})");
    const json::Value change = newest();
    EXPECT_EQ(text_at(change, {"user", "name"}), "admin");
    EXPECT_EQ(text_at(change, {"action"}), "queues.update");
    EXPECT_EQ(text_at(change, {"model"}), "queues");
    EXPECT_EQ(text_at(change, {"record"}), "6001");
    EXPECT_EQ(text_at(change, {"title"}), "Nová");
    EXPECT_EQ(text_at(change, {"after", "title"}), "Nová");
    EXPECT_EQ(text_at(change, {"after", "options"}), R"({"ringtime":33})");
    EXPECT_EQ(text_at(change, {"before", "options"}), R"({"ringtime":20})");
    EXPECT_EQ(changes("filter[0][field]=model&filter[0][operator]=eq&filter[0][value]=queues&"
                      "filter[1][field]=record&filter[1][operator]=eq&filter[1][value]=6001")
                  .size(),
              1U);
    EXPECT_EQ(changes("filter[0][field]=user&filter[0][operator]=eq&filter[0][value]=jan").size(),
              0U);
    EXPECT_EQ(changes("q=Nov%C3%A1").size(), 1U);
    put("queues/6001", R"({"title":"Nová"})");
    EXPECT_EQ(text_at(newest(), {"name"}), text_at(change, {"name"})) << "nothing was changed";
}

TEST_F(AuditLog, is_there_for_administrators_alone) {
    for (const std::string who : {"jana", "jan"}) {
        const std::string token = rig.sign_in(who);
        const Answer log = rig.get("/api/v6/auditLog", token);
        const Answer nothing = rig.get("/api/v6/nothingLikeIt", token);
        EXPECT_EQ(log.status, 404);
        EXPECT_EQ(text_at(log.json(), {"error"}), text_at(nothing.json(), {"error"}));
        EXPECT_EQ(rig.put("/api/v6/auditLog/auditLog_1", token, R"({"taken_back":true})").status,
                  404);
    }
}

// Goal: no secret is ever in the log. Method: passwords of people and telephones, set and made up.
TEST_F(AuditLog, has_no_secrets) {
    ASSERT_EQ(rig.post("/api/v6/users", admin,
                       R"({"name":"novak","title":"Novák","password":"tajne-heslo-1"})")
                  .status,
              201);
    put("users/novak", R"({"password":"tajne-heslo-2"})");
    EXPECT_EQ(text_at(newest(), {"detail"}), "password");
    EXPECT_EQ(take_back(newest()).status, 400) << "there is nothing to put back";
    const Answer made = rig.post("/api/v6/sipDevices", admin, R"({"name":"399","title":"T"})");
    ASSERT_EQ(made.status, 201);
    const std::string own = text_at(made.json(), {"result", "password"});
    put("sipDevices/399", R"({"password":"tajne-heslo-3"})");
    const std::string all = boost::json::serialize(changes());
    EXPECT_EQ(all.find("tajne-heslo"), std::string::npos);
    EXPECT_EQ(all.find(own), std::string::npos);
}

TEST_F(AuditLog, takes_a_change_back_and_notes_that) {
    const std::string before = title("queues/6001");
    put("queues/6001", R"({"title":"Nová"})");
    const json::Value change = newest();
    const Answer back = take_back(change);
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(text_at(back.json(), {"result", "taken_back"}), "true");
    EXPECT_EQ(title("queues/6001"), before);
    EXPECT_EQ(text_at(newest(), {"takes_back"}), text_at(change, {"name"}));
    EXPECT_EQ(text_at(newest(), {"after", "title"}), before);
    EXPECT_EQ(take_back(change).status, 409) << "it is not so any more";
    ASSERT_EQ(take_back(newest()).status, 200) << "taking back is a change, too";
    EXPECT_EQ(title("queues/6001"), "Nová");
}

// Goal: what a colleague changed since is not overwritten; both versions are said.
TEST_F(AuditLog, refuses_to_take_back_what_was_changed_since) {
    const std::string before = title("queues/6001");
    put("queues/6001", R"({"title":"Nová"})");
    const json::Value change = newest();
    put("queues/6001", R"({"title":"Novější"})");
    const Answer refused = take_back(change);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(text_at(refused.json(), {"error", "code"}), "changed");
    EXPECT_EQ(text_at(refused.json(), {"result", "present", "title"}), "Novější");
    EXPECT_EQ(text_at(refused.json(), {"result", "wanted", "title"}), before);
    EXPECT_EQ(title("queues/6001"), "Novější");
    put("queues/6001", R"({"options":{"ringtime":44}})");
    put("queues/6001", R"({"title":"Nová"})");
    EXPECT_EQ(take_back(change).status, 200) << "another field does not matter";
    EXPECT_EQ(title("queues/6001"), before);
}

TEST_F(AuditLog, brings_back_what_was_deleted_and_removes_what_was_made) {
    ASSERT_EQ(
        rig.post("/api/v6/statuses", admin, R"({"name":"g","title":"G","color":"red"})").status,
        201);
    const json::Value made = newest();
    ASSERT_EQ(rig.request("DELETE", "/api/v6/statuses/g", {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    const json::Value deleted = newest();
    EXPECT_EQ(take_back(made).status, 409) << "it is gone already";
    ASSERT_EQ(take_back(deleted).status, 200);
    EXPECT_EQ(title("statuses/g"), "G");
    EXPECT_EQ(take_back(deleted).status, 409) << "it is there again";
    EXPECT_EQ(take_back(made).status, 200);
    EXPECT_EQ(rig.get("/api/v6/statuses/g", admin).status, 404);
}

// Goal: what is taken back meets the checks of any change. Method: an extension that somebody has
// by now.
TEST_F(AuditLog, takes_nothing_back_that_would_not_be_saved) {
    put("users/ucetni", R"({"extension":"599"})");
    const json::Value change = newest();
    put("users/petr", R"({"extension":"520"})");
    const Answer refused = take_back(change);
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_NE(text_at(refused.json(), {"error", "form", "extension"}), "(absent)");
    EXPECT_EQ(text_at(rig.get("/api/v6/users/ucetni", admin).json(), {"result", "extension"}),
              "599");
}

// Goal: a server that has no time is not taken for a record that somebody deleted.
TEST_F(AuditLog, says_when_it_cannot_look) {
    put("users/petr", R"({"alias":"Petr"})");
    const json::Value change = newest();
    rig.live->set_full(true);
    EXPECT_EQ(take_back(change).status, 503);
    rig.live->set_full(false);
    EXPECT_EQ(take_back(change).status, 200);
}

TEST_F(AuditLog, brings_a_person_back_without_a_password) {
    ASSERT_EQ(rig.request("DELETE", "/api/v6/users/petr", {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    ASSERT_EQ(take_back(newest()).status, 200);
    const json::Value petr = rig.get("/api/v6/users/petr", admin).json();
    EXPECT_EQ(text_at(petr, {"result", "extension"}), "513");
    EXPECT_EQ(petr.at("result").at("queues").as_array().size(), 1U);
    const Answer signing =
        rig.post("/api/v6/login", "", R"({"username":"petr","password":"demo513"})");
    EXPECT_EQ(signing.status, 401) << "nobody has told them a password";
}

}  // namespace
}  // namespace linka::api::testing
