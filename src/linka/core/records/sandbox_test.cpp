// Routing is edited in a sandbox: calls go by it when it is applied, and as before when that is
// undone.
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

struct Sandbox : ::testing::Test {
    World w;
    QueueId queue = w.queue(6001);
    UserId jan = w.save(w.person("jan", "512"));
    RouteId route;
    Sandbox() {
        w.route("226000001", {DestinationKind::queue, "6001"});
        route = RouteId{w.reply.record_id};
    }
    void ok(const Input& input) {
        w.give(input);
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << w.reply.field << ": " << w.reply.text;
    }
    void leads_to(const Destination& to) {
        Route changed = w.state.draft.routes.at(route);
        changed.destination = to;
        ok(SaveDraft{changed});
    }
    Destination live() { return w.state.routing.routes.at(route).destination; }
    static RingGroup office() {
        RingGroup group;
        group.id = RingGroupId{700};
        group.title = "Office";
        group.members = {{"512", 20s}};
        return group;
    }
};

TEST_F(Sandbox, CallsGoByItWhenItIsApplied) {
    leads_to({DestinationKind::echo, ""});
    const LegId before = w.call("226000001");
    EXPECT_NE(find_interaction(w.state, InteractionId{1}), nullptr);  // in the queue
    w.hang_up(before);
    ok(ApplyRouting{});
    w.call("226000001");
    EXPECT_EQ(w.done<EchoLeg>().size(), 1U);
    EXPECT_EQ(w.state.draft, w.state.routing);
}

TEST_F(Sandbox, IsCheckedBesideWhatElseIsThere) {
    leads_to({DestinationKind::queue, "6001"});
    Route lost = w.state.draft.routes.at(route);
    lost.destination = {DestinationKind::ring_group, "700"};
    w.give(SaveDraft{lost});
    EXPECT_EQ(w.reply.field, "destination");
    EXPECT_EQ(w.reply.text, "no ring group 700");
    ok(SaveDraft{office()});
    ok(SaveDraft{lost});
    EXPECT_TRUE(w.state.routing.ring_groups.empty());
    ok(ApplyRouting{});
    EXPECT_EQ(live(), (Destination{DestinationKind::ring_group, "700"}));
}

TEST_F(Sandbox, NothingIsTakenFromUnderIt) {
    ok(SaveDraft{office()});
    w.give(RemoveUser{jan});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    w.give(RemoveQueue{queue});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    User other = w.person("eva", "700");
    w.give(SaveUser{other});
    EXPECT_EQ(w.reply.text, "used by ring group 700");
    leads_to({DestinationKind::ring_group, "700"});
    w.give(RemoveDraft{{.ring_groups = {RingGroupId{700}}}});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    EXPECT_EQ(w.reply.blockers[0].subjects, std::vector<std::string>{"226000001"});
    // The number leads to the queue until it is applied.
    w.give(RemoveQueue{queue});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
}

TEST_F(Sandbox, AQueueDoesNotLeadToWhatIsRemovedThere) {
    ok(SaveRingGroup{office()});
    ok(RemoveDraft{{.ring_groups = {RingGroupId{700}}}});
    Queue changed = *find_queue(w.state, queue);
    calls_of(&changed)->on_leave = {DestinationKind::ring_group, "700"};
    w.give(SaveQueue{changed, false});
    EXPECT_EQ(w.reply.field, "on_leave");
    ok(DiscardDraft{});
    ok(SaveQueue{changed, false});
    w.give(RemoveDraft{{.ring_groups = {RingGroupId{700}}}});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
}

TEST_F(Sandbox, IsThrownAway) {
    leads_to({DestinationKind::echo, ""});
    Route more;
    more.did = "226000002";
    more.destination = {DestinationKind::echo, ""};
    ok(SaveDraft{more});
    ok(DiscardDraft{});
    EXPECT_EQ(w.state.draft, w.state.routing);
    EXPECT_EQ(w.state.routing.routes.size(), 1U);
    ok(SaveDraft{more});
    EXPECT_EQ(w.reply.record_id, 3) << "a number is used once";
}

TEST_F(Sandbox, IsUndoneAndDoneAgain) {
    w.give(UndoRouting{});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
    leads_to({DestinationKind::echo, ""});
    ok(ApplyRouting{});
    Route editing;
    editing.did = "226000002";
    editing.destination = {DestinationKind::busy, ""};
    ok(SaveDraft{editing});
    ok(UndoRouting{});
    EXPECT_EQ(live().kind, DestinationKind::queue);
    EXPECT_EQ(w.state.draft.routes.at(route).destination.kind, DestinationKind::queue);
    EXPECT_EQ(w.state.draft.routes.size(), 2U) << "what is being edited stays";
    EXPECT_EQ(w.state.routing.routes.size(), 1U);
    ok(UndoRouting{});
    EXPECT_EQ(live().kind, DestinationKind::echo);
}

TEST_F(Sandbox, IsNotAppliedIfItLeadsNowhereByNow) {
    Settings settings = w.state.settings;
    settings.allowed_prefixes = {"00421"};
    ok(SaveSettings{settings});
    leads_to({DestinationKind::number, "00421905123456"});
    ok(ApplyRouting{});
    leads_to({DestinationKind::echo, ""});
    ok(ApplyRouting{});
    settings.allowed_prefixes.clear();
    ok(SaveSettings{settings});
    w.give(UndoRouting{});
    EXPECT_EQ(w.reply.field, "226000001");
    EXPECT_EQ(w.reply.text, "not a number that may be called");
    EXPECT_EQ(live().kind, DestinationKind::echo);
}

TEST_F(Sandbox, LosesWhatIsRemovedTogether) {
    ok(SaveDraft{office()});
    Route more;
    more.did = "226000002";
    more.destination = {DestinationKind::queue, "6001"};
    ok(SaveDraft{more});
    leads_to({DestinationKind::echo, ""});
    ok(ApplyRouting{});
    leads_to({DestinationKind::queue, "6001"});
    RemoveRecords all;
    all.records = {.users = {jan}, .queues = {queue}, .routes = {route}};
    ok(all);
    EXPECT_FALSE(w.state.draft.routes.contains(route));
    EXPECT_EQ(w.state.draft.routes.size(), 1U);
    EXPECT_EQ(w.state.draft.routes.begin()->second.destination, Destination{});
    EXPECT_TRUE(w.state.draft.ring_groups.at(RingGroupId{700}).members.empty());
    ok(ApplyRouting{});  // although nobody is in the group any more
    EXPECT_EQ(w.state.draft, w.state.routing);
    ok(UndoRouting{});
    EXPECT_EQ(w.state.routing.routes.size(), 1U);
}

}  // namespace
}  // namespace linka::core::test
