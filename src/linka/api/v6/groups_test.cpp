// /api/v6/groups: what a description alone gives.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(Groups, are_made_listed_filtered_changed_and_deleted) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const Answer made = rig.post("/api/v6/groups", admin,
                                 R"({"title":"Prodej","type":"queues","queues":[6001,"6002"]})");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string name = text_at(made.json(), {"result", "name"});
    ASSERT_EQ(rig.post("/api/v6/groups", admin, R"({"title":"Lidé","type":"users"})").status, 201);
    const auto total = [&](const std::string& query) {
        return text_at(rig.get("/api/v6/groups?" + query, admin).json(), {"result", "total"});
    };
    EXPECT_EQ(total(""), "2");
    EXPECT_EQ(total("filter[field]=type&filter[operator]=eq&filter[value]=users"), "1");
    EXPECT_EQ(total("q=prodej"), "1");
    EXPECT_EQ(rig.get("/api/v6/groups?sort[0][field]=nothing", admin).status, 400);
    const json::Value queues = rig.get("/api/v6/groups/" + name + "/queues", admin).json();
    EXPECT_EQ(text_at(queues, {"result", "total"}), "2");
    const std::string jana = rig.sign_in("jana");
    EXPECT_EQ(
        text_at(rig.get("/api/v6/groups/" + name + "/queues", jana).json(), {"result", "total"}),
        "1")
        << "only those that she sees";
    EXPECT_EQ(rig.put("/api/v6/groups/" + name, jana, R"({"title":"x"})").status, 403);
    EXPECT_EQ(rig.put("/api/v6/groups/" + name, admin, R"({"title":"Obchod"})").status, 200);
    EXPECT_EQ(
        rig.put("/api/v6/groups/" + name, admin, R"({"title":"x","_sys":{"version":"another"}})")
            .status,
        409);
    EXPECT_EQ(rig.request("DELETE", "/api/v6/groups/" + name, {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    EXPECT_EQ(total(""), "1");
}

// Goal: a group goes on when one of its people is deleted.
TEST(Groups, let_go_of_those_who_are_gone) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/groups", admin,
                       R"({"name":"g","title":"G","type":"users","users":["jan","petr"]})")
                  .status,
              201);
    ASSERT_EQ(rig.request("DELETE", "/api/v6/users/petr", {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    const Answer changed = rig.put("/api/v6/groups/g", admin, R"({"users":["jan","petr","jana"]})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(text_at(changed.json(), {"result", "users"}), R"(["jan","jana"])");
}

TEST(Groups, name_the_field_that_is_wrong) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const auto fault = [&](const std::string& body, std::string_view field) {
        const Answer answer = rig.post("/api/v6/groups", admin, body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_NE(text_at(answer.json(), {"error", "form", field}), "(absent)") << answer.body;
    };
    fault(R"({"type":"users"})", "title");
    fault(R"({"title":"G"})", "type");
    fault(R"({"title":"G","type":"cars"})", "type");
    fault(R"({"title":"G","type":"queues","queues":["9999"]})", "queues");
    fault(R"({"title":"G","type":"users","users":"jan"})", "users");
    fault(R"({"title":5e3,"type":"users","description":{}})", "description");
}

}  // namespace
}  // namespace linka::api::testing
