// What may not be deleted says what is in the way, and names it to those alone who may read it.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct InTheWay : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    void make(const std::string& model, const std::string& body) {
        const Answer answer = rig.post("/api/v6/" + model, admin, body);
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    void give(const std::string& user, const std::string& body) {
        const Answer answer = rig.put("/api/v6/users/" + user, admin, body);
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
    std::string be(const std::string& reach, const std::string& options) {
        make("roles", R"({"name":"own","title":"Vlastní","reach":")" + reach + R"(","options":)" +
                          options + "}");
        give("jana", R"({"role":"own"})");
        return rig.sign_in("jana");
    }
    std::string refused(const std::string& record, const std::string& token,
                        const std::string& code, const std::string& language = "cs") {
        const Answer answer = rig.request("DELETE", "/api/v6/" + record, {},
                                          {{"X-AUTH-TOKEN", token}, {"Accept-Language", language}});
        EXPECT_EQ(answer.status, 409) << answer.body;
        EXPECT_EQ(text_at(answer.json(), {"error", "code"}), code);
        return answer.body;
    }
    /// To whoever sees Frantisek, but not Petr.
    static void expect_one_named(const std::string& body) {
        EXPECT_NE(body.find("User frantisek, 1 záznam, který nevidíte."), std::string::npos)
            << body;
        EXPECT_EQ(body.find("User petr"), std::string::npos) << body;
    }
};

TEST_F(InTheWay, people_are_named_to_those_who_see_them) {
    make("profiles", R"({"name":"night","title":"Noční"})");
    make("rightsToCall", R"({"name":"near","title":"Mobily","rules":["_7XXXXXXXX"]})");
    make("roles", R"({"name":"held","title":"Mají","reach":"own"})");
    for (const std::string who : {"frantisek", "petr"}) {
        give(who, R"({"profile":"night","acl":"near","role":"held"})");
    }
    const std::string jana = be("queues", R"({"profiles":["remove"],"rights_to_call":["remove"],
                         "roles":["remove"],"users":["read"],"queues":["read"]})");
    for (const std::string record : {"profiles/night", "rightsToCall/near", "roles/held"}) {
        expect_one_named(refused(record, jana, "in_use"));
        EXPECT_NE(refused(record, admin, "in_use").find("User frantisek, User petr."),
                  std::string::npos);
    }
}

TEST_F(InTheWay, people_are_counted_for_those_who_see_none) {
    make("profiles", R"({"name":"night","title":"Noční"})");
    for (const std::string who : {"frantisek", "petr"}) {
        give(who, R"({"profile":"night"})");
    }
    const std::string jana = be("everything", R"({"profiles":["remove"],"queues":["remove"]})");
    EXPECT_NE(refused("profiles/night", jana, "in_use").find(": 2 záznamy, které nevidíte."),
              std::string::npos);
    EXPECT_NE(refused("profiles/night", jana, "in_use", "en").find("2 records that you do not see"),
              std::string::npos);
    const std::string frantisek = rig.sign_in("frantisek");
    rig.live->now(core::DeviceReachabilityReport{rig.live->device("330"), true, true});
    ASSERT_EQ(rig.post("/api/live/me/devices", frantisek, R"({"login":["330"]})").status, 200);
    ASSERT_EQ(rig.post("/api/live/me/queues", frantisek, R"({"login":[6001]})").status, 200);
    const std::string used = refused("queues/6001", jana, "still_used");
    EXPECT_EQ(used.find("User frantisek"), std::string::npos) << used;
    EXPECT_NE(used.find("1 záznam, který nevidíte"), std::string::npos) << used;
}

TEST_F(InTheWay, profiles_are_named_to_those_who_read_them) {
    make("profiles", R"({"name":"night","title":"Noční","devices":["331"]})");
    const std::string jana = be("everything", R"({"devices":["remove"]})");
    const std::string body = refused("sipDevices/331", jana, "in_use");
    EXPECT_EQ(body.find("Noční"), std::string::npos) << body;
    EXPECT_NE(body.find("1 záznam, který nevidíte"), std::string::npos) << body;
    EXPECT_NE(refused("sipDevices/331", admin, "in_use").find("Noční"), std::string::npos);
}

}  // namespace
}  // namespace linka::api::testing
