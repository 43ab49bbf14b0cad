// While a rule's time group is shut, calls go where the rule says for that time.
#include "linka/core/flow/way.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

const Instant tuesday_night{1'700'000'000'000'000};                  // 23:13 in Prague
const Instant wednesday_morning{tuesday_night.us + 35'200'000'000};  // 9:00 there

struct Hours : ::testing::Test {
    World w;
    QueueId queue = w.queue(6001);
    RouteId route;
    TimeGroupId group;

    Hours() {
        w.route("226000001", {DestinationKind::queue, "6001"});
        route = RouteId{w.reply.record_id};
        group = saved(office());
        Route changed = rule();
        changed.time_group = group;
        changed.when_shut = {DestinationKind::echo, ""};
        ok(SaveDraft{changed});
        ok(ApplyRouting{});
    }
    static TimeGroup office() {
        TimeGroup group;
        group.title = "Office hours";
        group.hours.rules = {{.days = {1, 2, 3, 4, 5}, .date = {}, .from = 8 * 60, .to = 17 * 60}};
        return group;
    }
    void ok(const Input& input) {
        w.give(input);
        EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << w.reply.field << ": " << w.reply.text;
    }
    TimeGroupId saved(const TimeGroup& of) {
        ok(SaveDraft{of});
        return TimeGroupId{w.reply.record_id};
    }
    Route rule() { return w.state.draft.routes.at(route); }
    TimeGroup hours() { return w.state.draft.time_groups.at(group); }
    void refused(const RoutingRecord& record, const std::string& field) {
        w.give(SaveDraft{record});
        EXPECT_EQ(w.reply.kind, Reply::Kind::invalid);
        EXPECT_EQ(w.reply.field, field) << w.reply.text;
    }
    bool echoes(Instant at) {
        w.now = at;
        const LegId leg = w.call("226000001");
        const bool found = w.done<EchoLeg>().size() == 1;
        w.hang_up(leg);
        return found;
    }
};

TEST_F(Hours, DecideWhereACallGoes) {
    EXPECT_TRUE(echoes(tuesday_night));
    EXPECT_FALSE(echoes(wednesday_morning));
    EXPECT_NE(find_queue(w.state, queue), nullptr);
}

TEST_F(Hours, HoldBehindAnAnnouncementAsWell) {
    Route changed = rule();
    changed.announcement = "welcome";
    ok(SaveDraft{changed});
    ok(ApplyRouting{});
    const LegId leg = w.call("226000001");
    EXPECT_TRUE(w.done<EchoLeg>().empty());
    w.give(PlayEndedReport{leg, find_leg(w.state, leg)->play});
    EXPECT_EQ(w.done<EchoLeg>().size(), 1U);
}

TEST_F(Hours, AreThoseThatWereApplied) {
    TimeGroup always = hours();
    always.hours.rules = {};
    ok(SaveDraft{always});
    EXPECT_TRUE(echoes(tuesday_night));
    ok(ApplyRouting{});
    EXPECT_FALSE(echoes(tuesday_night));
    ok(UndoRouting{});
    EXPECT_TRUE(echoes(tuesday_night));
}

TEST_F(Hours, StayWhileARuleGoesByThem) {
    w.give(RemoveDraft{{.time_groups = {group}}});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    EXPECT_EQ(w.reply.blockers[0].subjects, std::vector<std::string>{"226000001"});
    Route changed = rule();
    changed.time_group = {};
    changed.when_shut = {};
    ok(SaveDraft{changed});
    ok(RemoveDraft{{.time_groups = {group}}});
    EXPECT_TRUE(echoes(tuesday_night)) << "they were not applied yet";
    ok(ApplyRouting{});
    EXPECT_FALSE(echoes(tuesday_night));
    EXPECT_TRUE(w.state.routing.time_groups.empty());
}

TEST_F(Hours, GoWithWhatIsRemovedTogether) {
    ok(RemoveRecords{.records = {.time_groups = {group}}});
    EXPECT_FALSE(w.state.routing.routes.at(route).time_group);
    EXPECT_EQ(w.state.routing.routes.at(route).when_shut, Destination{});
    EXPECT_TRUE(w.state.draft.time_groups.empty());
    EXPECT_FALSE(echoes(tuesday_night));
}

TEST_F(Hours, AreCheckedWithTheirRule) {
    Route changed = rule();
    changed.time_group = TimeGroupId{77};
    refused(changed, "time_group");
    changed.time_group = {};
    refused(changed, "when_shut");
    changed.time_group = group;
    changed.when_shut = {};
    refused(changed, "when_shut");
    changed.when_shut = {DestinationKind::queue, "6999"};
    refused(changed, "when_shut");
    TimeGroup wrong = hours();
    wrong.hours.rules[0].to = wrong.hours.rules[0].from;
    refused(wrong, "rules.0.to");
    wrong = hours();
    wrong.name = "another";
    refused(wrong, "name");
}

TEST_F(Hours, OfAZoneThatIsNotKnownAreThoseOfUtc) {
    TimeGroup far = hours();
    far.hours.zone = "Nowhere/Land";
    ok(SaveDraft{far});
    ok(ApplyRouting{});
    const Instant morning{wednesday_morning.us - 1'800'000'000};  // 8:30 in Prague, 7:30 in UTC
    EXPECT_TRUE(echoes(morning));
    EXPECT_FALSE(echoes(wednesday_morning));
}

}  // namespace
}  // namespace linka::core::test
