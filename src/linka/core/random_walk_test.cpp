// Goal: nothing that people, phones or an adapter gone wrong say can break the core. Method: long
// walks of random inputs, half of them sensible, half about things that are gone or never were;
// after each step the journal must replay to the same bytes, and some things must always hold.
#include "linka/core/testing/world.hpp"

#include <random>

namespace linka::core::test {
namespace {

using namespace std::chrono_literals;

class Walk {
  public:
    explicit Walk(std::uint64_t seed) : random_(seed) {
        w.check = false;
        w.queue(6001);
        w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
        w.queue(6003, [](Queue& q) {
            offering_of(&q)->strategy = Strategy::all;
            calls_of(&q)->position_announcement = true;
            offering_of(&q)->max_wait = 40s;
            calls_of(&q)->on_leave = {DestinationKind::queue, "6001"};
            calls_of(&q)->leave_empty = {EmptyState::paused, EmptyState::logged_out};
        });
        w.queue(6004, [](Queue& q) {
            offering_of(&q)->strategy = Strategy::all_penalty_order;
            offering_of(&q)->auto_pause = false;
            offering_of(&q)->weight = 2;
            calls_of(&q)->record = RecordMode::immediately;
        });
        w.queue(6006, [](Queue& q) {
            offering_of(&q)->strategy = Strategy::random_with_penalty_groups;
            calls_of(&q)->auto_answer = true;
            calls_of(&q)->announcement = "welcome";
            calls_of(&q)->max_length = 3;
        });
        for (int i = 0; i < 6; ++i) {
            users.push_back(w.agent("u" + std::to_string(i), std::to_string(510 + i),
                                    {6001, 6002, 6003, 6004, 6006}, i % 3));
        }
        more_records();
    }

    void walk(int steps) {
        for (int i = 0; i < steps; ++i) {
            w.check = i % 50 == 0;
            step();
            hold_always(i);
            if (::testing::Test::HasFailure()) {
                return;
            }
        }
    }

    void run(int steps) {
        walk(steps);
        w.check = true;
        w.pass(1h);
        quiet();
    }

    // Half of the company goes in the middle of everything.
    void remove_half() {
        RemoveRecords input;
        RecordIds& records = input.records;
        records.users = {users[0], users[2], users[4]};
        for (const auto& [id, device] : w.state.devices) {
            if (id.value % 2 == 0) {
                records.devices.push_back(id);
            }
        }
        records.queues = {QueueId{6001}, QueueId{6003}};
        records.menus = {w.state.routing.menus.begin()->first};
        records.routes = {w.state.routing.routes.begin()->first};
        w.check = true;
        input.past = {records.users, records.queues};
        w.give(input);
        const bool blocked = w.blocked(BlockerCode::busy);
        ASSERT_NE(blocked, w.reply.kind == Reply::Kind::ok);
        if (blocked) {
            input.end_calls = true;
            w.give(input);
        }
        ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
        for (const auto& [id, leg] : w.state.legs) {
            ASSERT_TRUE(!leg.user || find_user(w.state, leg.user) != nullptr);
            ASSERT_TRUE(!leg.device || find_device(w.state, leg.device) != nullptr);
        }
        for (const auto& [id, interaction] : w.state.interactions) {
            ASSERT_TRUE(!interaction.queue || find_queue(w.state, interaction.queue) != nullptr);
        }
        for (const auto& [id, activity] : w.state.activities) {
            ASSERT_NE(find_user(w.state, activity.user), nullptr);
        }
        for (const auto& [id, session] : w.state.sessions) {
            ASSERT_NE(find_user(w.state, id), nullptr);
            ASSERT_FALSE(is_in_queue(w.state, id, QueueId{6001}));
        }
        std::erase_if(users, [&](UserId id) { return find_user(w.state, id) == nullptr; });
        ASSERT_EQ(users.size(), 3U);
        hold_always(-1);
        w.pass(1h);
        quiet();
    }

  private:
    World w;
    std::vector<UserId> users;
    std::mt19937_64 random_;

    std::size_t below(std::size_t n) { return random_() % n; }
    template <typename T>
    T any(const std::vector<T>& list) {
        return list[below(list.size())];
    }

    void more_records() {
        User office = w.person("office", "520");
        office.type = UserType::BO;
        office.call_without_queue = true;
        office.devices.push_back({w.device("320"), {}, {}});
        office.devices.push_back({w.device("321"), 5s, 10s});
        w.save(office);
        w.device("00420777123456", DeviceType::external);
        w.device("821", DeviceType::web);
        RingGroup group;
        group.id = RingGroupId{700};
        group.title = "Group";
        group.strategy = GroupStrategy::random;
        group.members = {{"510", 10s}, {"520", 10s}, {"777123456", 10s}};
        group.on_no_answer = {DestinationKind::voicemail, "511"};
        w.give(SaveRingGroup{group});
        Menu menu;
        menu.title = "Menu";
        menu.prompt = "menu_main";
        menu.choices = {{"1", {DestinationKind::queue, "6001"}},
                        {"2", {DestinationKind::queue, "6006"}},
                        {"9", {DestinationKind::voicemail, "510"}}};
        w.give(SaveMenu{menu});
        w.route("1", {DestinationKind::queue, "6001"});
        w.route("2", {DestinationKind::menu,
                      std::to_string(w.state.routing.menus.begin()->first.value)});
        w.route("3", {DestinationKind::queue, "6003"});
        w.route("4", {DestinationKind::queue, "6004"});
        w.route("6", {DestinationKind::queue, "6006"});
        w.route("7", {DestinationKind::ring_group, "700"});
    }

    LegId leg() {
        if (w.state.legs.empty() || below(12) == 0) {
            return LegId{static_cast<std::int64_t>(below(60))};
        }
        auto found = w.state.legs.begin();
        std::advance(found, static_cast<std::ptrdiff_t>(below(w.state.legs.size())));
        return found->first;
    }
    // A leg that we dialled and that is not answered; any other if there is none.
    LegId ringing_leg() {
        std::vector<LegId> all;
        for (const auto& [id, leg] : w.state.legs) {
            if (!leg.incoming && leg.state != LegState::answered) {
                all.push_back(id);
            }
        }
        return all.empty() ? leg() : any(all);
    }
    ActivityId activity(UserId user) {
        const Offer* offer = w.offer_of(user);
        const std::vector<ActivityId> all = activities_of_user(w.state, user);
        if (offer != nullptr && below(2) == 0) {
            return offer->activity;
        }
        if (!all.empty() && below(6) != 0) {
            return all[below(all.size())];
        }
        return ActivityId{static_cast<std::int64_t>(below(200))};
    }
    std::string device() {
        return any<std::string>({"d510", "d511", "d512", "d513", "d514", "d515", "320", "321",
                                 "821", "00420777123456"});
    }
    std::string number() {
        return any<std::string>({"510", "511", "520", "6001", "6003", "700", "777123456", "112",
                                 "*90", "*181", "*182", "*426001", "*416001", "*43", "*171", "320",
                                 "0033", "", "*170777123456"});
    }

    void step() {
        switch (below(8)) {
            case 0:
                w.call(any<std::string>({"1", "2", "3", "4", "6", "7", "8"}));
                break;
            case 1:
            case 2:
                phone();
                break;
            case 3:
            case 4:
                person(any(users));
                break;
            case 5:
                talker(any(users));
                break;
            case 6:
                w.pass(std::chrono::seconds(below(6)));
                break;
            default:
                world();
                break;
        }
    }

    void phone() {
        switch (below(9)) {
            case 0:
            case 1:
            case 2:
                w.give(LegAnsweredReport{below(8) == 0 ? leg() : ringing_leg()});
                break;
            case 3:
                w.give(LegEndedReport{below(2) == 0 ? leg() : ringing_leg(),
                                      any<int>({0, 0, 486, 603, 480, 503, 404}), below(2) == 0,
                                      below(9) == 0, below(12) == 0});
                break;
            case 4:
                w.give(LegRingingReport{leg(), below(3) == 0, below(2) == 0});
                break;
            case 5:
                w.call_from(device(), number());
                break;
            case 6:
                w.give(LegHeldReport{leg(), below(2) == 0});
                break;
            case 7: {
                const LegId id = leg();
                const Leg* found = find_leg(w.state, id);
                w.give(PlayEndedReport{
                    id, found == nullptr || found->play_loop ? PlayId{1} : found->play});
                break;
            }
            default:
                w.give(DigitReport{leg(), "129#0x"[below(6)]});
                break;
        }
    }

    void person(UserId user) {
        const Session* session = find_session(w.state, user);
        const User* record = find_user(w.state, user);
        if (below(3) != 0) {
            if (!session->logged_in) {
                w.give(LogIn{user});
            } else if (session->devices.empty()) {
                w.give(ChangeDevices{user, {"d" + record->extension}, {}});
            } else if (session->pause) {
                w.give(SetPause{user, ""});
            } else if (!session->ready) {
                w.give(BecomeReady{user});
            } else if (w.activity_of(user)) {
                w.give(CloseActivity{user, w.activity_of(user), {}, {}});
            } else {
                w.give(CallOut{user, number(), {}});
            }
            return;
        }
        switch (below(8)) {
            case 0:
                w.give(below(6) == 0 ? Input{EndSession{user, below(2) == 0}} : Input{LogIn{user}});
                break;
            case 1:
                w.give(below(4) == 0 ? Input{LogOut{user}} : Input{BecomeReady{user}});
                break;
            case 2:
                w.give(BecomeReady{user});
                break;
            case 3:
                w.give(below(3) == 0 ? Input{BecomeUnready{user}} : Input{SetPause{user, ""}});
                break;
            case 4:
                w.give(below(3) == 0 ? Input{ChangeDevices{user, {device()}, {device()}}}
                                     : Input{ChangeDevices{user, {device()}, {}}});
                break;
            case 5:
                w.give(ChangeQueues{user,
                                    {QueueId{6001 + static_cast<std::int64_t>(below(7))}},
                                    {QueueId{6001 + static_cast<std::int64_t>(below(7))}}});
                break;
            case 6:
                w.give(below(3) == 0 ? Input{SetPause{user, "dnd"}}
                                     : Input{UserPresenceReport{user, below(2) == 0}});
                break;
            default:
                w.give(CallOut{user, number(), {}});
                break;
        }
    }

    void talker(UserId user) {
        const ActivityId id = activity(user);
        switch (below(10)) {
            case 0:
                w.give(Accept{user, id});
                break;
            case 1:
                w.give(Reject{user, id});
                break;
            case 2:
                w.give(Take{user, activity(any(users))});
                break;
            case 3:
                w.give(Hold{user, id, below(2) == 0});
                break;
            case 4:
                w.give(Transfer{user, id, number(), TransferMode::blind});
                break;
            case 5:
                w.give(Transfer{user, id, number(),
                                any<TransferMode>({TransferMode::attended, TransferMode::complete,
                                                   TransferMode::cancel})});
                break;
            case 6:
                w.give(HangUpActivity{user, id});
                break;
            case 7:
                w.give(CloseActivity{user, id, {"ok"}, "note"});
                break;
            case 8:
                w.give(DescribeActivity{user,
                                        id,
                                        {.title = "title", .statuses = {{"ok"}}},
                                        static_cast<ThenDo>(below(3)),
                                        w.now + 30s});
                break;
            default:
                w.give(PostponeActivity{user, id, below(2) == 0 ? Instant{} : w.now + 30s});
                break;
        }
    }

    void world() {
        switch (below(8)) {
            case 0: {
                std::vector<LegId> living;
                for (const auto& [id, leg] : w.state.legs) {
                    if (below(15) != 0) {
                        living.push_back(id);
                    }
                }
                w.give(below(8) == 0 ? Input{ProgramStartedReport{living}} : Input{Tick{}});
                break;
            }
            case 1: {
                const Device* found = device_by_name(w.state, device());
                w.give(DeviceReachabilityReport{found->id, below(9) != 0, below(2) == 0});
                break;
            }
            case 2:
                w.give(TransferAskedReport{leg(), number(), below(2) == 0 ? LegId{} : leg()});
                break;
            case 3:
                w.give(RecordingEndedReport{RecordingId{static_cast<std::int64_t>(below(40))}, 1s,
                                            1, false, "x"});
                break;
            case 4: {
                const LegId replaced = leg();
                CallArrivedReport arrived{
                    LegId{w.state.last.leg_in + 2}, {}, {}, "510", {}, {}, replaced};
                arrived.device = device_by_name(w.state, device())->id;
                w.next_leg(arrived.leg);
                w.give(arrived);
                break;
            }
            case 5: {
                Queue queue = w.state.queues.at(QueueId{6003});
                offering_of(&queue)->strategy = static_cast<Strategy>(below(4));
                w.give(SaveQueue{queue});
                break;
            }
            case 6:
                w.give(LegQualityReport{leg(), "PCMA", 4.1, 4.0, 0, 0, 1, 2});
                break;
            default: {
                User user = w.state.users.at(any(users));
                user.forwarding_number = below(4) == 0 ? "777999888" : "";
                w.give(SaveUser{user});
                break;
            }
        }
    }

    // ---- What must always hold
    void hold_always(int step) {
        for (const auto& [id, leg] : w.state.legs) {
            ASSERT_NE(find_call(w.state, leg.call), nullptr) << "step " << step;
            const auto& legs = find_call(w.state, leg.call)->legs;
            ASSERT_NE(std::find(legs.begin(), legs.end(), id), legs.end());
        }
        for (const auto& [id, call] : w.state.calls) {
            ASSERT_FALSE(call.legs.empty() && call.delayed.empty())
                << "call " << id.value << " without legs in step " << step << " at "
                << name_of_step(call.step);
            ASSERT_TRUE(!call.connected || (find_leg(w.state, call.customer) != nullptr &&
                                            find_leg(w.state, call.agent) != nullptr));
        }
        for (const UserId user : users) {
            ASSERT_LE(offers_of_user(w.state, user).size(), 1U) << "step " << step;
            const Session* session = find_session(w.state, user);
            const UserStateChanged now = derived_state(w.state, user);
            ASSERT_EQ(now.state, session->state) << "step " << step;
        }
        for (const auto& [id, offer] : w.state.offers) {
            ASSERT_NE(carrying_call(w.state, offer), nullptr) << "step " << step;
        }
        for (const auto& [id, queue] : w.state.index.queues) {
            if (!w.state.queues.contains(id)) {
                ASSERT_TRUE(queue.waiting.empty() && queue.members.empty());
                continue;
            }
            // What rings at several may have been had by whoever is free.
            const bool left = std::any_of(
                queue.offerable.begin(), queue.offerable.end(), [&](const WaitKey& key) {
                    return find_interaction(w.state, key.interaction)->offers.empty();
                });
            ASSERT_TRUE(queue.available.empty() || !left)
                << "somebody free and somebody waiting in " << id.value << " step " << step;
        }
        for (const auto& [id, activity] : w.state.activities) {
            ASSERT_TRUE(activity.finished || carrying_call(w.state, activity) != nullptr)
                << "activity " << id.value << " step " << step;
        }
    }

    // After everybody has hung up nothing is left over.
    void quiet() {
        for (int round = 0; round < 400 && !w.state.legs.empty(); ++round) {
            w.give(LegEndedReport{w.state.legs.begin()->first, 0, true, false, false});
        }
        w.pass(1h);
        for (int round = 0; round < 400 && !w.state.legs.empty(); ++round) {
            w.give(LegEndedReport{w.state.legs.begin()->first, 0, true, false, false});
        }
        EXPECT_TRUE(w.state.legs.empty());
        EXPECT_TRUE(w.state.calls.empty());
        EXPECT_TRUE(w.state.offers.empty());
        for (const auto& [id, interaction] : w.state.interactions) {
            EXPECT_TRUE(interaction.ended);
        }
        for (const UserId user : users) {
            while (w.activity_of(user)) {
                w.give(CloseActivity{user, w.activity_of(user), {}, {}});
                ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
            }
        }
        EXPECT_TRUE(w.state.interactions.empty());
        once_each();
    }

    // Every offer, interaction, activity and leg ends exactly once.
    void once_each() {
        std::map<std::int64_t, int> offers;
        std::map<std::int64_t, int> interactions;
        std::map<std::int64_t, int> legs;
        for (const auto& e : w.ever<OfferStarted>()) {
            ++offers[e.offer.value];
        }
        for (const auto& e : w.ever<OfferEnded>()) {
            --offers[e.offer.value];
        }
        for (const auto& e : w.ever<InteractionStarted>()) {
            ++interactions[e.interaction.value];
        }
        for (const auto& e : w.ever<InteractionEnded>()) {
            --interactions[e.interaction.value];
        }
        for (const auto& e : w.ever<LegStarted>()) {
            ++legs[e.leg.value];
        }
        for (const auto& e : w.ever<LegEnded>()) {
            --legs[e.leg.value];
        }
        for (const auto& map : {offers, interactions, legs}) {
            for (const auto& [id, open] : map) {
                EXPECT_EQ(open, 0) << id;
            }
        }
    }
};

class RandomWalk : public ::testing::TestWithParam<int> {};

TEST_P(RandomWalk, KeepsTheRules) {
    Walk walk(static_cast<std::uint64_t>(GetParam()));
    walk.run(1500);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWalk, ::testing::Range(1, 9));

class HalfInTheMiddle : public ::testing::TestWithParam<int> {};

TEST_P(HalfInTheMiddle, LeavesNothingBehind) {
    Walk walk(static_cast<std::uint64_t>(GetParam()));
    walk.walk(40 + 7 * GetParam());
    walk.remove_half();
}

INSTANTIATE_TEST_SUITE_P(Seeds, HalfInTheMiddle, ::testing::Range(1, 201));

}  // namespace
}  // namespace linka::core::test
