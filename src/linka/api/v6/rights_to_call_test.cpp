// /api/v6/rightsToCall, and what a user's does.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct RightsToCall : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    void SetUp() override {
        const Answer made =
            rig.post("/api/v6/rightsToCall", admin,
                     R"({"name":"near","title":"Jen mobily","rules":["!_777X.","_7XXXXXXXX"]})");
        ASSERT_EQ(made.status, 201) << made.body;
    }
    Answer give(const std::string& value) {
        return rig.put("/api/v6/users/frantisek", admin, R"({"acl":)" + value + "}");
    }
    std::string right_of_frantisek() {
        return text_at(rig.get("/api/v6/users/frantisek", admin).json(), {"result", "acl", "name"});
    }
    std::string why(const std::string& number) {
        return rig
            .post("/api/live/calls", rig.sign_in("frantisek"), R"({"number":")" + number + R"("})")
            .body;
    }
};

TEST_F(RightsToCall, keep_from_numbers_whoever_has_them) {
    EXPECT_EQ(why("777123456").find("right_to_call"), std::string::npos);
    ASSERT_EQ(give(R"("near")").status, 200);
    EXPECT_EQ(right_of_frantisek(), "near");
    EXPECT_EQ(
        text_at(rig.get("/api/v6/auditLog?take=1", admin).json().at("result").at("data").at(0),
                {"titles", "rightsToCall", "near"}),
        "Jen mobily")
        << "the change log says which";
    const std::string refused = why("777123456");
    EXPECT_NE(refused.find(R"("code":"right_to_call")"), std::string::npos) << refused;
    EXPECT_NE(refused.find("Jen mobily"), std::string::npos) << "with the name of the right";
    EXPECT_EQ(why("721123456").find("right_to_call"), std::string::npos);
    ASSERT_EQ(rig.put("/api/v6/rightsToCall/near", admin, R"({"rules":["_777X."]})").status, 200);
    EXPECT_EQ(why("777123456").find("right_to_call"), std::string::npos) << "changed at once";
    ASSERT_EQ(give("null").status, 200);
    EXPECT_EQ(right_of_frantisek(), "(absent)");
}

TEST_F(RightsToCall, say_what_is_wrong_with_them) {
    const auto fault = [&](const std::string& body) {
        const Answer answer = rig.post("/api/v6/rightsToCall", admin, body);
        EXPECT_EQ(answer.status, 400) << answer.body;
        return text_at(answer.json(), {"error", "form", "rules"});
    };
    EXPECT_NE(fault(R"({"title":"A","rules":["_7X.","+420777"]})").find("+420777"),
              std::string::npos);
    for (const char* set : {"_7[9-1]", "_7[1-]", "_7[-1]", "_7[1--]", "_7[]", "_7[1"}) {
        EXPECT_NE(fault(std::string(R"({"title":"A","rules":[")") + set + "\"]}").find(set),
                  std::string::npos);
    }
    EXPECT_NE(fault(R"({"title":"A","rules":[]})"), "(absent)");
    const Answer slip = rig.post("/api/v6/rightsToCall", admin,
                                 R"({"title":"A","rules":["_7X."],"rule":["!_7X."]})");
    EXPECT_EQ(slip.status, 400);
    EXPECT_NE(text_at(slip.json(), {"error", "form", "rule"}), "(absent)") << slip.body;
    EXPECT_NE(fault(R"({"title":"A"})"), "(absent)");
    const Answer unknown = give(R"("far")");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_NE(text_at(unknown.json(), {"error", "form", "acl"}), "(absent)") << unknown.body;
}

// What is no name must not pass for none: it would take a limit away.
TEST_F(RightsToCall, are_given_by_their_name_and_nothing_else) {
    ASSERT_EQ(give(R"({"name":"near"})").status, 200);
    for (const char* wrong : {"[\"near\"]", "true", "{}", R"({"title":"Jen mobily"})",
                              R"({"name":null})", R"({"name":["near"]})"}) {
        const Answer refused = give(wrong);
        EXPECT_EQ(refused.status, 400) << wrong;
        EXPECT_NE(text_at(refused.json(), {"error", "form", "acl"}), "(absent)") << wrong;
        EXPECT_EQ(right_of_frantisek(), "near") << wrong;
    }
    for (const char* field : {"role", "profile"}) {
        const Answer refused = rig.put("/api/v6/users/frantisek", admin,
                                       std::string("{\"") + field + R"(":["admin"]})");
        EXPECT_EQ(refused.status, 400) << field;
    }
}

// Who may change people but not rights to call lifts no limit, neither their own nor others'.
TEST_F(RightsToCall, are_given_by_those_who_may_change_them) {
    const std::string role = R"({"name":"people","title":"Personální","reach":"queues",
        "options":{"users":["create","update"],"queues":["read"],"devices":["read"]}})";
    ASSERT_EQ(rig.post("/api/v6/roles", admin, role).status, 201);
    ASSERT_EQ(rig.put("/api/v6/users/jana", admin, R"({"role":"people"})").status, 200);
    ASSERT_EQ(give(R"("near")").status, 200);
    const std::string jana = rig.sign_in("jana");
    const auto put = [&](const std::string& body) {
        return rig.put("/api/v6/users/frantisek", jana, body);
    };
    EXPECT_EQ(text_at(rig.get("/api/v6/users/frantisek", jana).json(), {"result", "acl"}), "null")
        << "a model that they may not read";
    const auto refused = [&](const std::string& value) {
        return text_at(put(R"({"acl":)" + value + "}").json(), {"error", "form", "acl"});
    };
    EXPECT_NE(refused(R"("none-such")"), "(absent)");
    EXPECT_EQ(refused(R"("none-such")"), refused(R"("near")")) << "no hint which one they have";
    EXPECT_EQ(put(R"({"acl":null})").status, 200) << "as it was read";
    EXPECT_EQ(right_of_frantisek(), "near");
    EXPECT_EQ(put(R"({"title":"František"})").status, 200);
    EXPECT_EQ(right_of_frantisek(), "near");
    ASSERT_EQ(
        rig.put("/api/v6/roles/people", admin, R"({"options":{"change_log":["read"]}})").status,
        200);
    const std::string log = rig.get("/api/v6/auditLog", jana).body;
    EXPECT_EQ(log.find("near"), std::string::npos) << "nor by what was changed";
}

TEST_F(RightsToCall, stay_while_somebody_has_them) {
    const auto remove = [&] {
        return rig.request("DELETE", "/api/v6/rightsToCall/near", {}, {{"X-AUTH-TOKEN", admin}});
    };
    ASSERT_EQ(give(R"("near")").status, 200);
    const Answer refused = remove();
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_NE(refused.body.find("frantisek"), std::string::npos) << refused.body;
    ASSERT_EQ(give(R"("")").status, 200);
    EXPECT_EQ(remove().status, 204);
    EXPECT_EQ(rig.get("/api/v6/rightsToCall/near", admin).status, 404);
}

TEST_F(RightsToCall, are_seen_by_those_whose_role_reads_them) {
    EXPECT_EQ(rig.get("/api/v6/rightsToCall", rig.sign_in("frantisek")).status, 404)
        << "no hint that there are any";
    EXPECT_EQ(rig.get("/api/v6/rightsToCall", rig.sign_in("jana")).status, 200);
}

}  // namespace
}  // namespace linka::api::testing
