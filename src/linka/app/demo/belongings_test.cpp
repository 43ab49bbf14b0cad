// Goal: what is the demo's and what people have made since is told apart, over restarts, too; and
// the demo goes as a whole. Method: the seeded company, over a store that shows what it is given.
#include "linka/app/demo/belongings.hpp"

#include "linka/app/demo.hpp"
#include "linka/app/testing/kept_writes.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace linka::app {
namespace {

class BelongingsTest : public testing::Test {
  protected:
    KeptWrites store;
    runtime::Loop loop;
    Engine engine{loop, store};
    Belongings demo{loop, engine, {}};
    const Apply apply = [this](const core::Input& input) { return engine.apply_now(input); };

    void SetUp() override {
        ASSERT_TRUE(seed_base(apply).ok());
        ASSERT_TRUE(seed_demo(apply).ok());
        demo.add(all_records(engine.state()));
        loop.step({});
    }
    [[nodiscard]] core::UserId admin() const { return engine.state().users.begin()->first; }
    std::optional<core::Reply::Kind> remove(core::UserId keep, bool end_calls = false) {
        std::optional<core::Reply::Kind> kind;
        EXPECT_TRUE(
            demo.remove(keep, end_calls, [&](const core::Reply& reply) { kind = reply.kind; }, {}));
        for (std::size_t turns = 0; turns < 3; ++turns) {
            loop.step({});
            for (; settled_ < store.writes.size(); ++settled_) {
                store.settle(settled_);
            }
        }
        return kind;
    }
    // As the last write kept it.
    [[nodiscard]] KeptDemo kept() const {
        KeptDemo last;
        for (const store::Write& write : store.writes) {
            for (const store::Side& side : write.side) {
                if (side.key == Belongings::kept_key) {
                    last = kept_demo_from_text(side.value.value_or(""));
                }
            }
        }
        return last;
    }
    core::CallId customer_calls(const std::string& trunk, const std::string& caller,
                                const std::string& number) {
        const core::LegId leg{1 + 2 * static_cast<std::int64_t>(engine.state().last.call)};
        apply(core::CallArrivedReport{leg, {}, trunk, number, caller, {}, {}});
        return core::CallId{engine.state().last.call};
    }
    core::Queue queue(std::int64_t number) {
        core::Queue queue;
        queue.id = core::QueueId{number};
        queue.title = "Own";
        return queue;
    }

  private:
    std::size_t settled_ = 0;  // writes
};

TEST_F(BelongingsTest, AreTheSeededCompany) {
    EXPECT_TRUE(demo.is_there());
    EXPECT_EQ(demo.records().users.size(), engine.state().users.size());
    EXPECT_EQ(demo.records().pauses.size() + 3, engine.state().pauses.size())
        << "the system's own stay";
    EXPECT_EQ(demo.records().trunks, std::vector<std::string>{"loopback"});
    EXPECT_EQ(kept().records, demo.records());
    EXPECT_TRUE(kept().there);
}

TEST_F(BelongingsTest, AreNotWhatPeopleMade) {
    const core::RecordIds before = demo.records();
    ASSERT_EQ(apply(core::SaveQueue{queue(7001), true}).kind, core::Reply::Kind::ok);
    EXPECT_EQ(demo.records(), before);
    ASSERT_EQ(remove(admin()), core::Reply::Kind::ok);
    ASSERT_EQ(engine.state().queues.size(), 1U);
    EXPECT_EQ(engine.state().queues.begin()->first, core::QueueId{7001});
}

TEST_F(BelongingsTest, GoTogetherWithWhatTheDemoMadeLater) {
    core::Route route;
    route.did = "226000777";
    route.destination = {core::DestinationKind::echo, ""};
    const core::Reply saved = apply(core::SaveRoute{route});
    demo.add({.routes = {core::RouteId{saved.record_id}}});
    ASSERT_EQ(remove(admin()), core::Reply::Kind::ok);
    const core::State& state = engine.state();
    EXPECT_EQ(state.users.size(), 1U);
    EXPECT_TRUE(state.devices.empty());
    EXPECT_TRUE(state.queues.empty());
    EXPECT_TRUE(state.routing.routes.empty());
    EXPECT_TRUE(state.routing.menus.empty());
    EXPECT_TRUE(state.routing.ring_groups.empty());
    EXPECT_EQ(state.pauses.size(), 3U);
    EXPECT_TRUE(state.trunks.empty());
}

// No crash parts the records from the note that they are gone.
TEST_F(BelongingsTest, AreForgottenInTheWriteOfTheirRemoval) {
    ASSERT_EQ(remove(admin()), core::Reply::Kind::ok);
    EXPECT_FALSE(demo.is_there());
    EXPECT_TRUE(kept().removed);
    EXPECT_FALSE(kept().there);
    const store::Write& last = store.writes.back();
    EXPECT_TRUE(std::holds_alternative<core::PastForgotten>(last.events.back().event));
    EXPECT_EQ(last.side.size(), 1U);
    EXPECT_EQ(remove(admin()), core::Reply::Kind::not_found) << "once";
}

TEST_F(BelongingsTest, GoForAdministratorsOnly) {
    const core::UserId other = engine.state().users.rbegin()->first;
    ASSERT_NE(engine.state().users.at(other).access, core::Access::admin);
    EXPECT_EQ(remove(other), core::Reply::Kind::not_found);
    EXPECT_EQ(remove(core::UserId{9999}), core::Reply::Kind::not_found);
    EXPECT_TRUE(demo.is_there());
}

// Numbers of queues and ring groups are chosen by people, so one may come again; its past is still
// the demo's until then. Also after a restart in between.
TEST_F(BelongingsTest, AreNotANumberThatIsUsedAgain) {
    const core::QueueId number = demo.records().queues.front();
    core::RemoveRecords one;
    one.records.queues = {number};
    ASSERT_EQ(apply(one).kind, core::Reply::Kind::ok);
    EXPECT_TRUE(core::is_among(demo.records().queues, number));
    loop.step({});
    Belongings again(loop, engine, kept());
    ASSERT_EQ(apply(core::SaveQueue{queue(number.value), true}).kind, core::Reply::Kind::ok);
    EXPECT_FALSE(core::is_among(again.records().queues, number));
    loop.step({});
    EXPECT_EQ(kept().records, again.records());
    core::Queue changed = engine.state().queues.at(again.records().queues.front());
    changed.title = "Changed";
    apply(core::SaveQueue{changed});
    EXPECT_TRUE(core::is_among(again.records().queues, changed.id)) << "it was there all the time";
}

// Nobody minds the end of a made-up call; other calls are asked about.
TEST_F(BelongingsTest, HaveCallsOfCustomersThatEndUnasked) {
    customer_calls("loopback", "00420702555101", "226000002");
    EXPECT_EQ(demo.removal(engine.state(), admin()).ending.size(), 1U);
    customer_calls("loopback", "00420601000001", "226000002");
    customer_calls("provider", "00420702555101", "226000002");
    EXPECT_EQ(demo.removal(engine.state(), admin()).ending.size(), 1U);
    EXPECT_EQ(remove(admin()), core::Reply::Kind::blocked);
    EXPECT_TRUE(demo.is_there());
    EXPECT_EQ(remove(admin(), true), core::Reply::Kind::ok);
    EXPECT_TRUE(engine.state().calls.empty());
}

}  // namespace
}  // namespace linka::app
