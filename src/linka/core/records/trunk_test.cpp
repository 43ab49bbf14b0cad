// Trunks: what is fit to be saved, which one calls out go by, and those of older journals.
#include "linka/core/core.hpp"
#include "linka/core/testing/world.hpp"

#include <gtest/gtest.h>

namespace linka::core::test {
namespace {

struct Trunks : ::testing::Test {
    World w;

    std::string refused(const std::function<void(Trunk&)>& change) {
        Trunk trunk;
        trunk.name = "provider";
        trunk.title = "Provider";
        trunk.host = "sip.example.com";
        change(trunk);
        w.give(SaveTrunk{trunk});
        return w.reply.kind == Reply::Kind::invalid ? w.reply.field : "saved";
    }
    std::string out() const {
        const Trunk* trunk = trunk_out(w.state);
        return trunk == nullptr ? "" : trunk->name;
    }
    void fold_text(const std::string& text) {
        const Result<Event> event = event_from_text(text);
        ASSERT_TRUE(event.ok()) << event.error().text;
        evolve(w.state, Record{w.state.seq + 1, w.state.at, *event});
    }
};

TEST_F(Trunks, AreCheckedBeforeTheyAreUsed) {
    EXPECT_EQ(refused([](Trunk& t) { t.name = "a b"; }), "name");
    EXPECT_EQ(refused([](Trunk& t) { t.name = "loopback"; }), "name");
    EXPECT_EQ(refused([](Trunk& t) { t.title = std::string(257, 't'); }), "title");
    EXPECT_EQ(refused([](Trunk& t) { t.port = 70'000; }), "port");
    EXPECT_EQ(refused([](Trunk& t) { t.host = "a b;c"; }), "host");
    EXPECT_EQ(refused([](Trunk& t) { t.addresses = {"localhost"}; }), "addresses");
    EXPECT_EQ(refused([](Trunk& t) { t.caller_number = "12a"; }), "caller_number");
    EXPECT_EQ(refused([](Trunk& t) { t.position = -1; }), "position");
    EXPECT_EQ(refused([](Trunk& t) { t.username = std::string(129, 'u'); }), "username");
    EXPECT_EQ(refused([](Trunk& t) { t.addresses = {"2001:db8::1"}; }), "saved");
    EXPECT_EQ(refused([](Trunk& t) {
                  t.id = TrunkId{2};
                  t.name = "another";
              }),
              "name")
        << "never changes";
    EXPECT_EQ(refused([](Trunk& t) { t.id = TrunkId{77}; }), "id");
}

TEST_F(Trunks, AreTakenInTheirOrder) {
    EXPECT_EQ(out(), "loopback");
    EXPECT_EQ(refused([](Trunk& t) { t.position = 5; }), "saved");
    EXPECT_EQ(out(), "loopback");
    Trunk first = *find_trunk(w.state, "loopback");
    first.position = 6;
    w.give(SaveTrunk{first});
    EXPECT_EQ(out(), "provider");
    Trunk second = *find_trunk(w.state, "provider");
    second.deactivated = true;
    w.give(SaveTrunk{second});
    EXPECT_EQ(out(), "loopback");
    w.give(RemoveTrunk{first.id});
    EXPECT_EQ(out(), "");
    w.give(RemoveTrunk{first.id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

TEST_F(Trunks, ThatCallsOnlyComeInByAreNotCalledBy) {
    Trunk trunk = *find_trunk(w.state, "loopback");
    trunk.host.clear();
    trunk.addresses = {"192.0.2.1"};
    w.give(SaveTrunk{trunk});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(out(), "");
}

TEST_F(Trunks, ShowTheirNumberWhereNobodyElseHasOne) {
    Trunk trunk = *find_trunk(w.state, "loopback");
    trunk.caller_number = "226000000";
    w.give(SaveTrunk{trunk});
    w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
    const UserId jan = w.agent("jan", "512", {6002});
    w.give(CallOut{jan, "777123456", {}});
    w.answer("d512");
    const std::vector<DialNumber> dialled = w.done<DialNumber>();
    ASSERT_EQ(dialled.size(), 1U);
    EXPECT_EQ(dialled[0].caller, "226000000");
    EXPECT_EQ(dialled[0].trunk, "loopback");
}

// Goal: journals and snapshots from before trunks were records are read as they were meant.
TEST_F(Trunks, OfOlderSettingsBecomeRecords) {
    fold_text(
        R"({"type":"settings_saved","settings":{"country":"421","trunks":[)"
        R"({"name":"backup","host":"192.0.2.9"},)"
        R"({"name":"loopback","title":"Line","host":"192.0.2.1","port":5070,"username":"u"}],)"
        R"("trunk":"loopback"}})");
    ASSERT_EQ(w.state.trunks.size(), 2U);
    EXPECT_EQ(w.state.settings.country, "421");
    EXPECT_FALSE(w.state.settings.trunks.has_value());
    EXPECT_EQ(out(), "loopback");
    EXPECT_EQ(trunk_out(w.state)->port, 5070);
    EXPECT_EQ(trunk_out(w.state)->id, TrunkId{1}) << "one of a name keeps its number";
    fold_text(R"({"type":"settings_saved","settings":{"country":"420"}})");
    EXPECT_EQ(w.state.trunks.size(), 2U) << "newer settings say nothing of trunks";
    fold_text(R"({"type":"settings_saved","settings":{"trunks":[],"trunk":""}})");
    EXPECT_TRUE(w.state.trunks.empty());

    State old;
    ASSERT_TRUE(load_state(old, R"({"settings":{"trunks":[{"name":"a","host":"192.0.2.1"}],)"
                                R"("trunk":"a"}})")
                    .ok());
    ASSERT_NE(trunk_out(old), nullptr);
    EXPECT_EQ(trunk_out(old)->name, "a");
    State again;
    ASSERT_TRUE(load_state(again, save_state(old)).ok());
    ASSERT_EQ(again.trunks.size(), 1U);
    EXPECT_EQ(again.trunks.at(TrunkId{1}).host, "192.0.2.1");
    EXPECT_EQ(again.last.trunk, 1);
}

}  // namespace
}  // namespace linka::core::test
