// Two requests for one record at the same moment, one of which removes it.
#include "linka/api/testing/rig.hpp"

#include <atomic>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

struct RemovedMeanwhile : ::testing::Test {
    Rig rig;
    std::string admin = rig.sign_in("admin");

    // What is made next goes again before it is answered.
    void then_at_once(const core::Input& removal) {
        rig.live->on_durable([this, removal, asked = false]() mutable {
            if (!asked) {
                asked = true;
                EXPECT_TRUE(rig.live->submit(removal, [](const core::Reply&) {}));
            }
        });
    }
};

// Method: the core stands until the removal and, behind it, the look of the change wait for it; the
// change has been judged by what was there before.
TEST_F(RemovedMeanwhile, a_record_is_not_there_for_who_changes_it) {
    ASSERT_EQ(rig.post("/api/v6/profiles", admin, R"({"name":"p","title":"P"})").status, 201);
    ASSERT_EQ(rig.post("/api/v6/queues", admin, R"({"name":6009,"title":"Q","type":"in"})").status,
              201);
    ASSERT_EQ(rig.post("/api/v6/pauses", admin, R"({"name":"u","title":"U"})").status, 201);
    const auto [profile, pause] = rig.live->see([](const core::State& state) {
        return std::pair(state.profiles.rbegin()->first, state.pauses.rbegin()->first);
    });
    for (const auto& [path, removal] : std::vector<std::pair<std::string, core::Input>>{
             {"profiles/p", core::RemoveProfile{profile}},
             {"queues/6009", core::RemoveQueue{core::QueueId{6009}}},
             {"pauses/u", core::RemovePause{pause}}}) {
        rig.live->stand_until(2);
        std::atomic<core::Reply::Kind> kind{core::Reply::Kind::invalid};
        ASSERT_TRUE(
            rig.live->submit(removal, [&](const core::Reply& reply) { kind = reply.kind; }));
        const Answer answer = rig.put("/api/v6/" + path, admin, R"({"title":"Other"})");
        EXPECT_EQ(answer.status, 404) << path << answer.body;
        EXPECT_EQ(kind.load(), core::Reply::Kind::ok) << path;
    }
}

TEST_F(RemovedMeanwhile, a_record_is_what_was_made_for_who_made_it) {
    const auto [profile, user] = rig.live->see([](const core::State& state) {
        return std::pair(core::ProfileId{state.last.profile + 1},
                         core::UserId{state.last.user + 1});
    });
    for (const auto& [model, body, removal] :
         std::vector<std::tuple<std::string, std::string, core::Input>>{
             {"profiles", R"({"name":"p","title":"P"})", core::RemoveProfile{profile}},
             {"users", R"({"name":"u","title":"U","password":"long-enough"})",
              core::RemoveUser{user}}}) {
        then_at_once(removal);
        const Answer made = rig.post("/api/v6/" + model, admin, body);
        EXPECT_EQ(made.status, 201) << made.body;
        EXPECT_EQ(text_at(made.json(), {"result", "title"}), model == "users" ? "U" : "P");
        rig.live->on_durable({});
        const std::string name = text_at(made.json(), {"result", "name"});
        EXPECT_EQ(rig.get("/api/v6/" + model + "/" + name, admin).status, 404) << name;
    }
}

}  // namespace
}  // namespace linka::api::testing
