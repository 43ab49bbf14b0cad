// One's own password, as the settings page changes it.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

Answer change_password(Rig& rig, const Headers& me, const std::string& present,
                       const std::string& next) {
    return rig.request("POST", "/api/live/me/password",
                       R"({"password":")" + present + R"(","new_password":")" + next + R"("})", me);
}

int sign_in_status(Rig& rig, const std::string& password) {
    return rig
        .request("POST", "/api/v6/login", "username=jan&password=" + password,
                 {{"Content-Type", "application/x-www-form-urlencoded"}})
        .status;
}

TEST(OwnPassword, is_changed_by_who_knows_the_present_one) {
    Rig rig;
    const Headers me{{"X-AUTH-TOKEN", rig.sign_in("jan")}};
    const Answer guessed = change_password(rig, me, "guess", "long-enough");
    EXPECT_EQ(guessed.status, 400);
    EXPECT_EQ(guessed.json().at("error").at("field").as_string(), "password");
    const Answer tiny = change_password(rig, me, "demo512", "short");
    EXPECT_EQ(tiny.status, 400);
    EXPECT_EQ(tiny.json().at("error").at("field").as_string(), "new_password");
    EXPECT_EQ(rig.request("GET", "/api/live/me", "", me).status, 200);

    EXPECT_EQ(change_password(rig, me, "demo512", "long-\u200benough").status, 400)
        << "what is not seen is typed again by nobody";
    EXPECT_EQ(change_password(rig, me, "demo512", R"(long-enough\r)").status, 400);

    EXPECT_EQ(change_password(rig, me, "demo512", "long-enough").status, 200);
    EXPECT_EQ(rig.request("GET", "/api/live/me", "", me).status, 401);
    EXPECT_EQ(sign_in_status(rig, "demo512"), 401);
    EXPECT_EQ(sign_in_status(rig, "long-enough"), 200);
}

TEST(OwnPassword, needs_a_session) {
    Rig rig;
    EXPECT_EQ(change_password(rig, {}, "demo512", "long-enough").status, 401);
}

}  // namespace
}  // namespace linka::api::testing
