// /api/v6/trunks: who may, what is refused, where the password goes, and taking changes back.
#include "linka/api/auth/password.hpp"
#include "linka/api/testing/rig.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct TrunksModel : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    Answer make(const std::string& more = {}) {
        return rig.post(
            "/api/v6/trunks", admin,
            R"({"name":"provider","title":"Operátor","host":"sip.example.com")" + more + "}");
    }
    Answer change(const std::string& body) {
        return rig.put("/api/v6/trunks/provider", admin, body);
    }
    Answer remove() {
        return rig.request("DELETE", "/api/v6/trunks/provider", {}, {{"X-AUTH-TOKEN", admin}});
    }
    std::string password() const {
        const auto secrets = rig.store->secrets(trunk_kind).value();
        const auto found = secrets.find("provider");
        return found == secrets.end() ? "(none)" : found->second;
    }
    std::string field(const std::string& name) {
        return text_at(rig.get("/api/v6/trunks/provider", admin).json(), {"result", name});
    }
};

TEST_F(TrunksModel, are_made_read_changed_and_removed) {
    const Answer made = make(R"(,"addresses":["192.0.2.1"],"clid":"226000000","transport":"tcp")");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(field("transport"), "tcp");
    EXPECT_EQ(field("port"), "5060");
    EXPECT_EQ(field("clid"), "226000000");
    ASSERT_EQ(change(R"({"port":5070})").status, 200);
    EXPECT_EQ(field("port"), "5070");
    EXPECT_EQ(field("transport"), "tcp") << "what is not sent stays";
    EXPECT_EQ(rig.get("/api/v6/trunks", admin).json().at("result").at("data").as_array().size(),
              1U);
    EXPECT_EQ(remove().status, 204);
    EXPECT_EQ(rig.get("/api/v6/trunks/provider", admin).status, 404);
}

TEST_F(TrunksModel, say_what_is_wrong_in_the_readers_language) {
    const Answer wrong = make(R"(,"port":0,"addresses":["a.example"],"clid":"x")");
    EXPECT_EQ(wrong.status, 400) << wrong.body;
    EXPECT_EQ(text_at(wrong.json(), {"error", "form", "addresses"}),
              "a.example: musí to být adresa IPv4 nebo IPv6");
    EXPECT_NE(text_at(wrong.json(), {"error", "form", "port"}), "(absent)");
    EXPECT_EQ(text_at(wrong.json(), {"error", "form", "clid"}), "nejvýš 20 číslic");
    ASSERT_EQ(make().status, 201);
    EXPECT_EQ(make().status, 400) << "twice";
}

TEST_F(TrunksModel, keep_the_password_where_nobody_reads_it) {
    ASSERT_EQ(make(R"(,"username":"u","password":"tajne")").status, 201);
    EXPECT_EQ(password(), "tajne");
    EXPECT_EQ(rig.get("/api/v6/trunks/provider", admin).body.find("tajne"), std::string::npos);
    EXPECT_EQ(field("password"), "(absent)");
    ASSERT_EQ(change(R"({"title":"Jiný"})").status, 200);
    EXPECT_EQ(password(), "tajne") << "a form that says nothing of it leaves it";
    ASSERT_EQ(change(R"({"password":"nove"})").status, 200);
    EXPECT_EQ(password(), "nove");
    EXPECT_EQ(rig.get("/api/v6/auditLog?take=20", admin).body.find("nove"), std::string::npos);
    ASSERT_EQ(change(R"({"username":""})").status, 200);
    EXPECT_EQ(password(), "(none)") << "it is no use without a user name";
    ASSERT_EQ(change(R"({"username":"u","password":"nove"})").status, 200);
    ASSERT_EQ(remove().status, 204);
    EXPECT_EQ(password(), "(none)");
    ASSERT_EQ(make(R"(,"username":"u")").status, 201);
    EXPECT_EQ(password(), "(none)") << "another one of that name has none";
}

// Goal: what is known of a trunk, and what is wrong with it, in the reader's language.
TEST_F(TrunksModel, say_how_they_are) {
    ASSERT_EQ(make().status, 201);
    const auto state = [&](const std::string& name, const std::string& language = "cs") {
        const Answer answer = rig.request("GET", "/api/v6/trunks/provider", {},
                                          {{"X-AUTH-TOKEN", admin}, {"Accept-Language", language}});
        return text_at(answer.json(), {"result", "state", name});
    };
    EXPECT_EQ(state("registered"), "(absent)") << "nothing is known yet";
    TrunkState now;
    now.registers = true;
    now.registered = true;
    now.asked = true;
    now.reachable = true;
    now.rtt_ms = 12;
    now.since = Instant{1'700'000'000'000'000};
    rig.trunk_states["provider"] = now;
    EXPECT_EQ(state("registered"), "true");
    EXPECT_EQ(state("rtt_ms"), "12");
    EXPECT_EQ(state("since").substr(0, 19), "2023-11-14T22:13:20");
    EXPECT_EQ(rig.get("/api/v6/trunks", admin).body.find(R"("rtt_ms":12)") != std::string::npos,
              true);
    for (const auto& [status, cs, en] :
         {std::tuple{403, "odmítl uživatelské jméno nebo heslo", "refused the user name"},
          std::tuple{404, "takový účet nezná", "knows no such account"},
          std::tuple{408, "neodpovídá", "does not answer"},
          std::tuple{503, "nelze spojit", "cannot be reached"},
          std::tuple{500, "má poruchu", "is out of order"},
          std::tuple{488, "registraci odmítl", "refused the registration"}}) {
        now.registered = false;
        now.status = status;
        rig.trunk_states["provider"] = now;
        EXPECT_NE(state("error").find(cs), std::string::npos) << state("error");
        EXPECT_NE(state("error").find(std::to_string(status)), std::string::npos);
        EXPECT_NE(state("error", "en").find(en), std::string::npos) << state("error", "en");
    }
    now.no_address = true;
    rig.trunk_states["provider"] = now;
    EXPECT_NE(state("error").find("Jméno serveru"), std::string::npos);
    ASSERT_EQ(change(R"({"deactivated":true})").status, 200);
    EXPECT_EQ(state("registered"), "(absent)") << "what it was does not matter any more";
    EXPECT_EQ(text_at(change(R"({"register":true})").json(), {"error", "form", "username"}),
              "registrace ho potřebuje");
    EXPECT_EQ(text_at(change(R"({"qualify":5})").json(), {"error", "form", "qualify"}),
              "0 (nikdy), nebo 10 až 3600 s");
}

TEST_F(TrunksModel, are_unknown_to_whoever_may_not_read_them) {
    ASSERT_EQ(make().status, 201);
    for (const char* who : {"frantisek", "jana"}) {
        EXPECT_EQ(rig.get("/api/v6/trunks", rig.sign_in(who)).status, 404) << who;
        EXPECT_EQ(rig.get("/api/v6/trunks/provider", rig.sign_in(who)).status, 404) << who;
    }
}

TEST_F(TrunksModel, come_back_when_their_removal_is_taken_back) {
    ASSERT_EQ(make(R"(,"position":3)").status, 201);
    ASSERT_EQ(remove().status, 204);
    const json::Value newest =
        rig.get("/api/v6/auditLog?take=1", admin).json().at("result").at("data").at(0);
    const Answer back =
        rig.put("/api/v6/auditLog/" + text_at(newest, {"name"}), admin, R"({"taken_back":true})");
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(field("position"), "3");
    EXPECT_EQ(field("host"), "sip.example.com");
}

}  // namespace
}  // namespace linka::api::testing
