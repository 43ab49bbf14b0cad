// /api/v6/groups: what a description alone gives.
#include "linka/api/testing/rig.hpp"

#include <future>

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

// Goal: nobody gives what they do not see, nor takes it away by sending back what they were shown.
TEST(Groups, keep_those_whom_the_writer_does_not_see) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    for (const std::string body :
         {R"({"name":"q","title":"Q","type":"queues","queues":["6001","6003"]})",
          R"({"name":"u","title":"U","type":"users","users":["frantisek","petr"]})"}) {
        ASSERT_EQ(rig.post("/api/v6/groups", admin, body).status, 201);
    }
    ASSERT_EQ(rig.post("/api/v6/roles", admin, R"({"name":"lead","title":"Vedoucí","reach":"queues",
                  "options":{"users":["read"],"queues":["read"],"groups":["update"]}})")
                  .status,
              201);
    ASSERT_EQ(rig.put("/api/v6/users/jana", admin, R"({"role":"lead"})").status, 200);
    const std::string jana = rig.sign_in("jana");
    const auto put = [&](const std::string& group, const std::string& body) {
        return rig.put("/api/v6/groups/" + group, jana, body);
    };
    EXPECT_EQ(put("q", R"({"queues":["6001"]})").status, 200);
    EXPECT_EQ(put("u", R"({"users":["jan"]})").status, 200);
    const auto field = [&](const std::string& group, const std::string& name) {
        return text_at(rig.get("/api/v6/groups/" + group, admin).json(), {"result", name});
    };
    EXPECT_EQ(field("q", "queues"), R"(["6001","6003"])");
    EXPECT_EQ(field("u", "users"), R"(["jan","petr"])");
    const auto fault = [&](const std::string& queue) {
        std::string text = text_at(put("q", R"({"queues":["6001",")" + queue + R"("]})").json(),
                                   {"error", "form", "queues"});
        return text.substr(text.find(':'));
    };
    EXPECT_EQ(fault("6002"), fault("6009")) << "no hint that it is there";
    EXPECT_EQ(fault("6003"), fault("6009")) << "nor that it is in the group";
}

// Goal: no list has two of the same words to choose from. Method: made and renamed, of each model
// whose records people choose by their title.
TEST(Groups, are_told_apart_by_their_titles) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const auto second = [&](const Answer& answer) {
        EXPECT_EQ(answer.status, 400) << answer.body;
        return text_at(answer.json(), {"error", "form", "title"});
    };
    const std::string group = R"({"title":"Prodej","type":"queues","name":"a"})";
    ASSERT_EQ(rig.post("/api/v6/groups", admin, group).status, 201);
    EXPECT_EQ(second(rig.post("/api/v6/groups", admin, R"({"title":"PRODEJ","type":"queues"})")),
              "„Prodej“ už tu je");
    ASSERT_EQ(
        rig.post("/api/v6/groups", admin, R"({"title":"B","type":"queues","name":"b"})").status,
        201);
    EXPECT_EQ(second(rig.put("/api/v6/groups/b", admin, R"({"title":"prodej"})")),
              "„Prodej“ už tu je");
    EXPECT_EQ(rig.put("/api/v6/groups/a", admin, R"({"title":"Prodej"})").status, 200);
    ASSERT_EQ(rig.post("/api/v6/statuses", admin, R"({"title":"Vyřešeno"})").status, 201);
    for (const std::string model : {"queues", "pauses", "statuses"}) {
        const json::Value all = rig.get("/api/v6/" + model, admin).json();
        const std::string title = text_at(all.at("result").at("data").at(0), {"title"});
        EXPECT_EQ(second(rig.post("/api/v6/" + model, admin,
                                  R"({"name":"6099","title":")" + title + R"("})")),
                  "„" + title + "“ už tu je");
    }
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
    fault(R"({"title":"G","type":"queues","users":["jan"]})", "users");
    fault(R"({"title":"G","type":"users","queues":["6001"]})", "queues");
}

// Goal: who is deleted is in no group any more, and nobody else who gets the name is.
TEST(Groups, have_only_those_who_are_there) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const auto members = [&](std::string_view field) {
        return text_at(rig.get("/api/v6/groups/" + std::string(field), admin).json(),
                       {"result", field});
    };
    const auto remove = [&](const std::string& record) {
        EXPECT_EQ(rig.request("DELETE", "/api/v6/" + record, {}, {{"X-AUTH-TOKEN", admin}}).status,
                  204);
    };
    ASSERT_EQ(rig.post("/api/v6/groups", admin,
                       R"({"name":"users","title":"G","type":"users",
                           "users":["jan","petr","jan"]})")
                  .status,
              201);
    ASSERT_EQ(rig.post("/api/v6/groups", admin,
                       R"({"name":"queues","title":"Q","type":"queues","queues":[6001,6003]})")
                  .status,
              201);
    EXPECT_EQ(members("users"), R"(["jan","petr"])") << "each once";
    remove("users/petr");
    remove("queues/6003");
    EXPECT_EQ(members("users"), R"(["jan"])");
    EXPECT_EQ(members("queues"), R"(["6001"])");
    ASSERT_EQ(rig.post("/api/v6/users", admin,
                       R"({"name":"petr","title":"Another","password":"tajne-heslo-1"})")
                  .status,
              201);
    EXPECT_EQ(members("users"), R"(["jan"])") << "somebody else of that name";
    ASSERT_EQ(rig.put("/api/v6/groups/users", admin, R"({"users":["jan","petr"]})").status, 200);
    EXPECT_EQ(members("users"), R"(["jan","petr"])") << "until they are named";
    ASSERT_EQ(rig.put("/api/v6/groups/users", admin, R"({"title":"H"})").status, 200);
    const json::Value change = rig.get("/api/v6/auditLog?take=1", admin).json();
    EXPECT_EQ(text_at(change.at("result").at("data").at(0), {"after"}), R"({"title":"H"})");
}

// Goal: a manager reads of whom they see, as everywhere.
TEST(Groups, show_members_to_those_who_see_them) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    const std::string jana = rig.sign_in("jana");  // of 6001
    ASSERT_EQ(rig.post("/api/v6/groups", admin,
                       R"({"name":"g","title":"G","type":"queues","queues":[6001,6003]})")
                  .status,
              201);
    const auto queues = [&](const std::string& who) {
        return text_at(rig.get("/api/v6/groups/g", who).json(), {"result", "queues"});
    };
    EXPECT_EQ(queues(admin), R"(["6001","6003"])");
    EXPECT_EQ(queues(jana), R"(["6001"])");
    const json::Value list = rig.get("/api/v6/groups", jana).json();
    EXPECT_EQ(text_at(list.at("result").at("data").at(0), {"queues"}), R"(["6001"])");
}

TEST(Groups, have_so_many_members_at_most) {
    Rig rig;
    const std::string admin = rig.sign_in("admin");
    json::Array many;
    for (std::int64_t number = 1; number <= 1'001; ++number) {
        core::Queue queue;
        queue.id = core::QueueId{70'000 + number};
        queue.title = "Q";
        ASSERT_TRUE(rig.live->submit(core::SaveQueue{queue, true}, [](const core::Reply&) {}));
        many.emplace_back(queue.id.value);
    }
    std::promise<void> saved;
    ASSERT_TRUE(rig.live->query([&](const core::State&, Instant) { saved.set_value(); }));
    saved.get_future().wait();
    const Answer refused = rig.post(
        "/api/v6/groups", admin,
        boost::json::serialize(json::Object{{"title", "G"}, {"type", "queues"}, {"queues", many}}));
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(text_at(refused.json(), {"error", "form", "queues"}).find("1000"), std::string::npos)
        << refused.body;
}

}  // namespace
}  // namespace linka::api::testing
