// What a crash forgot is not numbered again.
#include "linka/core/journal/numbers.hpp"

#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

TEST(Numbers, AStartGoesOnAtARoundNumberFarBeyondTheLast) {
    EXPECT_EQ(number_after_start(-1), 1'000'000);
    EXPECT_EQ(number_after_start(0), 1'000'000);
    EXPECT_EQ(number_after_start(500'000), 1'000'000);
    EXPECT_EQ(number_after_start(500'001), 2'000'000);
    EXPECT_EQ(number_after_start(1'000'000), 2'000'000);
}

TEST(Numbers, TheFirstStartLeavesNoGap) {
    World w;
    w.route("226000099", {DestinationKind::echo, {}});
    EXPECT_EQ(first_leg_in(w.state), 1);
    w.give(ProgramStartedReport{});
    w.call("226000099");
    EXPECT_EQ(w.ever<CallStarted>().back().call, CallId{1});
}

// Twice in a row, as when the second start finds as little written as the first.
TEST(Numbers, WhatWasForgottenIsNotGivenAgain) {
    World w;
    w.queue(6001);
    w.route("226000002", {DestinationKind::queue, "6001"});
    w.agent("jan", "512", {6001});
    w.give(ProgramStartedReport{});
    const State kept = w.state;
    const auto numbers_of_a_call = [](State state, LegId caller) {
        std::vector<std::int64_t> numbers;
        Instant now = state.at + 1s;
        const auto give = [&](const Input& input) {
            const Outcomes out = decide(state, input, now, 1, &calendar::Zone::find);
            for (const Record& record : out.events) {
                if (const auto* call = std::get_if<CallStarted>(&record.event)) {
                    numbers.push_back(call->call.value);
                } else if (const auto* offer = std::get_if<OfferStarted>(&record.event)) {
                    numbers.push_back(offer->offer.value);
                    numbers.push_back(offer->activity.value);
                }
            }
            for (const Effect& effect : out.effects) {
                if (const auto* dial = std::get_if<DialDevice>(&effect)) {
                    numbers.push_back(dial->leg.value);
                } else if (const auto* play = std::get_if<PlaySounds>(&effect)) {
                    numbers.push_back(play->play.value);
                }
            }
        };
        give(CallArrivedReport{caller, {}, "loopback", "226000002", "00420601000001", {}, {}});
        return numbers;
    };
    const std::vector<std::int64_t> forgotten = numbers_of_a_call(kept, LegId{1});
    ASSERT_EQ(forgotten.size(), 5U);
    State second = kept;
    const std::int64_t leg_in = first_leg_in(second);
    EXPECT_EQ(leg_in, 1'000'001);
    decide(second, ProgramStartedReport{}, kept.at, 1, &calendar::Zone::find);
    const std::vector<std::int64_t> later = numbers_of_a_call(second, LegId{leg_in});
    ASSERT_EQ(later.size(), forgotten.size());
    for (std::size_t index = 0; index < later.size(); ++index) {
        EXPECT_GT(later[index], 1'000'000);
    }
    State third = second;
    EXPECT_EQ(first_leg_in(third), 2'000'001) << "the second start took numbers, too";
    decide(third, ProgramStartedReport{}, kept.at, 1, &calendar::Zone::find);
    EXPECT_GT(numbers_of_a_call(third, LegId{2'000'001}).front(), 2'000'000);
}

// Signalling tells at a start of calls that came before it and are in no event.
TEST(Numbers, ACallThatCameBeforeTheStartIsTaken) {
    World w;
    w.route("226000099", {DestinationKind::echo, {}});
    w.give(ProgramStartedReport{});
    w.give(ProgramStartedReport{});
    const LegId caller = w.call("226000099");
    EXPECT_NE(find_leg(w.state, caller), nullptr);
}

}  // namespace
}  // namespace linka::core::test
