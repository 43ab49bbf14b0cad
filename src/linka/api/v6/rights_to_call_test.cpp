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
    EXPECT_NE(fault(R"({"title":"A","rules":[]})"), "(absent)");
    EXPECT_NE(fault(R"({"title":"A"})"), "(absent)");
    const Answer unknown = give(R"("far")");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_NE(text_at(unknown.json(), {"error", "form", "acl"}), "(absent)") << unknown.body;
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
