// Devices as an administrator sees and sets them.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(Telephones, says_who_asks_to_register_and_never_answers) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    rig.silent_telephones["330"] = {12, Instant{1'700'000'000'000'000},
                                    Instant{1'700'000'060'000'000}, "192.0.2.7", "Old 1.0"};
    const json::Value telephones = rig.get("/api/live/telephones", admin).json();
    int devices = 0;
    for (const json::Value& device : telephones.at("devices").as_array()) {
        ++devices;
        if (text_at(device, {"name"}) != "330") {
            EXPECT_TRUE(device.at("asking").is_null());
            continue;
        }
        const json::Value& asking = device.at("asking");
        EXPECT_EQ(text_at(asking, {"times"}), "12");
        EXPECT_EQ(text_at(asking, {"since"}).substr(0, 19), "2023-11-14T22:13:20");
        EXPECT_EQ(text_at(asking, {"last"}).substr(0, 19), "2023-11-14T22:14:20");
        EXPECT_EQ(text_at(asking, {"address"}), "192.0.2.7");
        EXPECT_EQ(text_at(asking, {"user_agent"}), "Old 1.0");
    }
    EXPECT_GT(devices, 1);
}

TEST(Telephones, a_device_may_be_asked_for_its_password_with_md5_alone) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string path = "/api/v6/sipDevices/330";
    const auto digest = [](const Answer& answer) {
        return text_at(answer.json(), {"result", "digest"});
    };
    EXPECT_EQ(digest(rig.get(path, admin)), "auto");
    const int told = rig.health.changes;
    EXPECT_EQ(digest(rig.put(path, admin, R"({"digest":"md5"})")), "md5");
    EXPECT_EQ(rig.health.changes, told + 1) << "the registrar is told";
    EXPECT_EQ(digest(rig.get(path, admin)), "md5");
    EXPECT_EQ(rig.put(path, admin, R"({"digest":"sha1"})").status, 400);
    EXPECT_EQ(rig.put(path, admin, R"({"digest":5})").status, 400);
    EXPECT_EQ(digest(rig.get(path, admin)), "md5");
    EXPECT_EQ(digest(rig.put(path, admin, R"({"digest":null})")), "auto");
}

}  // namespace
}  // namespace linka::api::testing
