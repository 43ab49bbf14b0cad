// /api/v6/settings: one record, changed by administrators.
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

TEST(Settings, are_changed_and_neither_made_nor_deleted) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string one = "/api/v6/settings/instance";
    const int known = rig.health.changes;
    const Answer changed =
        rig.put(one, admin, R"({"emergency":["112","155","199"],"voicemail_max":120})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(text_at(changed.json(), {"result", "emergency"}), R"(["112","155","199"])");
    EXPECT_EQ(rig.health.changes, known + 1) << "the side of the telephones is told";
    EXPECT_EQ(text_at(rig.get("/api/v6/settings", admin).json(), {"result", "total"}), "1");
    EXPECT_EQ(rig.post("/api/v6/settings", admin, "{}").status, 405);
    EXPECT_EQ(rig.request("DELETE", one, {}, {{"X-AUTH-TOKEN", admin}}).status, 405);
    const auto fault = [&](const std::string& field, const std::string& value) {
        const Answer refused = rig.put(one, admin, "{\"" + field + "\":" + value + "}");
        EXPECT_EQ(refused.status, 400) << field;
        EXPECT_NE(text_at(refused.json(), {"error", "form", field}), "(absent)") << refused.body;
    };
    fault("country", R"("Czechia")");
    fault("emergency", R"(["510"])");  // an extension
    fault("allowed_prefixes", R"(["421"])");
    fault("voicemail_max", "9999");
    fault("emergency", R"("112")");
    fault("voicemail_max", "true");
    fault("colour", R"("red")");
    fault("emergency", "[]");
    fault("emergency", "null");
    EXPECT_EQ(text_at(rig.get(one, admin).json(), {"result", "voicemail_max"}), "120");
}

TEST(Settings, are_there_for_administrators_alone) {
    Rig rig;
    const std::string jana = rig.sign_in("jana");
    EXPECT_EQ(rig.get("/api/v6/settings", jana).status, 404);
    EXPECT_EQ(rig.put("/api/v6/settings/instance", jana, R"({"country":"421"})").status, 404);
}

// Goal: whoever is refused reads what is wrong with which entry, in their language.
TEST(Settings, say_which_entry_is_wrong_and_what_is_right) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const auto said = [&](const std::string& field, const std::string& value) {
        return text_at(
            rig.put("/api/v6/settings/instance", admin, "{\"" + field + "\":" + value + "}").json(),
            {"error", "form", field});
    };
    EXPECT_EQ(said("emergency", R"(["112","1"])"), "1: musí to být 2 až 8 číslic");
    EXPECT_EQ(said("emergency", R"(["112","510"])"), "510 je linka uživatele frantisek");
    EXPECT_EQ(said("emergency", "[]"), "Aspoň jedno číslo; obvyklá jsou 112, 150, 155, 156, 158");
    EXPECT_EQ(said("allowed_prefixes", R"(["00421","421"])"),
              "421: musí to být 00 a číslice, dohromady 3 až 20");
    EXPECT_EQ(said("outbound_ring_max", "4"), "musí být číslo 5 až 180");
    EXPECT_EQ(said("country", R"("")"), "Toto pole je třeba vyplnit");
    for (const char* wrong : {R"("4x")", R"("0")", R"("042")", "0"}) {
        EXPECT_EQ(said("country", wrong), "1 až 3 číslice, první z nich 1 až 9") << wrong;
    }
    EXPECT_EQ(said("country", R"("42000")"), "nejvýše 3 znaky");
}

// Goal: the matrix that is accepted is the one that queues go by; what nothing would go by, is
// refused by name. Method: cells of channels that something serves and of others.
TEST(Settings, have_a_distribution_matrix_of_what_is_served) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string one = "/api/v6/settings/instance";
    const auto put = [&](const std::string& value) {
        return rig.put(one, admin, R"({"distribution":)" + value + "}");
    };
    const auto said = [&](const std::string& value) {
        return text_at(put(value).json(), {"error", "form", "distribution"});
    };
    const auto is = [&] { return text_at(rig.get(one, admin).json(), {"result", "distribution"}); };
    EXPECT_EQ(is(), R"({"CALL":{"CALL":0}})");
    ASSERT_EQ(put(R"({"CALL":{"CALL":3}})").status, 200);
    EXPECT_EQ(is(), R"({"CALL":{"CALL":3}})");
    EXPECT_EQ(put("{}").status, 200);
    EXPECT_EQ(put(R"({"CALL":{}})").status, 200);
    EXPECT_EQ(is(), R"({"CALL":{"CALL":3}})") << "what is not given stays";
    EXPECT_EQ(said(R"({"CALL":{"CALL":51}})"), "CALL, CALL: musí být číslo 0 až 50");
    EXPECT_EQ(said(R"({"CALL":{"CALL":-1}})"), "CALL, CALL: musí být číslo 0 až 50");
    EXPECT_EQ(said(R"({"CALL":{"CALL":"x"}})"), "CALL, CALL: musí být číslo 0 až 50");
    EXPECT_NE(said(R"({"CALL":{"CHAT":1}})").find("CALL, CHAT"), std::string::npos);
    EXPECT_NE(said(R"({"CHAT":{"CHAT":1}})").find("CHAT"), std::string::npos);
    EXPECT_EQ(said(R"({"CALL":{"CALL":true}})"), "CALL, CALL: musí být číslo 0 až 50");
    EXPECT_EQ(said(R"({"CALL":{"CALL":51,"FAX":1},"FAX":{}})"),
              "CALL, CALL: musí být číslo 0 až 50; CALL, FAX: neznámé pole; FAX: neznámé pole");
    EXPECT_EQ(said(R"({"CALL":1})"), "CALL: musí být objekt");
    EXPECT_EQ(said("[1]"), "musí být objekt");
    EXPECT_EQ(is(), R"({"CALL":{"CALL":3}})");
}

}  // namespace
}  // namespace linka::api::testing
