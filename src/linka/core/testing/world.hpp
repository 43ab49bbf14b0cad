// For the tests of the core: a small company, a clock that is moved by hand, and words for what
// people and phones do. After every step it checks that the journal replays to the same bytes and
// that the index is what a snapshot would rebuild.
#pragma once

#include "linka/core/core.hpp"
#include "linka/core/journal/evolve.hpp"
#include "linka/core/view.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace linka::core::test {

class World {
  public:
    State state;
    Instant now{1'700'000'000'000'000};
    std::vector<Record> journal;
    std::vector<Record> events;   // of the last step
    std::vector<Effect> effects;  // of the last step
    Reply reply;
    std::uint64_t random = 1;
    bool check = true;
    bool phones_ring = true;

    World() {
        Settings settings;
        Trunk trunk;
        trunk.name = "loopback";
        trunk.host = "127.0.0.1";
        give(SaveSettings{settings});
        give(SaveTrunk{trunk});
    }

    /// One step; telephones that it dials ring within it, unless `phones_ring` is false.
    Reply& give(const Input& input) {
        step(input);
        const Reply answer = reply;
        std::vector<Record> all_events = std::move(events);
        std::vector<Effect> all_effects = std::move(effects);
        for (std::size_t i = 0; phones_ring && i < all_effects.size(); ++i) {
            const auto* device = std::get_if<DialDevice>(&all_effects[i]);
            const auto* number = std::get_if<DialNumber>(&all_effects[i]);
            const LegId leg = device ? device->leg : number ? number->leg : LegId{};
            const Leg* dialled = find_leg(state, leg);
            if (dialled != nullptr && dialled->state == LegState::dialling) {
                step(LegRingingReport{leg, false, false});
                all_events.insert(all_events.end(), events.begin(), events.end());
                all_effects.insert(all_effects.end(), effects.begin(), effects.end());
            }
        }
        events = std::move(all_events);
        effects = std::move(all_effects);
        reply = answer;
        return reply;
    }

    void step(const Input& input) {
        Outcomes out = decide(state, input, now, random++, &calendar::Zone::find);
        events = std::move(out.events);
        effects = std::move(out.effects);
        reply = std::move(out.reply);
        journal.insert(journal.end(), events.begin(), events.end());
        for (const Record& record : events) {
            std::string text = event_text(record.event);
            Result<Event> read = event_from_text(text);
            EXPECT_TRUE(read.ok()) << text;
            EXPECT_EQ(event_text(*read), text);
            evolve(replayed_, Record{record.seq, record.at, *read});
        }
        if (check) {
            verify();
        }
    }

    /// Lets time pass; timers run at their own instants.
    void pass(Duration by) {
        const Instant end = now + by;
        std::vector<Record> all_events;
        std::vector<Effect> all_effects;
        for (int turns = 0; next_deadline(state) <= end && turns < 10'000; ++turns) {
            now = std::max(now, next_deadline(state));
            give(Tick{});
            all_events.insert(all_events.end(), events.begin(), events.end());
            all_effects.insert(all_effects.end(), effects.begin(), effects.end());
        }
        now = end;
        events = std::move(all_events);
        effects = std::move(all_effects);
    }

    // ---- Making the company
    QueueId queue(std::int64_t number, void (*set)(Queue&) = nullptr) {
        Queue queue;
        queue.id = QueueId{number};
        queue.title = "Queue " + std::to_string(number);
        if (set != nullptr) {
            set(queue);
        }
        give(SaveQueue{queue, true});
        EXPECT_EQ(reply.kind, Reply::Kind::ok) << reply.field << ": " << reply.text;
        return queue.id;
    }
    /// SIP telephones are desks for whoever sits there; of others see own().
    DeviceId device(const std::string& name, DeviceType type = DeviceType::sip) {
        Device device;
        device.name = name;
        device.title = name;
        device.type = type;
        device.shared = type == DeviceType::sip;
        device.number = type == DeviceType::external ? name : "";
        give(SaveDevice{device});
        EXPECT_EQ(reply.kind, Reply::Kind::ok) << reply.field << ": " << reply.text;
        const DeviceId id{reply.record_id};
        if (type != DeviceType::external) {
            give(DeviceReachabilityReport{id, true, type == DeviceType::web});
        }
        return id;
    }
    User person(const std::string& name, const std::string& extension) {
        User user;
        user.name = name;
        user.title = name;
        user.extension = extension;
        return user;
    }
    UserId save(const User& user) {
        give(SaveUser{user});
        EXPECT_EQ(reply.kind, Reply::Kind::ok) << reply.field << ": " << reply.text;
        return UserId{reply.record_id};
    }
    /// The device is the user's own from now on.
    void own(UserId id, const std::string& name) {
        User user = *find_user(state, id);
        user.devices.push_back({device_by_name(state, name)->id, {}, {}});
        save(user);
    }
    /// A CC user with a right to the queues, logged in to them and to a device of their own.
    UserId agent(const std::string& name, const std::string& extension,
                 const std::vector<std::int64_t>& queues, int penalty = 0) {
        User user = person(name, extension);
        for (const std::int64_t number : queues) {
            user.queues.push_back({QueueId{number}, QueueLogin::automatic, penalty});
        }
        user.devices.push_back({device("d" + extension), {}, {}});
        const UserId id = save(user);
        give(LogIn{id});
        give(ChangeDevices{id, {"d" + extension}, {}});
        give(BecomeReady{id});
        return id;
    }
    void route(const std::string& did, const Destination& to) {
        Route route;
        route.did = did;
        route.destination = to;
        give(SaveRoute{route});
        EXPECT_EQ(reply.kind, Reply::Kind::ok) << reply.field << ": " << reply.text;
    }

    // ---- What callers and phones do
    LegId call(const std::string& number, const std::string& caller = "00420601000001") {
        const LegId leg{next_leg_ += 2};
        give(CallArrivedReport{leg, {}, "loopback", number, caller, {}, {}});
        return leg;
    }
    /// The next call comes on a later leg than this.
    void next_leg(LegId used) { next_leg_ = std::max(next_leg_, used.value); }
    LegId call_from(const std::string& device, const std::string& number) {
        const LegId leg{next_leg_ += 2};
        give(CallArrivedReport{leg, device_by_name(state, device)->id, {}, number, {}, {}, {}});
        return leg;
    }
    /// The leg that rings (or talks) at this device; 0: none.
    LegId at(const std::string& device) const {
        for (const auto& [id, leg] : state.legs) {
            if (device_name(state, leg.device) == device) {
                return id;
            }
        }
        return {};
    }
    /// The leg that is dialled to this outside number; 0: none.
    LegId outside_leg(const std::string& number) const {
        for (const auto& [id, leg] : state.legs) {
            if (!leg.device && leg.number == number && !leg.incoming) {
                return id;
            }
        }
        return {};
    }
    void answer(const std::string& device) {
        ASSERT_TRUE(at(device)) << device << " does not ring";
        give(LegAnsweredReport{at(device)});
    }
    void hang_up(LegId leg, int status = 0) {
        give(LegEndedReport{leg, status, true, false, false});
    }
    void finish_play(LegId leg) {
        ASSERT_NE(find_leg(state, leg), nullptr);
        give(PlayEndedReport{leg, find_leg(state, leg)->play});
    }

    // ---- What is so
    UserState state_of(UserId user) const {
        const Session* session = find_session(state, user);
        return session == nullptr ? UserState::logged_out : session->state;
    }
    ActivityId activity_of(UserId user) const {
        const std::vector<ActivityId> all = activities_of_user(state, user);
        return all.empty() ? ActivityId{} : all.back();
    }
    const Offer* offer_of(UserId user) const {
        const std::vector<OfferId> all = offers_of_user(state, user);
        return all.empty() ? nullptr : find_offer(state, all.front());
    }
    std::string hears(LegId leg) const {
        const Leg* found = find_leg(state, leg);
        if (found == nullptr) {
            return "gone";
        }
        const Playing& what = found->play_what;
        return found->play ? std::string(name_of(what.kind)) + ":" + what.name : std::string{};
    }
    template <typename E>
    std::vector<E> happened() const {
        return of<E>(events);
    }
    template <typename E>
    std::vector<E> ever() const {
        return of<E>(journal);
    }
    template <typename E>
    std::vector<E> done() const {
        std::vector<E> out;
        for (const Effect& effect : effects) {
            if (const E* found = std::get_if<E>(&effect)) {
                out.push_back(*found);
            }
        }
        return out;
    }
    bool blocked(BlockerCode code) const {
        return reply.kind == Reply::Kind::blocked && has(reply.blockers, code);
    }
    static bool has(const std::vector<Blocker>& blockers, BlockerCode code) {
        return std::any_of(blockers.begin(), blockers.end(),
                           [&](const Blocker& blocker) { return blocker.code == code; });
    }

  private:
    template <typename E>
    static std::vector<E> of(const std::vector<Record>& records) {
        std::vector<E> out;
        for (const Record& record : records) {
            if (const E* found = std::get_if<E>(&record.event)) {
                out.push_back(*found);
            }
        }
        return out;
    }

    void verify() {
        const std::string text = save_state(state);
        ASSERT_EQ(save_state(replayed_), text) << "replay differs";
        State loaded;
        ASSERT_TRUE(load_state(loaded, text).ok());
        ASSERT_EQ(save_state(loaded), text) << "snapshot differs";
        ASSERT_EQ(loaded.index.deadlines.due(), state.index.deadlines.due());
        for (const auto& [id, index] : loaded.index.queues) {
            const QueueIndex& live = state.index.queues.at(id);
            ASSERT_EQ(index.channel, live.channel);
            ASSERT_EQ(index.members, live.members);
            ASSERT_EQ(index.candidates, live.candidates);
            ASSERT_TRUE(index.available == live.available) << "available of " << id.value;
            ASSERT_TRUE(index.waiting == live.waiting);
            ASSERT_TRUE(index.offerable == live.offerable) << "offerable of " << id.value;
        }
        for (const auto& [id, work] : loaded.index.work) {
            const UserWork& live = state.index.work.at(id);
            ASSERT_EQ(work.legs, live.legs);
            ASSERT_EQ(work.offers, live.offers);
            ASSERT_EQ(work.activities, live.activities);
            ASSERT_EQ(work.verdicts.all, live.verdicts.all);
        }
        ASSERT_EQ(loaded.index.waiting_as, state.index.waiting_as);
        ASSERT_EQ(loaded.index.conversations, state.index.conversations);
        ASSERT_EQ(loaded.index.back_office, state.index.back_office);
        ASSERT_EQ(loaded.index.shared_devices, state.index.shared_devices);
        ASSERT_EQ(loaded.index.missed_of, state.index.missed_of);
    }

    State replayed_;
    std::int64_t next_leg_ = -1;
};

}  // namespace linka::core::test
