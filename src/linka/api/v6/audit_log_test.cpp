// The change log: who changed what, with before and after; taking changes back.
#include "linka/api/testing/rig.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/store/reader.hpp"

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct AuditLog : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    json::Array changes(const std::string& query = {}) {
        return rig.get("/api/v6/auditLog?" + query, admin)
            .json()
            .at("result")
            .at("data")
            .as_array();
    }
    json::Value newest() { return changes("take=1").at(0); }
    Answer take_back(const json::Value& change) {
        return rig.put("/api/v6/auditLog/" + text_at(change, {"name"}), admin,
                       R"({"taken_back":true})");
    }
    int remove(const std::string& record) {
        return rig.request("DELETE", "/api/v6/" + record, {}, {{"X-AUTH-TOKEN", admin}}).status;
    }
    void make(const std::string& model, const std::string& body) {
        const Answer answer = rig.post("/api/v6/" + model, admin, body);
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    std::string field(const std::string& record, std::string_view name) {
        return text_at(rig.get("/api/v6/" + record, admin).json(), {"result", name});
    }
    std::string title(const std::string& record) {
        return text_at(rig.get("/api/v6/" + record, admin).json(), {"result", "title"});
    }
    void put(const std::string& record, const std::string& body) {
        const Answer answer = rig.put("/api/v6/" + record, admin, body);
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
};

TEST_F(AuditLog, says_who_changed_what) {
    put("queues/6001", R"({"title":"Nová","options":{"ringtime":33}})");
    const json::Value change = newest();
    EXPECT_EQ(text_at(change, {"user", "name"}), "admin");
    EXPECT_EQ(text_at(change, {"access"}), "admin");
    EXPECT_EQ(text_at(change, {"address"}), "127.0.0.1");
    EXPECT_EQ(text_at(change, {"action"}), "queues.update");
    EXPECT_EQ(text_at(change, {"model"}), "queues");
    EXPECT_EQ(text_at(change, {"record"}), "6001");
    EXPECT_EQ(text_at(change, {"title"}), "Nová");
    EXPECT_EQ(text_at(change, {"after", "title"}), "Nová");
    EXPECT_EQ(text_at(change, {"after", "options"}), R"({"ringtime":33})");
    EXPECT_EQ(text_at(change, {"before", "options"}), R"({"ringtime":20})");
    EXPECT_EQ(changes("filter[0][field]=model&filter[0][operator]=eq&filter[0][value]=queues&"
                      "filter[1][field]=record&filter[1][operator]=eq&filter[1][value]=6001")
                  .size(),
              1U);
    EXPECT_EQ(changes("filter[0][field]=user&filter[0][operator]=eq&filter[0][value]=jan").size(),
              0U);
    EXPECT_EQ(changes("q=Nov%C3%A1").size(), 1U);
    put("queues/6001", R"({"title":"Nová"})");
    EXPECT_EQ(text_at(newest(), {"name"}), text_at(change, {"name"})) << "nothing was changed";
}

// Goal: a search finds what the list shows. Method: people by their titles, also one who is
// deleted.
TEST_F(AuditLog, is_searched_by_what_is_shown) {
    ASSERT_EQ(rig.put("/api/v6/users/jan", admin, R"({"title":"Jan Novák"})").status, 200);
    put("users/jan", R"({"role":"admin"})");
    ASSERT_EQ(rig.put("/api/v6/queues/6001", rig.sign_in("jan"), R"({"title":"Nová"})").status,
              200);
    EXPECT_EQ(changes("q=jan+nov%C3%A1k&filter[0][field]=model&filter[0][operator]=eq&"
                      "filter[0][value]=queues")
                  .size(),
              1U);
    EXPECT_EQ(changes("q=nov%C3%A1k+6001").size(), 1U) << "each word anywhere";
    EXPECT_EQ(changes("q=nov%C3%A1k+6002").size(), 0U);
    ASSERT_EQ(rig.post("/api/live/users/jan/logout", admin).status, 200);
    ASSERT_EQ(remove("users/jan"), 204);
    EXPECT_EQ(changes("q=nov%C3%A1k+6001+nov%C3%A1").size(), 2U) << "and that of the deletion";
    EXPECT_EQ(changes("q=nobody").size(), 0U);
}

// Goal: no crash loses the entry of a change that was kept. Method: as soon as the events are
// durable, before anybody has been told, the database is read as the next start would.
TEST_F(AuditLog, is_kept_with_the_change) {
    std::vector<std::string> kept;
    rig.live->on_durable([&] {
        store::Query query;
        query.take = 1;
        const auto page = (*rig.store->reader())->list(store::Model::audit, query);
        kept.push_back(page && !page->rows.empty()
                           ? text_at(*json::parse(page->rows.front()), {"what"})
                           : "(none)");
    });
    put("queues/6001", R"({"title":"Nová"})");
    make("users", R"({"name":"novak","title":"Novák","password":"tajne-heslo-1"})");
    put("users/novak", R"({"title":"Nováková"})");
    put("settings/instance", R"({"voicemail_max":99})");
    ASSERT_EQ(remove("queues/6003"), 204);
    ASSERT_EQ(rig.post("/api/live/users/jan/logout", admin).status, 200);
    rig.live->on_durable({});
    EXPECT_EQ(kept, (std::vector<std::string>{"queues.update", "users.create", "users.update",
                                              "settings.update", "queues.delete", "users.logout"}));
}

// Goal: a person hears why nothing happens. Method: twice; and again after that was taken back.
TEST_F(AuditLog, takes_a_change_back_once) {
    const std::string first = title("queues/6001");
    put("queues/6001", R"({"title":"Nová"})");
    const json::Value change = newest();
    EXPECT_EQ(text_at(change, {"can_take_back"}), "true");
    ASSERT_EQ(take_back(change).status, 200);
    const Answer again = take_back(change);
    EXPECT_EQ(again.status, 400);
    EXPECT_NE(text_at(again.json(), {"error", "form", "taken_back"}).find("už byla vrácena"),
              std::string::npos)
        << again.body;
    ASSERT_EQ(take_back(newest()).status, 200);
    EXPECT_EQ(title("queues/6001"), "Nová");
    EXPECT_EQ(take_back(change).status, 200) << "it stands again";
    EXPECT_EQ(title("queues/6001"), first);
}

// Goal: what a change named can be read when it is gone.
TEST_F(AuditLog, keeps_what_was_named) {
    const std::string queue = title("queues/6003");
    ASSERT_EQ(rig.post("/api/live/users/petr/logout", admin).status, 200);
    ASSERT_EQ(remove("users/petr"), 204);
    EXPECT_EQ(text_at(newest(), {"titles", "queues", "6003"}), queue);
    ASSERT_EQ(remove("queues/6003"), 204);
    EXPECT_EQ(text_at(changes("take=2").at(1), {"titles", "queues", "6003"}), queue);
}

TEST_F(AuditLog, is_searched_without_accents) {
    put("queues/6001", R"({"title":"Žluťoučký kůň"})");
    EXPECT_EQ(changes("q=zlutoucky+KUN").size(), 1U);
    EXPECT_EQ(changes("q=%C5%BDLUT").size(), 1U);
    EXPECT_EQ(changes("q=zluta").size(), 0U);
}

TEST_F(AuditLog, is_there_for_administrators_alone) {
    for (const std::string who : {"jana", "jan"}) {
        const std::string token = rig.sign_in(who);
        const Answer log = rig.get("/api/v6/auditLog", token);
        const Answer nothing = rig.get("/api/v6/nothingLikeIt", token);
        EXPECT_EQ(log.status, 404);
        EXPECT_EQ(text_at(log.json(), {"error"}), text_at(nothing.json(), {"error"}));
        EXPECT_EQ(rig.put("/api/v6/auditLog/auditLog_1", token, R"({"taken_back":true})").status,
                  404);
    }
}

// Goal: no secret is ever in the log. Method: passwords of people and telephones, set and made up.
TEST_F(AuditLog, has_no_secrets) {
    ASSERT_EQ(rig.post("/api/v6/users", admin,
                       R"({"name":"novak","title":"Novák","password":"tajne-heslo-1"})")
                  .status,
              201);
    put("users/novak", R"({"password":"tajne-heslo-2"})");
    EXPECT_EQ(text_at(newest(), {"detail"}), "password");
    EXPECT_EQ(take_back(newest()).status, 400) << "there is nothing to put back";
    const Answer made = rig.post("/api/v6/sipDevices", admin, R"({"name":"399","title":"T"})");
    ASSERT_EQ(made.status, 201);
    const std::string own = text_at(made.json(), {"result", "password"});
    put("sipDevices/399", R"({"password":"tajne-heslo-3"})");
    const std::string all = boost::json::serialize(changes());
    EXPECT_EQ(all.find("tajne-heslo"), std::string::npos);
    EXPECT_EQ(all.find(own), std::string::npos);
}

TEST_F(AuditLog, takes_a_change_back_and_notes_that) {
    const std::string before = title("queues/6001");
    put("queues/6001", R"({"title":"Nová"})");
    const json::Value change = newest();
    const Answer back = take_back(change);
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(text_at(back.json(), {"result", "taken_back"}), "true");
    EXPECT_EQ(title("queues/6001"), before);
    EXPECT_EQ(text_at(newest(), {"takes_back"}), text_at(change, {"name"}));
    EXPECT_EQ(text_at(newest(), {"after", "title"}), before);
    EXPECT_EQ(take_back(change).status, 400) << "it is taken back already";
    ASSERT_EQ(take_back(newest()).status, 200) << "taking back is a change, too";
    EXPECT_EQ(title("queues/6001"), "Nová");
}

// Goal: what a colleague changed since is not overwritten; both versions are said.
TEST_F(AuditLog, refuses_to_take_back_what_was_changed_since) {
    const std::string before = title("queues/6001");
    put("queues/6001", R"({"title":"Nová"})");
    const json::Value change = newest();
    put("queues/6001", R"({"title":"Novější"})");
    const Answer refused = take_back(change);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(text_at(refused.json(), {"error", "code"}), "changed");
    EXPECT_EQ(text_at(refused.json(), {"result", "present", "title"}), "Novější");
    EXPECT_EQ(text_at(refused.json(), {"result", "wanted", "title"}), before);
    EXPECT_EQ(title("queues/6001"), "Novější");
    put("queues/6001", R"({"options":{"ringtime":44}})");
    put("queues/6001", R"({"title":"Nová"})");
    EXPECT_EQ(take_back(change).status, 200) << "another field does not matter";
    EXPECT_EQ(title("queues/6001"), before);
}

TEST_F(AuditLog, brings_back_what_was_deleted_and_removes_what_was_made) {
    ASSERT_EQ(
        rig.post("/api/v6/statuses", admin, R"({"name":"g","title":"G","color":"red"})").status,
        201);
    const json::Value made = newest();
    ASSERT_EQ(rig.request("DELETE", "/api/v6/statuses/g", {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    const json::Value deleted = newest();
    EXPECT_EQ(take_back(made).status, 409) << "it is gone already";
    ASSERT_EQ(take_back(deleted).status, 200);
    EXPECT_EQ(title("statuses/g"), "G");
    EXPECT_EQ(take_back(deleted).status, 400) << "it is back already";
    EXPECT_EQ(take_back(made).status, 200);
    EXPECT_EQ(rig.get("/api/v6/statuses/g", admin).status, 404);
}

// Goal: what is taken back meets the checks of any change. Method: an extension that somebody has
// by now.
TEST_F(AuditLog, takes_nothing_back_that_would_not_be_saved) {
    put("users/ucetni", R"({"extension":"599"})");
    const json::Value change = newest();
    put("users/petr", R"({"extension":"520"})");
    const Answer refused = take_back(change);
    EXPECT_EQ(refused.status, 400) << refused.body;
    EXPECT_NE(text_at(refused.json(), {"error", "form", "extension"}), "(absent)");
    EXPECT_EQ(text_at(rig.get("/api/v6/users/ucetni", admin).json(), {"result", "extension"}),
              "599");
}

// Goal: a server that has no time is not taken for a record that somebody deleted.
TEST_F(AuditLog, says_when_it_cannot_look) {
    put("users/petr", R"({"alias":"Petr"})");
    const json::Value change = newest();
    rig.live->set_full(true);
    EXPECT_EQ(take_back(change).status, 503);
    rig.live->set_full(false);
    EXPECT_EQ(take_back(change).status, 200);
}

TEST_F(AuditLog, brings_a_person_back_without_a_password) {
    ASSERT_EQ(rig.request("DELETE", "/api/v6/users/petr", {}, {{"X-AUTH-TOKEN", admin}}).status,
              204);
    ASSERT_EQ(take_back(newest()).status, 200);
    const json::Value petr = rig.get("/api/v6/users/petr", admin).json();
    EXPECT_EQ(text_at(petr, {"result", "extension"}), "513");
    EXPECT_EQ(petr.at("result").at("queues").as_array().size(), 1U);
    const Answer signing =
        rig.post("/api/v6/login", "", R"({"username":"petr","password":"demo513"})");
    EXPECT_EQ(signing.status, 401) << "nobody has told them a password";
}

// Goal: an old change does nothing to a newer record of the same name. Method: one just like it.
TEST_F(AuditLog, leaves_a_newer_record_of_the_same_name_alone) {
    make("statuses", R"({"name":"g","title":"G"})");
    const json::Value made = newest();
    put("statuses/g", R"({"title":"H"})");
    const json::Value changed = newest();
    ASSERT_EQ(remove("statuses/g"), 204);
    const json::Value deleted = newest();
    make("statuses", R"({"name":"g","title":"G"})");
    const json::Value made_anew = newest();
    const auto refused = [&](const json::Value& change) {
        const Answer answer = take_back(change);
        EXPECT_EQ(answer.status, 409) << answer.body;
        EXPECT_EQ(text_at(answer.json(), {"error", "code"}), "replaced");
        EXPECT_NE(text_at(answer.json(), {"error", "text"}).find(title("statuses/g") + " (g)"),
                  std::string::npos);
        EXPECT_EQ(text_at(answer.json(), {"result", "present", "title"}), title("statuses/g"));
    };
    refused(made);
    refused(deleted);
    put("statuses/g", R"({"title":"H"})");
    refused(changed);
    EXPECT_EQ(title("statuses/g"), "H");
    put("statuses/g", R"({"title":"G"})");
    EXPECT_EQ(take_back(made_anew).status, 200);
    ASSERT_EQ(take_back(deleted).status, 200);
    EXPECT_EQ(title("statuses/g"), "H");
    EXPECT_EQ(take_back(changed).status, 200) << "what was brought back is the same record";
    EXPECT_EQ(take_back(made).status, 200);
    EXPECT_EQ(rig.get("/api/v6/statuses/g", admin).status, 404);
}

// Goal: a name that the server gives is one that it takes. Method: every model that gives names.
TEST_F(AuditLog, brings_back_records_whose_names_it_made_up) {
    for (const auto& [model, body] :
         {std::pair{"groups", R"({"title":"G","type":"queues","queues":["6001"]})"},
          std::pair{"statuses", R"({"title":"S"})"}, std::pair{"pauses", R"({"title":"P"})"}}) {
        make(model, body);
        const std::string record = std::string(model) + "/" + text_at(newest(), {"record"});
        const std::string before = title(record);
        ASSERT_EQ(remove(record), 204) << record;
        const Answer back = take_back(newest());
        EXPECT_EQ(back.status, 200) << back.body;
        EXPECT_EQ(title(record), before);
    }
}

// Goal: who worked in a queue or had a device has it again, even while they are logged in; whoever
// is gone by then is named, and nobody else of that name gets it.
TEST_F(AuditLog, brings_back_the_rights_of_people) {
    put("users/petr", R"({"queues":[{"name":"6003","login":"automatic","penalty":7}],
                          "devices":[{"name":"330","delay":3,"ring":40}]})");
    const std::string queues = field("users/petr", "queues");
    const std::string devices = field("users/petr", "devices");
    ASSERT_EQ(remove("queues/6003"), 204);
    const json::Value queue = newest();
    EXPECT_EQ(text_at(queue.at("before").at("people").at(0), {"name"}), "petr");
    ASSERT_EQ(remove("sipDevices/330"), 204);
    const json::Value device = newest();
    EXPECT_EQ(field("users/petr", "queues"), "[]");
    ASSERT_EQ(take_back(queue).status, 200);
    EXPECT_EQ(text_at(newest().at("after").at("people").at(0), {"name"}), "petr");
    const Answer telephone = take_back(device);
    ASSERT_EQ(telephone.status, 200);
    EXPECT_NE(text_at(telephone.json(), {"result", "note"}).find("heslo"), std::string::npos)
        << telephone.body;
    EXPECT_EQ(field("users/petr", "queues"), queues);
    EXPECT_EQ(field("users/petr", "devices"), devices);
    EXPECT_EQ(take_back(newest()).status, 200) << "bringing back is a change, too";
}

TEST_F(AuditLog, gives_rights_to_nobody_else_of_that_name) {
    ASSERT_EQ(remove("queues/6003"), 204);
    const json::Value queue = newest();
    ASSERT_EQ(remove("users/petr"), 204);
    make("users", R"({"name":"petr","title":"Another","password":"tajne-heslo-1"})");
    const Answer back = take_back(queue);
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(field("users/petr", "queues"), "[]");
    EXPECT_NE(text_at(back.json(), {"result", "note"}).find("petr"), std::string::npos)
        << back.body;
}

TEST_F(AuditLog, refuses_members_that_it_does_not_know) {
    put("queues/6001", R"({"title":"Nová"})");
    const Answer refused = rig.put("/api/v6/auditLog/" + text_at(newest(), {"name"}), admin,
                                   R"({"taken_back":true,"people":[],"also":1})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(text_at(refused.json(), {"error", "form", "also"}), "(absent)");
    EXPECT_EQ(title("queues/6001"), "Nová");
}

// Goal: a queue of the demo that nothing serves is refused with the reason, which is said before.
TEST_F(AuditLog, says_that_a_queue_nothing_serves_cannot_come_back) {
    core::Queue queue;
    queue.id = core::QueueId{6200};
    queue.title = "E-maily";
    core::set_type(queue, core::QueueType::email);
    queue.deactivated = true;
    ASSERT_EQ(rig.live->now(core::SaveQueue{queue, true}).kind, core::Reply::Kind::ok);
    const Answer on = rig.put("/api/v6/queues/6200", admin, R"({"deactivated":false})");
    EXPECT_EQ(on.status, 400);
    EXPECT_NE(text_at(on.json(), {"error", "form", "deactivated"}), "(absent)") << on.body;
    EXPECT_EQ(rig.put("/api/v6/queues/6200", admin, R"({"title":"Pošta"})").status, 200);
    ASSERT_EQ(remove("queues/6200"), 204);
    const std::string note = text_at(newest(), {"note"});
    EXPECT_NE(note.find("neobsluhuje"), std::string::npos) << note;
    const Answer refused = take_back(newest());
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(text_at(refused.json(), {"error", "form", "taken_back"}), note);
}

}  // namespace
}  // namespace linka::api::testing
