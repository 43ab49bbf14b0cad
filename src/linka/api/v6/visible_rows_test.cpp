// Whose calls the lists show.
#include "linka/api/testing/rig.hpp"

#include <future>

#include <gtest/gtest.h>

namespace linka::api::testing {
namespace {

// František called Petr, colleague to colleague. Written as events: sign in before.
void write_internal_call(Rig& rig) {
    std::promise<std::pair<core::UserId, core::UserId>> found;
    std::int64_t seq = 0;
    ASSERT_TRUE(rig.live->query([&](const core::State& state, Instant) {
        seq = state.seq;
        core::UserId caller;
        core::UserId called;
        for (const auto& [id, user] : state.users) {
            caller = user.name == "frantisek" ? id : caller;
            called = user.name == "petr" ? id : called;
        }
        found.set_value({caller, called});
    }));
    const auto [caller, called] = found.get_future().get();
    const Instant at{1'790'000'000'000'000};
    const core::InteractionId interaction{1};
    const auto internal = core::CallDirection::internal;
    core::InteractionStarted started;
    started.interaction = interaction;
    started.carrier = core::carrier::Call{core::CallId{1}};
    started.direction = internal;
    started.party.address = "510";
    started.our_address = "513";
    const core::ActivityOpened calls{.activity = core::ActivityId{1},
                                     .interaction = interaction,
                                     .user = caller,
                                     .direction = internal,
                                     .title = "513"};
    const core::ActivityOpened answers{.activity = core::ActivityId{2},
                                       .interaction = interaction,
                                       .user = called,
                                       .direction = internal,
                                       .title = "510"};
    store::Write write;
    write.events = {
        {seq + 1, at, started},
        {seq + 2, at, calls},
        {seq + 3, at, answers},
        {seq + 4, at, core::InteractionAnswered{interaction, called, core::ActivityId{2}}},
        {seq + 5, at, core::InteractionEnded{interaction, core::Outcome::answered}}};
    ASSERT_TRUE(rig.store->append(std::move(write)));
    rig.store->flush();
}

// Goal: a call between colleagues is both of theirs, in every list of calls, and nobody else's.
TEST(VisibleRows, of_an_internal_call_are_the_callers_too) {
    Rig rig;
    std::map<std::string, std::string> tokens;
    for (const std::string name : {"admin", "jana", "frantisek", "jan", "petr"}) {
        tokens[name] = rig.sign_in(name);
    }
    write_internal_call(rig);
    for (const auto& [name, rows] :
         {std::pair("admin", "1"), std::pair("frantisek", "1"), std::pair("petr", "1"),
          std::pair("jana", "1"), std::pair("jan", "0")}) {  // jana manages the caller alone
        const std::string internal = "?filter[0][field]=direction&filter[0][value]=internal";
        const json::Value calls = rig.get("/api/v6/activitiesCall" + internal, tokens[name]).json();
        EXPECT_EQ(text_at(calls, {"result", "total"}), rows) << name;
        const std::string live = "/api/live/lists/interactions" + internal;
        EXPECT_EQ(text_at(rig.get(live, tokens[name]).json(), {"total"}), rows) << name;
        EXPECT_EQ(rig.get("/api/v6/activitiesCall/activitiesCall_1", tokens[name]).status,
                  *rows == '1' ? 200 : 404)
            << name;
    }
}

}  // namespace
}  // namespace linka::api::testing
