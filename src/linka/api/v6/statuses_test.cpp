// /api/v6/statuses: what is written is what is read, however often.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

constexpr const char* whole_status = R"({"name":"st1","title":"S1","description":"d",
    "validation":true,"nextcall":true,"color":"#0f0"})";

// Goal: every field that is accepted is given back. Method: a status with all of them.
TEST(Statuses, are_read_as_they_were_written) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, whole_status).status, 201);
    const json::Value one = rig.get("/api/v6/statuses/st1", admin).json();
    EXPECT_EQ(text_at(one, {"result", "description"}), "d");
    EXPECT_EQ(text_at(one, {"result", "validation"}), "true");
    EXPECT_EQ(text_at(one, {"result", "nextcall"}), "true");
    EXPECT_EQ(text_at(one, {"result", "color"}), "#0f0");
    EXPECT_EQ(one.at("result").as_object().size(), 9U);
    ASSERT_EQ(rig.put("/api/v6/statuses/st1", admin, R"({"color":null})").status, 200);
    EXPECT_EQ(text_at(rig.get("/api/v6/statuses/st1", admin).json(), {"result", "color"}), "null");
}

// Goal: a status does not grow with its changes. Method: more changes than any old row could take.
TEST(Statuses, stand_many_changes) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, whole_status).status, 201);
    for (int i = 0; i < 40; ++i) {
        ASSERT_EQ(rig.put("/api/v6/statuses/st1", admin, R"({"description":"changed"})").status,
                  200);
    }
    const json::Value one = rig.get("/api/v6/statuses/st1", admin).json();
    EXPECT_EQ(text_at(one, {"result", "description"}), "changed");
    EXPECT_EQ(text_at(one, {"result", "color"}), "#0f0");
    EXPECT_EQ(text_at(rig.get("/api/v6/statuses", admin).json(), {"result", "total"}), "1");
    EXPECT_EQ(rig.request("DELETE", "/api/v6/statuses/st1", {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    EXPECT_EQ(rig.get("/api/v6/statuses/st1", admin).status, 404);
    EXPECT_EQ(rig.post("/api/v6/statuses", admin, whole_status).status, 201) << "the name is free";
}

// Goal: what nothing serves is not taken as if it were, and clients that write whole objects back
// go on working. Method: a value, and the object as it was read.
TEST(Statuses, refuse_blacklists_but_take_a_whole_object_back) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, whole_status).status, 201);
    const json::Value read = rig.get("/api/v6/statuses/st1", admin).json().at("result");
    EXPECT_EQ(text_at(read, {"blacklist_database"}), "null");
    EXPECT_EQ(rig.put("/api/v6/statuses/st1", admin, boost::json::serialize(read)).status, 200);
    for (const char* empty : {"null", R"("")", "false", "0"}) {
        const std::string body = std::string(R"({"blacklist_database":)") + empty + "}";
        EXPECT_EQ(rig.put("/api/v6/statuses/st1", admin, body).status, 200) << empty;
    }
    for (const char* field : {"blacklist_database", "blacklist_expiration_time"}) {
        const std::string body = std::string(R"({")") + field + R"(":"spam"})";
        const Answer refused = rig.put("/api/v6/statuses/st1", admin, body);
        EXPECT_EQ(refused.status, 400);
        EXPECT_NE(text_at(refused.json(), {"error", "form", field}), "(absent)");
    }
}

TEST(Statuses, name_the_field_that_is_wrong) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, whole_status).status, 201);
    const Answer twice = rig.post("/api/v6/statuses", admin, whole_status);
    EXPECT_EQ(twice.status, 400);
    EXPECT_NE(text_at(twice.json(), {"error", "form", "name"}), "(absent)");
    const Answer color = rig.put("/api/v6/statuses/st1", admin, R"({"color":5})");
    EXPECT_EQ(color.status, 400);
    EXPECT_NE(text_at(color.json(), {"error", "form", "color"}), "(absent)");
    const Answer title = rig.post("/api/v6/statuses", admin, R"({"name":"x"})");
    EXPECT_NE(text_at(title.json(), {"error", "form", "title"}), "(absent)");
}

}  // namespace
}  // namespace linka::api::testing
