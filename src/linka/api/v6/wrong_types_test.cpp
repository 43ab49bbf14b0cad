// Writes with values of the wrong type: refused with the field's name, never taken for nothing.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

// The text at the field, "" if the write was not refused for it.
std::string fault(const Answer& answer, std::string_view field) {
    if (answer.status != 400) {
        return {};
    }
    const json::Value said = answer.json();
    const json::Value* form = said.at("error").as_object().if_contains("form");
    const json::Value* text = form != nullptr ? form->as_object().if_contains(field) : nullptr;
    return text == nullptr ? std::string() : boost::json::serialize(*text);
}

// Goal: only null and an empty list take somebody's rights away.
TEST(WrongTypes, leave_the_rights_of_a_user) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string user = "/api/v6/users/frantisek";
    const auto rights = [&](const std::string& field) {
        return rig.get(user, admin).json().at("result").at(field).as_array().size();
    };
    for (const auto& [field, one] :
         {std::pair<std::string, std::string>("queues", "[6001]"), {"devices", R"(["330"])"}}) {
        const auto put = [&, of = field](const std::string& value) {
            return rig.put(user, admin, "{\"" + of + "\":" + value + "}");
        };
        ASSERT_EQ(put(one).status, 200);
        for (const std::string value : {R"("6001")", "0", "true", "{}", R"("")"}) {
            EXPECT_NE(fault(put(value), field), "") << field << value;
        }
        EXPECT_EQ(rights(field), 1U);
        EXPECT_EQ(put("null").status, 200);
        EXPECT_EQ(rights(field), 0U);
        ASSERT_EQ(put(one).status, 200);
        EXPECT_EQ(put("[]").status, 200);
        EXPECT_EQ(rights(field), 0U);
    }
}

TEST(WrongTypes, leave_the_options_of_a_queue) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string queue = "/api/v6/queues/6001";
    const auto put = [&](const std::string& options) {
        return rig.put(queue, admin, R"({"options":)" + options + "}");
    };
    const auto options = [&] {
        return text_at(rig.get(queue, admin).json(), {"result", "options"});
    };
    const std::string before = options();
    for (const std::string wrong :
         {R"("x")", "[1]", "5", R"({"bogus":1})", R"({"target":5})", R"({"target":"x"})",
          R"({"target":{"bogus":1}})", R"({"join_empty":{}})", R"({"music":"../../x"})",
          R"({"music":".x"})", R"({"recording_before":"a/b"})",
          R"({"announcement_language":"../.."})"}) {
        EXPECT_NE(fault(put(wrong), "options"), "") << wrong;
    }
    for (const std::string nothing : {"null", "[]", "{}", before.c_str()}) {
        EXPECT_EQ(put(nothing).status, 200) << nothing;
    }
    EXPECT_EQ(options(), before);
    EXPECT_EQ(
        put(R"({"recording_before":"welcome","target":{"kind":"queue","value":"6002"}})").status,
        200);
    EXPECT_NE(options().find("welcome"), std::string::npos);
    EXPECT_EQ(put(R"({"recording_before":null,"target":null})").status, 200);
    EXPECT_EQ(put(R"({"music":"Jazz č. 2"})").status, 400);
    EXPECT_EQ(options().find("welcome"), std::string::npos);
    EXPECT_EQ(options().find("6002"), std::string::npos);
}

// Goal: a version that is none does not switch off the check for changes of others.
TEST(WrongTypes, of_a_version_are_refused) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string record : {"users/frantisek", "queues/6001", "sipDevices/330"}) {
        const auto put = [&](const std::string& sys) {
            return rig.put("/api/v6/" + record, admin, R"({"title":"T","_sys":)" + sys + "}");
        };
        for (const std::string wrong :
             {R"({"version":5})", R"({"version":[]})", R"({"version":""})", R"("x")", "5", "[1]"}) {
            EXPECT_NE(fault(put(wrong), "_sys"), "") << record << wrong;
        }
        for (const std::string none : {"null", "[]", "{}", R"({"version":null})"}) {
            EXPECT_EQ(put(none).status, 200) << record << none;
        }
        EXPECT_EQ(put(R"({"version":"old"})").status, 409);
    }
}

}  // namespace
}  // namespace linka::api::testing
