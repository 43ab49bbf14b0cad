#include "linka/app/demo/traffic.hpp"

#include "linka/app/demo/public.hpp"
#include "linka/core/testing/world.hpp"

#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace linka::app {
namespace {

Chance fixed_seed() {
    return [engine = std::mt19937_64(7)](std::int64_t bound) mutable {
        return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(bound));
    };
}

TEST(DemoTraffic, as_many_callers_come_as_were_asked_for) {
    const Chance chance = fixed_seed();
    Duration sum{};
    constexpr int count = 20'000;
    for (int i = 0; i < count; ++i) {
        const Duration pause = until_next_caller(120, chance);
        ASSERT_GE(pause, 0s);
        ASSERT_LE(pause, 180s);
        sum += pause;
    }
    // 30 s in the mean; a run of 20,000 is within some tenths of it.
    EXPECT_NEAR(static_cast<double>(sum.count()) / count / 1e6, 30, 1);
}

TEST(DemoTraffic, nobody_calls_twice_at_once) {
    core::test::World world;
    world.queue(6001);
    world.route("226000002", {core::DestinationKind::queue, "6001"});
    const Chance chance = fixed_seed();
    std::set<std::string_view> calling;
    for (std::size_t i = 0; i < customers().size(); ++i) {
        const Errand errand = next_errand(world.state, chance);
        ASSERT_NE(errand.customer, nullptr);
        EXPECT_TRUE(calling.insert(errand.customer->number).second);
        EXPECT_FALSE(errand.number.empty());
        EXPECT_GE(errand.patience, 4s);
        world.call("226000002", std::string(errand.customer->number));
        EXPECT_NE(call_of(world.state, *errand.customer), nullptr);
    }
    EXPECT_EQ(next_errand(world.state, chance).customer, nullptr) << "all of them are calling";
}

TEST(DemoTraffic, customers_are_known_by_number_and_trunk) {
    core::Call call;
    call.trunk = "loopback";
    call.caller = "00420" + std::string(customers().front().number);
    EXPECT_EQ(customer_of(call), customers().data());
    call.trunk = "another";
    EXPECT_EQ(customer_of(call), nullptr);
    call.trunk = "loopback";
    call.caller = "777123456";
    EXPECT_EQ(customer_of(call), nullptr);
}

TEST(DemoTraffic, a_visitor_is_called_through_the_queue_only_when_it_would_ring_them) {
    core::test::World world;
    world.queue(6001);
    world.route("226000002", {core::DestinationKind::queue, "6001"});
    const core::UserId visitor = world.agent("jan", "512", {6001});
    world.route("226000512", {core::DestinationKind::extension, "512"});
    EXPECT_EQ(way_to(world.state, visitor).number, "226000002");
    EXPECT_TRUE(way_to(world.state, visitor).through_queue);

    world.agent("petr", "513", {6001});
    EXPECT_EQ(way_to(world.state, visitor).number, "226000512") << "petr could be the one";
    EXPECT_FALSE(way_to(world.state, visitor).through_queue);

    const core::UserId jana = world.agent("jana", "511", {});
    EXPECT_TRUE(way_to(world.state, jana).number.empty()) << "no number leads to her yet";
    world.give(core::SaveRoute{route_to(world.state, "511")});
    ASSERT_EQ(world.reply.kind, core::Reply::Kind::ok) << world.reply.text;
    EXPECT_EQ(way_to(world.state, jana).number, "226000511");
    EXPECT_NE(route_to(world.state, "511").did, "226000511") << "that one is taken now";
}

TEST(DemoTraffic, a_number_in_use_and_a_waiting_caller_are_seen) {
    core::test::World world;
    world.queue(6001);
    world.route("226000002", {core::DestinationKind::queue, "6001"});
    const core::UserId visitor = world.agent("jan", "512", {6001});
    world.give(core::BecomeUnready{visitor});
    world.call("226000002");
    EXPECT_FALSE(way_to(world.state, visitor).through_queue);
}

TEST(DemoTraffic, what_customers_say_lasts_as_long_as_a_conversation) {
    for (const Customer& customer : customers()) {
        for (const int pace : {0, 4}) {
            std::int64_t silence_ms = 0;
            for (const media::PlayItem& item : customer_lines(customer, "cs", pace)) {
                silence_ms += item.kind == "silence" ? std::stoll(item.value) : 0;
            }
            EXPECT_GE(silence_ms, 12'000);
            EXPECT_LE(silence_ms, 35'000);
        }
    }
}

TEST(DemoTraffic, the_background_is_kept_and_read_back_within_its_bounds) {
    const KeptBackground kept{true, 240, "en"};
    const KeptBackground read = background_from_text(to_text(kept));
    EXPECT_TRUE(read.on);
    EXPECT_EQ(read.callers_per_hour, 240);
    EXPECT_EQ(read.language, "en");
    EXPECT_FALSE(background_from_text("broken").on);
    EXPECT_EQ(background_from_text(R"({"on":true,"callers_per_hour":99999,"language":"cs"})")
                  .callers_per_hour,
              callers_per_hour_max);
}

}  // namespace
}  // namespace linka::app
