// Nobody gets by way of other records, or of what a record says of itself, at what people have who
// may do more, nor at more for themselves.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct Above : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    // Signed in as jan with a role of these rights.
    std::string jan_with(const std::string& options) {
        const Answer role = rig.post(
            "/api/v6/roles", admin,
            R"({"name":"own","title":"Own","reach":"everything","options":)" + options + "}");
        EXPECT_EQ(role.status, 201) << role.body;
        EXPECT_EQ(rig.put("/api/v6/users/jan", admin, R"({"role":"own"})").status, 200);
        return rig.sign_in("jan");
    }
    void changes(const std::string& record, const std::string& body, const std::string& token,
                 int status) {
        const Answer answer = rig.put("/api/v6/" + record, token, body);
        EXPECT_EQ(answer.status, status) << record << body << answer.body;
    }
};

TEST_F(Above, telephones_of_those_above_are_not_ones_own_to_change) {
    changes("users/admin", R"({"devices":["331"]})", admin, 200);
    const std::string jan =
        jan_with(R"({"devices":["read","update","remove"],"users":["read","update"]})");
    EXPECT_EQ(rig.get("/api/v6/sipDevices/330", jan).status, 200);
    changes("sipDevices/331", R"({"password":"Stolen1stolen"})", jan, 403);
    changes("sipDevices/331", R"({"deactivated":true})", jan, 403);
    EXPECT_EQ(rig.request("DELETE", "/api/v6/sipDevices/331", {}, {{"X-AUTH-TOKEN", jan}}).status,
              403);
    EXPECT_FALSE(rig.get("/api/v6/sipDevices/331", jan)
                     .json()
                     .at("result")
                     .as_object()
                     .contains("password"));
    changes("users/petr", R"({"devices":["331"]})", jan, 400);
    changes("sipDevices/331", R"({"title":"Desk"})", admin, 200);
}

TEST_F(Above, limits_are_not_ones_own_to_lift) {
    const std::string jan = jan_with(R"({"users":["read","update"]})");
    changes("users/jan", R"({"noQueueCallsAllowed":true})", jan, 400);
    changes("users/jan", R"({"maxActivities":1000})", jan, 400);
    changes("users/jan", R"({"title":"Jan N."})", jan, 200);
    changes("users/petr", R"({"maxActivities":3})", jan, 200);
}

TEST_F(Above, roles_that_are_not_read_and_may_do_more_are_not_told_from_none) {
    const std::string jan = jan_with(R"({"users":["read","update"]})");
    ASSERT_EQ(rig.post("/api/v6/roles", admin,
                       R"({"name":"hidden_more","title":"More","reach":"everything",
                           "options":{"queues":["create"]}})")
                  .status,
              201);
    const auto said = [&](const std::string& role) {
        const Answer answer = rig.put("/api/v6/users/petr", jan, R"({"role":")" + role + R"("})");
        EXPECT_EQ(answer.status, 400) << answer.body;
        const std::string text = text_at(answer.json(), {"error", "form", "role"});
        return text.substr(text.find(':'));
    };
    EXPECT_EQ(said("hidden_more"), said("hidden_none"));
}

// Goal: nobody tries what a hidden field could be against the version of the record.
TEST_F(Above, versions_say_nothing_of_what_is_not_shown) {
    const std::string jan = rig.sign_in("jan");
    const auto version = [&](const std::string& user, const std::string& token) {
        const json::Value sys =
            rig.get("/api/v6/users/" + user, token).json().at("result").at("_sys");
        const auto* found = sys.as_object().if_contains("version");
        return found == nullptr ? std::string() : std::string(found->as_string());
    };
    EXPECT_EQ(version("frantisek", jan), "") << "seen from afar";
    const std::string one = version("frantisek", admin);
    EXPECT_FALSE(one.empty());
    rig.restart();
    EXPECT_EQ(version("frantisek", rig.sign_in("admin")), one) << "forms that are open stay valid";
    Rig other;
    EXPECT_NE(text_at(other.get("/api/v6/users/frantisek", other.sign_in("admin")).json(),
                      {"result", "_sys", "version"}),
              one)
        << "of the same record: each company has a key of its own";
}

TEST_F(Above, what_programs_sign_in_with_is_their_users_alone) {
    const std::string body = R"({"emailAuth":{"user":"x","password":"SMTPSECRET77"}})";
    changes("users/jan", body, admin, 200);
    EXPECT_NE(rig.get("/api/v6/users/jan", rig.sign_in("jan")).body.find("SMTPSECRET77"),
              std::string::npos);
    EXPECT_EQ(rig.get("/api/v6/users/jan", admin).body.find("SMTPSECRET77"), std::string::npos);
    const std::string log = rig.get("/api/v6/auditLog?take=5", admin).body;
    EXPECT_EQ(log.find("SMTPSECRET77"), std::string::npos);
    EXPECT_NE(log.find("emailAuth"), std::string::npos);
}

TEST_F(Above, a_structure_is_neither_yes_nor_no) {
    changes("users/petr", R"({"deactivated":true})", admin, 200);
    for (const char* wrong : {"{}", "[]", R"(["x"])"}) {
        changes("users/petr", std::string(R"({"deactivated":)") + wrong + "}", admin, 400);
    }
    EXPECT_EQ(text_at(rig.get("/api/v6/users/petr", admin).json(), {"result", "deactivated"}),
              "true");
    for (const char* what : {"apply", "discard", "undo"}) {
        EXPECT_EQ(rig.post(std::string("/api/live/routing/") + what, admin, R"({"zz":1})").status,
                  400);
    }
    const Answer named = rig.put("/api/v6/queues/6001", admin, R"({"options":{"maxwait":2}})");
    EXPECT_NE(text_at(named.json(), {"error", "form", "options", "maxwait"}), "(absent)");
    const Answer kinds = rig.put("/api/v6/queues/6001", admin, R"({"options":{"strategy":"zz"}})");
    EXPECT_NE(kinds.body.find("leastrecent"), std::string::npos);
}

}  // namespace
}  // namespace linka::api::testing
