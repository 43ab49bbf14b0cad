// The change log and those who may not read all of it: it is kept whole, and what is hidden from a
// reader is not told by searches, counts, refusals or what is brought back.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct HiddenChanges : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");
    std::string jana;

    void SetUp() override {
        make("profiles", R"({"name":"night","title":"Noční","maxActivities":2})");
        make("rightsToCall", R"({"name":"near","title":"Mobily","rules":["_7XXXXXXXX"]})");
    }
    void make(const std::string& model, const std::string& body) {
        const Answer answer = rig.post("/api/v6/" + model, admin, body);
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    void put(const std::string& record, const std::string& body, const std::string& token) {
        const Answer answer = rig.put("/api/v6/" + record, token, body);
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
    void be(const std::string& reach, const std::string& options) {
        make("roles", R"({"name":"own","title":"Vlastní","reach":")" + reach + R"(","options":)" +
                          options + "}");
        put("users/jana", R"({"role":"own"})", admin);
        jana = rig.sign_in("jana");
    }
    /// Who keeps people and may not know their profiles and rights to call.
    void keep_people() {
        put("users/frantisek", R"({"profile":"night","acl":"near"})", admin);
        be("everything", R"({"users":["create","update","remove"],"queues":["update"],
                             "devices":["read"],"change_log":["update"]})");
    }
    json::Value newest(const std::string& token) {
        return rig.get("/api/v6/auditLog?take=1", token).json().at("result").at("data").at(0);
    }
    std::string total(const std::string& query, const std::string& token) {
        const Answer answer = rig.get("/api/v6/auditLog?" + query, token);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return text_at(answer.json(), {"result", "total"});
    }
    Answer take_back(const json::Value& change, const std::string& token) {
        return rig.put("/api/v6/auditLog/" + text_at(change, {"name"}), token,
                       R"({"taken_back":true})");
    }
    int remove(const std::string& record, const std::string& token) {
        return rig.request("DELETE", "/api/v6/" + record, {}, {{"X-AUTH-TOKEN", token}}).status;
    }
    std::string frantisek(std::string_view field) {
        return text_at(rig.get("/api/v6/users/frantisek", admin).json(), {"result", field, "name"});
    }
    /// The newest change cannot be taken back by Jana, who is told why, and nothing of `secret`.
    void expect_kept_from(const std::string& why, const std::string& secret = "(a secret)") {
        const json::Value change = newest(jana);
        EXPECT_EQ(text_at(change, {"can_take_back"}), "false");
        const std::string note = text_at(change, {"note"});
        EXPECT_NE(note.find(why), std::string::npos) << note;
        const Answer refused = take_back(change, jana);
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(text_at(refused.json(), {"error", "form", "taken_back"}), note);
        EXPECT_EQ(refused.body.find(secret), std::string::npos) << refused.body;
        EXPECT_EQ(boost::json::serialize(change).find(secret), std::string::npos);
    }
};

TEST_F(HiddenChanges, are_not_found_by_what_is_hidden) {
    keep_people();
    put("queues/6001", R"({"alias":"Podpora"})", admin);
    const auto filtered = [](const std::string& side, const std::string& op,
                             const std::string& word) {
        return "filter[0][field]=" + side + "&filter[0][operator]=" + op +
               "&filter[0][value]=" + word;
    };
    for (const std::string word : {"night", "near"}) {
        EXPECT_NE(total("q=" + word + "+frantisek", admin), "0");
        EXPECT_EQ(total("q=" + word + "+frantisek", jana), "0");
        EXPECT_NE(total(filtered("after", "contains", word), admin), "0");
        EXPECT_EQ(total(filtered("after", "contains", word), jana), "0");
        EXPECT_EQ(total(filtered("after", "doesnotcontain", word), jana),
                  total(filtered("after", "doesnotcontain", "nothing-such"), jana));
    }
    EXPECT_EQ(total("q=Podpora", jana), "1") << "of queues nothing is hidden from her";
    EXPECT_EQ(total(filtered("after", "contains", "Podpora"), jana), "1");
    EXPECT_EQ(rig.get("/api/v6/auditLog?sort[0][field]=after", jana).status, 400);
    EXPECT_EQ(rig.get("/api/v6/auditLog?sort[0][field]=after", admin).status, 200);
}

// Whoever does not see a person reads their title and not their login.
TEST_F(HiddenChanges, are_not_found_by_logins_that_are_not_read) {
    put("users/admin", R"({"title":"Šéf"})", admin);
    put("queues/6001", R"({"alias":"Podpora"})", admin);
    be("everything", R"({"queues":["update"],"change_log":["read"]})");
    EXPECT_EQ(total("q=Podpora", jana), "1");
    EXPECT_EQ(total("q=sef", jana), "1");
    EXPECT_EQ(total("q=admin", jana), "0");
    EXPECT_NE(total("q=admin+Podpora", admin), "0");
}

TEST_F(HiddenChanges, are_kept_whole) {
    keep_people();
    ASSERT_EQ(remove("users/frantisek", jana), 204);
    const json::Value deleted = newest(admin);
    EXPECT_EQ(text_at(deleted, {"before", "profile"}), "night");
    EXPECT_EQ(text_at(deleted, {"before", "acl"}), "near");
    expect_kept_from("nesmíte číst", "night");
    ASSERT_EQ(take_back(deleted, admin).status, 200);
    EXPECT_EQ(frantisek("profile"), "night");
    EXPECT_EQ(frantisek("acl"), "near");
}

TEST_F(HiddenChanges, say_what_became_of_the_record_and_not_of_what_was_shown) {
    keep_people();
    make("roles", R"({"name":"clerk","title":"Úředník","reach":"queues"})");
    put("users/frantisek", R"({"role":"clerk"})", jana);
    const json::Value change = newest(admin);
    EXPECT_EQ(text_at(change, {"after", "role"}), "clerk");
    EXPECT_EQ(text_at(change, {"before", "profile"}), "(absent)");
    EXPECT_EQ(text_at(change, {"after", "profile"}), "(absent)");
}

// Who has neither profile nor right to call is brought back by whoever may not know of them; and
// what is hidden from them stays when they take back the rest.
TEST_F(HiddenChanges, do_not_stop_what_they_are_not_about) {
    keep_people();
    put("users/frantisek", R"({"title":"František"})", jana);
    const json::Value renamed = newest(jana);
    EXPECT_EQ(text_at(renamed, {"can_take_back"}), "true");
    EXPECT_EQ(take_back(renamed, jana).status, 200);
    EXPECT_EQ(frantisek("profile"), "night");
    ASSERT_EQ(remove("users/jan", jana), 204);
    const Answer back = take_back(newest(jana), jana);
    EXPECT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(rig.get("/api/v6/users/jan", admin).status, 200);
}

TEST_F(HiddenChanges, are_told_in_no_refusal) {
    be("queues", R"({"users":["update"],"queues":["read"],"devices":["read"],
                     "change_log":["update"]})");
    const auto work_in = [&](const std::string& queues) {
        put("users/frantisek", R"({"queues":)" + queues + "}", admin);
    };
    work_in(R"([{"name":6001,"penalty":5}])");
    expect_kept_from("nesmíte číst", "6002");
    work_in(R"([{"name":6001,"penalty":6}])");
    const json::Value change = newest(jana);
    work_in(R"([{"name":6001,"penalty":7},{"name":6003}])");
    const Answer refused = take_back(change, jana);
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(text_at(refused.json(), {"result", "present", "queues"}).find("6001"),
              std::string::npos)
        << refused.body;
    EXPECT_EQ(refused.body.find("6003"), std::string::npos) << refused.body;
    work_in(R"([{"name":6001,"penalty":6},{"name":6003}])");
    EXPECT_EQ(take_back(change, jana).status, 200) << "nothing that she sees was changed since";
    const json::Value now = rig.get("/api/v6/users/frantisek", admin).json();
    EXPECT_EQ(now.at("result").at("queues").as_array().size(), 2U) << "6003 is kept";
}

TEST_F(HiddenChanges, say_who_may_not_take_them_back_and_why) {
    be("everything", R"({"users":["update"],"queues":["read"],"devices":["read"],
                         "profiles":["read"],"rights_to_call":["read"],"roles":["update"],
                         "change_log":["update"]})");
    put("users/frantisek", R"({"profile":"night"})", admin);
    expect_kept_from("kdo profily smí měnit");
    put("users/frantisek", R"({"acl":"near"})", admin);
    expect_kept_from("Oprávnění k volání");
    put("users/admin", R"({"title":"Šéf"})", admin);
    expect_kept_from("smí víc než vy");
    make("roles",
         R"({"name":"more","title":"Víc","reach":"own","options":{"settings":["update"]}})");
    put("roles/more", R"({"title":"Ještě víc"})", admin);
    expect_kept_from("smí víc než vy");
}

TEST_F(HiddenChanges, tell_of_telephones_those_who_read_them) {
    const std::string jan = rig.sign_in("jan");
    rig.live->now(core::DeviceReachabilityReport{rig.live->device("331"), true, true});
    ASSERT_EQ(rig.post("/api/live/me/devices", jan, R"({"login":["331"]})").status, 200);
    be("everything", R"({"users":["read"],"change_log":["read"]})");
    EXPECT_EQ(total("q=331", admin), "1");
    EXPECT_EQ(total("q=331", jana), "0");
}

}  // namespace
}  // namespace linka::api::testing
