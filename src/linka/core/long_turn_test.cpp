// A turn that grows too long leaves work for the next one, which is due at once.
#include "linka/core/acd/distribution.hpp"
#include "linka/core/flow/follow.hpp"
#include "linka/core/testing/world.hpp"
#include "linka/core/turn.hpp"

namespace linka::core::test {
namespace {

TEST(LongTurn, QueuesThatAreLeftOverAreServedInTheNextOne) {
    World w;
    w.queue(6001);
    w.queue(6002);
    w.route("226000001", {DestinationKind::queue, "6001"});
    w.route("226000002", {DestinationKind::queue, "6002"});
    const UserId jan = w.agent("jan", "512", {6001});
    const UserId eva = w.agent("eva", "514", {6002});
    w.give(BecomeUnready{jan});
    w.give(BecomeUnready{eva});
    w.call("226000001");
    w.call("226000002");
    ASSERT_EQ(next_deadline(w.state), Instant::never()) << "nothing is due by itself";

    Turn turn(w.state, w.now, 1, &calendar::Zone::find);
    turn.emit(UserReady{jan});
    turn.emit(UserReady{eva});
    turn.events_max = 3;  // the first offer fills it
    distribute(turn, follow_up);
    const std::size_t served = w.state.offers.size();
    EXPECT_EQ(served, 1U) << "the turn was long";

    EXPECT_LE(next_deadline(w.state), w.now) << "the next turn is due at once";
    decide(w.state, Tick{}, w.now, 2, &calendar::Zone::find);
    EXPECT_EQ(w.state.offers.size(), 2U);
    EXPECT_EQ(w.state_of(jan), UserState::ringing);
    EXPECT_EQ(w.state_of(eva), UserState::ringing);
}

TEST(LongTurn, QueuesThatWereNotLookedAtAreLookedAtInTheNextOne) {
    World w;
    w.queue(6001);
    w.route("226000001", {DestinationKind::queue, "6001"});
    const UserId jan = w.agent("jan", "512", {6001});
    w.give(BecomeUnready{jan});
    w.call("226000001");
    Turn turn(w.state, w.now, 1, &calendar::Zone::find);
    turn.emit(UserReady{jan});
    turn.events_max = 1;
    distribute(turn, follow_up);
    EXPECT_TRUE(w.state.offers.empty());
    EXPECT_LE(next_deadline(w.state), w.now);
    decide(w.state, Tick{}, w.now, 2, &calendar::Zone::find);
    EXPECT_EQ(w.state_of(jan), UserState::ringing);
}

}  // namespace
}  // namespace linka::core::test
