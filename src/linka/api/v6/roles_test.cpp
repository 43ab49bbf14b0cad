// /api/v6/roles: what roles of one's own let people do, and that nobody gives more than they have.
#include "linka/api/testing/rig.hpp"

#include <algorithm>
#include <future>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct Roles : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    void make(const std::string& body) {
        const Answer answer = rig.post("/api/v6/roles", admin, body);
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    void give(const std::string& user, const std::string& role) {
        const Answer answer =
            rig.put("/api/v6/users/" + user, admin, R"({"role":")" + role + R"("})");
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(text_at(answer.json(), {"result", "role", "name"}), role);
    }
    int remove(const std::string& record) {
        return rig.request("DELETE", "/api/v6/" + record, {}, {{"X-AUTH-TOKEN", admin}}).status;
    }
};

TEST_F(Roles, have_the_built_in_ones_among_them_which_stay) {
    const json::Value all = rig.get("/api/v6/roles", admin).json();
    EXPECT_EQ(text_at(all, {"result", "total"}), "4");
    const json::Value manager = rig.get("/api/v6/roles/manager", admin).json();
    EXPECT_EQ(text_at(manager, {"result", "reach"}), "queues");
    EXPECT_EQ(text_at(manager, {"result", "built_in"}), "true");
    EXPECT_EQ(text_at(manager, {"result", "options", "supervision"}), R"(["create","update"])");
    EXPECT_EQ(rig.put("/api/v6/roles/manager", admin, R"({"title":"x"})").status, 400);
    EXPECT_EQ(remove("roles/manager"), 400);
    EXPECT_EQ(
        rig.post("/api/v6/roles", admin, R"({"name":"manager","title":"x","reach":"own"})").status,
        400);
    EXPECT_EQ(rig.get("/api/v6/roles", rig.sign_in("jana")).status, 404);
}

TEST_F(Roles, of_ones_own_say_what_somebody_may_do) {
    make(R"({"name":"auditor","title":"Auditor","reach":"everything",
             "options":{"queues":["read"],"change_log":["read"]}})");
    give("jan", "auditor");
    const std::string jan = rig.sign_in("jan");
    EXPECT_EQ(rig.get("/api/v6/auditLog", jan).status, 200);
    EXPECT_EQ(rig.get("/api/v6/queues/6003", jan).status, 200) << "sees everything";
    EXPECT_EQ(rig.put("/api/v6/queues/6003", jan, R"({"title":"x"})").status, 403);
    EXPECT_EQ(rig.get("/api/v6/users", jan).status, 404) << "which an agent may read";
    EXPECT_EQ(rig.put("/api/v6/auditLog/auditLog_1", jan, R"({"taken_back":true})").status, 403);
    const json::Value models = rig.get("/api/live/models", jan).json();
    EXPECT_EQ(text_at(models, {"rights", "change_log"}), R"(["read"])");
    EXPECT_EQ(text_at(models, {"rights", "users"}), "[]");
    // It holds at once.
    EXPECT_EQ(rig.put("/api/v6/roles/auditor", admin,
                      R"({"options":{"queues":["update"],"change_log":[]}})")
                  .status,
              200);
    EXPECT_EQ(rig.put("/api/v6/queues/6003", jan, R"({"alias":"x"})").status, 200);
    EXPECT_EQ(rig.get("/api/v6/auditLog", jan).status, 404);
}

TEST_F(Roles, that_take_changes_back_have_to_have_the_right_to_the_record) {
    ASSERT_EQ(rig.put("/api/v6/queues/6001", admin, R"({"alias":"Podpora"})").status, 200);
    const std::string change = text_at(
        rig.get("/api/v6/auditLog?take=1", admin).json().at("result").at("data").at(0), {"name"});
    make(R"({"name":"undo","title":"Vrací","reach":"everything",
             "options":{"queues":["read"],"change_log":["update"]}})");
    give("jan", "undo");
    const std::string jan = rig.sign_in("jan");
    const std::string body = R"({"taken_back":true})";
    EXPECT_EQ(rig.put("/api/v6/auditLog/" + change, jan, body).status, 403);
    ASSERT_EQ(rig.put("/api/v6/roles/undo", admin, R"({"options":{"queues":["update"]}})").status,
              200);
    EXPECT_EQ(rig.put("/api/v6/auditLog/" + change, jan, body).status, 200);
}

// Goal: nobody makes more of themselves. Method: who may change users and roles, but nothing else.
TEST_F(Roles, give_nothing_that_the_giver_has_not) {
    make(R"({"name":"people","title":"Personální","reach":"queues",
             "options":{"users":["create","update","remove"],"roles":["create","update","remove"],
                        "devices":["read"],"queues":["read"],"pauses":["read"],
                        "statuses":["read"],"demo_background":["read"]}})");
    make(R"({"name":"more","title":"Víc","reach":"queues","options":{"settings":["update"]}})");
    give("jana", "people");
    const std::string jana = rig.sign_in("jana");
    const auto put = [&](const std::string& path, const std::string& body) {
        return rig.put("/api/v6/" + path, jana, body).status;
    };
    EXPECT_EQ(put("users/frantisek", R"({"title":"František"})"), 200);
    EXPECT_EQ(put("users/frantisek", R"({"role":"admin"})"), 403);
    EXPECT_EQ(put("users/frantisek", R"({"role":"more"})"), 403);
    EXPECT_EQ(put("users/jana", R"({"role":"manager"})"), 403);
    EXPECT_EQ(put("roles/people", R"({"options":{"settings":["update"]}})"), 403);
    EXPECT_EQ(put("roles/more", R"({"title":"x"})"), 403);
    EXPECT_EQ(rig.post("/api/v6/roles", jana, R"({"title":"V","reach":"everything"})").status, 403);
    EXPECT_EQ(rig.post("/api/v6/roles", jana,
                       R"({"title":"V","reach":"own","options":{"users":["read"]}})")
                  .status,
              201);
    // An administrator whom they see is none of their business either.
    give("jan", "admin");
    EXPECT_EQ(put("users/jan", R"({"password":"jine-heslo-1"})"), 403);
    EXPECT_EQ(rig.request("DELETE", "/api/v6/users/jan", {}, {{"X-AUTH-TOKEN", jana}}).status, 403);
}

// Queues and devices that one does not see are not given, nor taken from whoever has them.
TEST_F(Roles, give_no_queues_and_devices_that_the_giver_does_not_see) {
    make(R"({"name":"people","title":"Personální","reach":"queues",
             "options":{"users":["create","update"],"queues":["read"],"devices":["read"]}})");
    give("jana", "people");
    ASSERT_EQ(rig.put("/api/v6/users/jana", admin, R"({"queues":["6001"]})").status, 200);
    ASSERT_EQ(rig.put("/api/v6/users/jan", admin, R"({"queues":["6001","6003"]})").status, 200);
    const std::string jana = rig.sign_in("jana");
    const auto put = [&](const std::string& user, const std::string& body) {
        return rig.put("/api/v6/users/" + user, jana, body);
    };
    const Answer refused = put("jana", R"({"queues":["6001","6003"]})");
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_NE(text_at(refused.json(), {"error", "form", "queues"}), "(absent)");
    EXPECT_EQ(put("jana", R"({"devices":["820"]})").status, 400) << "the administrator's";
    // An agent has rights that this role has not, which every agent has.
    EXPECT_EQ(put("jan", R"({"queues":["6001"],"title":"Jan"})").status, 200);
    const std::string left =
        text_at(rig.get("/api/v6/users/jan", admin).json(), {"result", "queues"});
    EXPECT_NE(left.find("6003"), std::string::npos) << left;
}

// What somebody may not read they neither see in people, nor give, nor take, nor guess.
TEST_F(Roles, that_read_no_queues_and_devices_do_not_give_them) {
    make(R"({"name":"people","title":"Personální","reach":"everything",
             "options":{"users":["create","update"]}})");
    give("jana", "people");
    ASSERT_EQ(rig.put("/api/v6/users/frantisek", admin,
                      R"({"queues":[{"name":"6001","penalty":7}],"devices":["330"]})")
                  .status,
              200);
    const std::string jana = rig.sign_in("jana");
    const auto put = [&](const std::string& body) {
        return rig.put("/api/v6/users/frantisek", jana, body);
    };
    const json::Value seen = rig.get("/api/v6/users/frantisek", jana).json();
    EXPECT_EQ(text_at(seen, {"result", "queues"}), "[]");
    EXPECT_EQ(text_at(seen, {"result", "devices"}), "[]");
    EXPECT_EQ(text_at(rig.get("/api/v6/users/frantisek/queues", jana).json(), {"result", "data"}),
              "[]");
    EXPECT_EQ(
        text_at(rig.get("/api/v6/users/frantisek/sipDevices", jana).json(), {"result", "data"}),
        "[]");
    const auto fault = [&](const char* field, const std::string& number) {
        const Answer refused = put(std::string("{\"") + field + "\":[\"" + number + "\"]}");
        EXPECT_EQ(refused.status, 400) << refused.body;
        std::string text = text_at(refused.json(), {"error", "form", field});
        return text.replace(text.find(number), number.size(), "N");
    };
    EXPECT_EQ(fault("queues", "6003"), fault("queues", "6999")) << "no hint that there is one";
    EXPECT_EQ(fault("queues", "6001"), fault("queues", "6999")) << "nor that they have it";
    EXPECT_EQ(fault("devices", "331"), fault("devices", "8999"));
    EXPECT_EQ(put(R"({"queues":[],"devices":[]})").status, 200);
    const json::Value left = rig.get("/api/v6/users/frantisek", admin).json();
    EXPECT_NE(text_at(left, {"result", "queues"}).find(R"("penalty":7)"), std::string::npos);
    EXPECT_NE(text_at(left, {"result", "devices"}).find("330"), std::string::npos);
    // One's own are no secret.
    EXPECT_NE(text_at(rig.get("/api/v6/users/jana", jana).json(), {"result", "queues"}), "[]");
}

// Who is seen as there or away only is not changed.
TEST_F(Roles, change_nobody_who_is_not_seen_in_full) {
    make(R"({"name":"lead","title":"Vede","reach":"own",
             "options":{"users":["create","update"]}})");
    give("jan", "lead");
    const std::string jan = rig.sign_in("jan");
    EXPECT_EQ(rig.put("/api/v6/users/frantisek", jan, R"({"password":"jine-heslo-1"})").status,
              403);
}

TEST_F(Roles, leave_the_last_administrator_a_way_in) {
    EXPECT_EQ(rig.put("/api/v6/users/admin", admin, R"({"password":""})").status, 400);
    EXPECT_EQ(rig.put("/api/v6/users/admin", admin, R"({"type":"BO"})").status, 400);
}

TEST_F(Roles, are_there_after_a_start) {
    make(R"({"name":"auditor","title":"Auditor","reach":"own",
             "options":{"change_log":["read"]}})");
    give("jan", "auditor");
    const std::string jan = rig.sign_in("jan");
    rig.restart();
    EXPECT_EQ(rig.get("/api/v6/auditLog", jan).status, 200);
}

TEST_F(Roles, stay_while_somebody_has_them) {
    make(R"({"name":"auditor","title":"Auditor","reach":"own"})");
    give("jan", "auditor");
    const Answer refused =
        rig.request("DELETE", "/api/v6/roles/auditor", {}, {{"X-AUTH-TOKEN", admin}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_NE(refused.body.find("User jan"), std::string::npos) << refused.body;
    give("jan", "agent");
    EXPECT_EQ(remove("roles/auditor"), 204);
    EXPECT_EQ(rig.put("/api/v6/users/jan", admin, R"({"role":"auditor"})").status, 400);
}

// Whose role sees everything counts as an administrator for the core, and cannot set up anything.
TEST_F(Roles, leave_an_administrator) {
    make(R"({"name":"auditor","title":"Auditor","reach":"everything"})");
    give("jan", "auditor");
    const Answer refused = rig.put("/api/v6/users/admin", admin, R"({"role":"agent"})");
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_NE(text_at(refused.json(), {"error", "form", "role"}), "(absent)");
    EXPECT_EQ(remove("users/admin"), 400);
}

// Goal: what is judged when another change is on its way is judged anew. Method: the core stands
// until both have come that far, so that each was judged by what was there before the other.
struct RolesAtOnce : Roles {
    struct Deed {
        std::string method;
        std::string path;
        std::string body;
        std::string token;
    };
    /// The codes of both answers, the lesser first.
    std::pair<int, int> at_once(const Deed& one, const Deed& other) {
        const auto ask = [&](const Deed& deed) {
            return rig
                .request(deed.method, "/api/v6/" + deed.path, deed.body,
                         {{"X-AUTH-TOKEN", deed.token}, {"Content-Type", "application/json"}})
                .status;
        };
        rig.live->stand_until(2);
        auto first = std::async(std::launch::async, ask, one);
        const int second = ask(other);
        return std::minmax({first.get(), second});
    }
};

// A role that sees as far can be taken and given while somebody is at work.
TEST_F(RolesAtOnce, leave_one_of_two_who_take_it_from_each_other) {
    make(R"({"name":"auditor","title":"Auditor","reach":"everything"})");
    give("jana", "admin");
    const std::string body = R"({"role":"auditor"})";
    EXPECT_EQ(at_once({"PUT", "users/admin", body, rig.sign_in("jana")},
                      {"PUT", "users/jana", body, admin}),
              (std::pair{200, 404}))
        << "who is no administrator any more knows of no users";
}

TEST_F(RolesAtOnce, leave_one_of_two_who_go) {
    make(R"({"name":"auditor","title":"Auditor","reach":"everything"})");
    give("jana", "admin");
    const std::string jana = rig.sign_in("jana");
    EXPECT_EQ(at_once({"PUT", "users/jana", R"({"role":"auditor"})", jana},
                      {"PUT", "users/admin", R"({"deactivated":true})", admin}),
              (std::pair{200, 400}));
}

TEST_F(RolesAtOnce, are_not_both_given_and_deleted) {
    make(R"({"name":"auditor","title":"Auditor","reach":"own"})");
    const auto [least, most] = at_once({"PUT", "users/jan", R"({"role":"auditor"})", admin},
                                       {"DELETE", "roles/auditor", "", admin});
    EXPECT_TRUE((least == 200 && most == 409) || (least == 204 && most == 400))
        << least << " " << most;
}

TEST_F(RolesAtOnce, are_not_made_by_whoever_loses_theirs) {
    make(R"({"name":"roles","title":"Role","reach":"own","options":{"roles":["create"]}})");
    give("jan", "roles");
    const std::string jan = rig.sign_in("jan");
    const auto [least, most] = at_once({"PUT", "users/jan", R"({"role":"agent"})", admin},
                                       {"POST", "roles", R"({"title":"V","reach":"own"})", jan});
    EXPECT_EQ(least, 200);
    EXPECT_TRUE(most == 201 || most == 404) << most;
    EXPECT_EQ(rig.get("/api/v6/roles", admin).json().at("result").at("total").to_number<int>(),
              most == 201 ? 6 : 5);
}

TEST_F(RolesAtOnce, are_not_all_that_is_told_apart_by_titles) {
    const std::string body = R"({"title":"Porada"})";
    EXPECT_EQ(at_once({"POST", "pauses", body, admin}, {"POST", "pauses", body, admin}),
              (std::pair{201, 400}));
    EXPECT_EQ(at_once({"PUT", "queues/6001", R"({"title":"Sklad"})", admin},
                      {"PUT", "queues/6003", R"({"title":"sklad"})", admin}),
              (std::pair{200, 400}));
}

TEST_F(Roles, that_are_gone_keep_their_people_from_coming_back) {
    make(R"({"name":"auditor","title":"Auditor","reach":"own"})");
    give("ucetni", "auditor");
    ASSERT_EQ(remove("users/ucetni"), 204);
    const std::string change = text_at(
        rig.get("/api/v6/auditLog?take=1", admin).json().at("result").at("data").at(0), {"name"});
    const auto possible = [&] {
        return text_at(rig.get("/api/v6/auditLog/" + change, admin).json(),
                       {"result", "can_take_back"});
    };
    EXPECT_EQ(possible(), "true");
    ASSERT_EQ(remove("roles/auditor"), 204);
    EXPECT_EQ(possible(), "false");
}

// Of two people of the same name the one who is made has the password that was set for them.
TEST_F(RolesAtOnce, do_not_mix_up_passwords) {
    const auto body = [](const char* password) {
        return std::string(R"({"name":"novy","title":"N","password":")") + password + R"("})";
    };
    const auto make_one = [&](const char* password) {
        return rig.post("/api/v6/users", admin, body(password)).status;
    };
    rig.live->stand_until(2);
    auto first = std::async(std::launch::async, make_one, "heslo-prvni-1");
    const int second = make_one("heslo-druhe-2");
    const bool first_made = first.get() == 201;
    EXPECT_NE(first_made, second == 201);
    const auto signs_in = [&](const char* password) {
        return rig.request("POST", "/api/v6/login",
                           std::string(R"({"username":"novy","password":")") + password + R"("})",
                           {{"Content-Type", "application/json"}})
                   .status == 200;
    };
    EXPECT_EQ(signs_in("heslo-prvni-1"), first_made);
    EXPECT_EQ(signs_in("heslo-druhe-2"), !first_made);
}

TEST_F(RolesAtOnce, of_a_person_keep_what_both_changed) {
    EXPECT_EQ(at_once({"PUT", "users/jan", R"({"title":"Jan N."})", admin},
                      {"PUT", "users/jan", R"({"alias":"Honza"})", admin}),
              (std::pair{200, 200}));
    const json::Value jan = rig.get("/api/v6/users/jan", admin).json();
    EXPECT_EQ(text_at(jan, {"result", "title"}), "Jan N.");
    EXPECT_EQ(text_at(jan, {"result", "alias"}), "Honza");
}

TEST_F(Roles, keep_the_built_in_one_that_older_clients_set) {
    make(R"({"name":"auditor","title":"Auditor","reach":"own"})");
    give("jan", "auditor");
    EXPECT_EQ(rig.put("/api/v6/users/jan", admin, R"({"profile":"agent"})").status, 200);
    const auto role = [&] {
        return text_at(rig.get("/api/v6/users/jan", admin).json(), {"result", "role", "name"});
    };
    EXPECT_EQ(role(), "auditor") << "nothing else was said than what is read";
    EXPECT_EQ(rig.put("/api/v6/users/jan", admin, R"({"profile":"manager"})").status, 200);
    EXPECT_EQ(role(), "manager");
}

}  // namespace
}  // namespace linka::api::testing
