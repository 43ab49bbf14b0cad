#include "linka/store/testing/event_stream.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <utility>

// Events gain members; what this file does not set keeps its default.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace linka::store {
namespace {

class EventStream {
  public:
    explicit EventStream(StreamOptions options) : options_(options), random_(options.seed) {}

    std::vector<core::Record> make() {
        set_up();
        Instant at = options_.start + 10s;
        for (int i = 0; i < options_.calls; ++i) {
            at = at + Duration{below(2 * options_.apart.count()) + 1};
            if (i % 7 == 6) {
                pause(at);
            }
            if (i % 11 == 10) {
                back_office_call(at);
            } else if (i % 5 == 4) {
                outbound_call(at);
            } else {
                inbound_call(at);
            }
        }
        return in_order();
    }

  private:
    static constexpr core::PauseId wrap_pause{1};
    static constexpr core::PauseId paid_pause{2};
    static constexpr core::PauseId unpaid_pause{3};

    std::int64_t below(std::int64_t bound) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
    }
    double real(int bound) { return static_cast<double>(below(bound * 7'777'777LL)) / 7'777'777; }
    bool chance(int percent) { return below(100) < percent; }
    Duration some(Duration longest) { return Duration{below(longest.count()) + 1}; }

    void put(Instant at, core::Event event) { events_.emplace_back(at, std::move(event)); }

    void set_up() {
        const Instant at = options_.start;
        const std::pair<core::PauseType, bool> kinds[] = {{core::PauseType::wrap, true},
                                                          {core::PauseType::custom, true},
                                                          {core::PauseType::custom, false}};
        for (int i = 0; i < 3; ++i) {
            core::Pause pause;
            pause.id = core::PauseId{i + 1};
            pause.name = "pause" + std::to_string(i + 1);
            pause.title = i == 0 ? "Čas na zotavení" : "Přestávka " + std::to_string(i);
            pause.type = kinds[i].first;
            pause.paid = kinds[i].second;
            put(at, core::PauseSaved{pause});
        }
        for (int i = 0; i < options_.queues; ++i) {
            core::Queue queue;
            queue.id = core::QueueId{6001 + i};
            queue.title = "Fronta " + std::to_string(i + 1);
            queue.type = i + 1 == options_.queues ? core::QueueType::out : core::QueueType::in;
            put(at, core::QueueSaved{queue});
        }
        free_at_.assign(static_cast<std::size_t>(options_.users) + 1, at + 1s);
        for (int i = 1; i <= options_.users; ++i) {
            core::User user;
            user.id = core::UserId{i};
            user.name = "user" + std::to_string(i);
            user.title = "Žofie " + std::to_string(i);
            user.extension = std::to_string(509 + i);
            user.type = i == options_.users ? core::UserType::BO : core::UserType::CC;
            put(at, core::UserSaved{user});
            if (user.type == core::UserType::CC) {
                put(at + 1s, core::UserLoggedIn{user.id});
                put(at + 1s, core::UserStateChanged{user.id, core::UserState::idle, {}, {}});
            }
        }
    }

    // A counted user who is free at `at`, or none.
    core::UserId free_user(Instant at) {
        const auto first = static_cast<std::size_t>(below(options_.users - 1)) + 1;
        const auto count = static_cast<std::size_t>(options_.users) - 1;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t user = (first + i - 1) % count + 1;
            if (free_at_[user] < at) {
                return core::UserId{static_cast<std::int64_t>(user)};
            }
        }
        return {};
    }
    void busy_until(core::UserId user, Instant at) {
        free_at_[static_cast<std::size_t>(user.value)] = at;
    }
    void state(Instant at, core::UserId user, core::UserState state, core::QueueId queue = {},
               core::PauseId pause_id = {}) {
        put(at, core::UserStateChanged{user, state, pause_id, queue});
    }

    void pause(Instant at) {
        const core::UserId user = free_user(at);
        if (!user) {
            return;
        }
        const core::PauseId which = chance(50) ? paid_pause : unpaid_pause;
        const Instant end = at + some(30min);
        put(at, core::PauseStarted{user, which, {}, {}});
        state(at, user, core::UserState::paused, {}, which);
        put(end, core::PauseEnded{user, which});
        state(end, user, chance(80) ? core::UserState::idle : core::UserState::not_ready);
        busy_until(user, end);
    }

    core::LegId leg(bool incoming) {
        leg_ += 2;
        return core::LegId{leg_ - (incoming ? 1 : 0)};
    }

    void inbound_call(Instant at) {
        const core::CallId call{++call_};
        const core::LegId customer = leg(true);
        const std::string caller = "00420777" + std::to_string(100000 + below(900000));
        put(at, core::CallStarted{call, core::CallDirection::in, caller, "Novák", "226000001",
                                  "loopback"});
        put(at, core::LegStarted{customer, call, {}, {}, caller, {}, true});
        Instant end = at;
        queue_visit(call, customer, caller, false, end);
        put(end, core::LegEnded{customer, call, core::LegCause::hangup, 0, true});
        put(end, core::QualityMeasured{customer, "PCMA", real(5), real(5), real(1), 0, real(40),
                                       real(300)});
        put(end, core::CallEnded{call});
    }

    // One stay in a queue, a second one after a transfer; `at` moves to its end.
    void queue_visit(core::CallId call, core::LegId customer, const std::string& caller,
                     bool re_entry, Instant& at) {
        const core::InteractionId id{++interaction_};
        const core::QueueId queue{6001 + below(options_.queues - 1)};
        const core::ActivityId waiting{++activity_};
        put(at, core::InteractionStarted{.interaction = id,
                                         .carrier = core::carrier::Call{call},
                                         .queue = queue,
                                         .party = {caller, "Novák"},
                                         .our_address = "226000001",
                                         .re_entry = re_entry,
                                         .position = 1,
                                         .waiting_as = waiting});
        if (chance(6)) {
            put(at,
                core::InteractionEnded{id, core::Outcome::refused_full, core::EndedBy::system, 1});
            return;
        }
        for (int attempt = 0; attempt < 4; ++attempt) {
            at = at + some(8s);
            const core::UserId user = free_user(at);
            if (!user || chance(12)) {
                break;
            }
            if (offer(call, customer, id, queue, user, at)) {
                if (!re_entry && chance(15)) {
                    queue_visit(call, customer, caller, true, at);
                }
                return;
            }
        }
        const bool gave_up = chance(70);
        at = at + some(10s);
        put(at, core::InteractionEnded{
                    id, gave_up ? core::Outcome::abandoned : core::Outcome::timed_out,
                    gave_up ? core::EndedBy::caller : core::EndedBy::system, 1});
    }

    bool offer(core::CallId call, core::LegId customer, core::InteractionId id, core::QueueId queue,
               core::UserId user, Instant& at) {
        const core::ActivityId taken{++activity_};
        const core::OfferId offer{++offer_};
        const core::DecisionId decision{++decision_};
        const core::LegId device = leg(false);
        std::string verdicts(static_cast<std::size_t>(options_.users) - 1, 'p');
        verdicts[static_cast<std::size_t>(user.value) - 1] = '*';
        put(at, core::Decided{decision,
                              id,
                              queue,
                              core::Strategy::leastrecent,
                              {{1, options_.users - 1}},
                              verdicts});
        put(at, core::OfferStarted{offer, id, queue, user, taken, at + 20s, decision});
        put(at, core::LegStarted{device, call, user, core::DeviceId{user.value}, "", offer, false});
        state(at, user, core::UserState::ringing, queue);
        put(at, core::LegRang{device, true});
        const std::int64_t what = below(10);
        at = at + (what == 0 ? 20s : some(15s));
        if (what < 3) {
            const core::OfferOutcome ends[] = {core::OfferOutcome::missed,
                                               core::OfferOutcome::rejected,
                                               core::OfferOutcome::withdrawn};
            put(at, core::OfferEnded{offer, ends[what], what == 2 ? "system" : ""});
            put(at, core::LegEnded{device, call, core::LegCause::cancelled, 487, false});
            state(at, user, core::UserState::idle);
            busy_until(user, at);
            return false;
        }
        put(at, core::LegAnswered{device});
        put(at, core::OfferEnded{offer, core::OfferOutcome::accepted, ""});
        put(at, core::ActivityOpened{.activity = taken,
                                     .carrier = core::carrier::Call{call},
                                     .interaction = id,
                                     .queue = queue,
                                     .user = user,
                                     .title = caller_title(id),
                                     .leg = device});
        put(at, core::InteractionAnswered{id, user, taken});
        talk(call, customer, device, id, queue, taken, user, at, true);
        return true;
    }

    static std::string caller_title(core::InteractionId id) {
        return "Hovor " + std::to_string(id.value);
    }

    // From the connection to the end of wrap-up; `at` moves to the end of the conversation.
    void talk(core::CallId call, core::LegId customer, core::LegId device, core::InteractionId id,
              core::QueueId queue, core::ActivityId activity, core::UserId user, Instant& at,
              bool ends_interaction) {
        const core::RecordingId recording{++recording_};
        put(at, core::LegsConnected{call, customer, device});
        put(at, core::ActivityConnected{activity, device});
        put(at, core::RecordingStarted{recording, call, id, activity, user,
                                       "r" + std::to_string(recording.value) + ".opus", false});
        state(at, user, core::UserState::talking, queue);
        const Instant began = at;
        at = at + some(4min);
        if (chance(20)) {
            put(at, core::ActivityHeld{activity, true});
            state(at, user, core::UserState::hold, queue);
            at = at + some(40s);
            put(at, core::ActivityHeld{activity, false});
            state(at, user, core::UserState::talking, queue);
            at = at + some(1min);
        }
        put(at, core::LegsDisconnected{call, customer, device});
        put(at, core::LegEnded{device, call, core::LegCause::hangup, 0, false});
        if (ends_interaction) {
            put(at, core::InteractionEnded{id, core::Outcome::answered, core::EndedBy::agent, 1});
        }
        put(at, core::ActivityFinished{activity, core::EndedBy::agent});
        state(at, user, core::UserState::working, queue);
        put(at + 1s,
            core::RecordingEnded{recording, at - began, 1000 + below(100000), chance(2), ""});
        const Instant closed = at + some(30s);
        put(closed - 1us, core::ActivityDescribed{activity, user, {.title = "Reklamace"}});
        put(closed, core::ActivityClosed{activity, {"vyřešeno"}, "poznámka"});
        if (activity.value % 3 == 0) {
            put(closed + 1min,
                core::ActivityDescribed{activity, user, {.note = "dodatek", .important = true}});
        }
        state(closed, user, core::UserState::wrap, queue, wrap_pause);
        put(closed, core::PauseStarted{user, wrap_pause, closed + 15s, activity});
        put(closed + 15s, core::PauseEnded{user, wrap_pause});
        state(closed + 15s, user, core::UserState::idle);
        busy_until(user, closed + 15s);
    }

    void outbound_call(Instant at) {
        const core::UserId user = free_user(at);
        if (!user) {
            return;
        }
        const core::CallId call{++call_};
        const core::InteractionId id{++interaction_};
        const core::ActivityId activity{++activity_};
        const core::QueueId queue{6000 + options_.queues};
        const core::LegId device = leg(false);
        const core::LegId customer = leg(false);
        const std::string number = "00420601" + std::to_string(100000 + below(900000));
        put(at, core::CallStarted{call, core::CallDirection::out, "", "", number, "loopback"});
        put(at, core::ActivityOpened{.activity = activity,
                                     .interaction = id,
                                     .queue = queue,
                                     .user = user,
                                     .direction = core::CallDirection::out,
                                     .title = number});
        put(at, core::LegStarted{device, call, user, core::DeviceId{user.value}, "", {}, false});
        put(at, core::InteractionStarted{.interaction = id,
                                         .carrier = core::carrier::Call{call},
                                         .queue = queue,
                                         .direction = core::CallDirection::out,
                                         .party = {number, {}}});
        state(at, user, core::UserState::working, queue);
        put(at, core::LegStarted{customer, call, {}, {}, number, {}, false});
        at = at + some(15s);
        if (chance(70)) {
            put(at, core::LegAnswered{customer});
            put(at, core::InteractionAnswered{id, user, activity});
            talk(call, customer, device, id, queue, activity, user, at, true);
        } else {
            put(at, core::InteractionEnded{
                        id, chance(50) ? core::Outcome::busy : core::Outcome::no_answer,
                        core::EndedBy::caller, 0});
            put(at, core::ActivityFinished{activity, core::EndedBy::caller});
            put(at + 2s, core::ActivityPostponed{activity, at + 10s});
            put(at + 12s, core::ActivityClosed{activity, {}, ""});
            state(at + 12s, user, core::UserState::idle);
            busy_until(user, at + 12s);
        }
        put(at, core::LegEnded{customer, call, core::LegCause::hangup, 0, true});
        put(at, core::CallEnded{call});
    }

    void back_office_call(Instant at) {
        const core::UserId user{options_.users};
        const core::CallId call{++call_};
        const core::InteractionId id{++interaction_};
        const core::ActivityId activity{++activity_};
        const core::OfferId offer{++offer_};
        put(at, core::CallStarted{call, core::CallDirection::internal, "510", "", "520", ""});
        put(at, core::InteractionStarted{.interaction = id,
                                         .carrier = core::carrier::Call{call},
                                         .direction = core::CallDirection::internal,
                                         .party = {"510", {}},
                                         .our_address = "520"});
        put(at, core::OfferStarted{offer, id, {}, user, activity, at + 20s, {}});
        at = at + some(10s);
        put(at, core::OfferEnded{offer, core::OfferOutcome::accepted, ""});
        put(at, core::ActivityOpened{.activity = activity,
                                     .interaction = id,
                                     .user = user,
                                     .direction = core::CallDirection::internal,
                                     .title = "510"});
        put(at, core::InteractionAnswered{id, user, activity});
        put(at, core::ActivityConnected{activity, {}});
        at = at + some(2min);
        put(at, core::InteractionEnded{id, core::Outcome::answered, core::EndedBy::caller, 0});
        put(at, core::ActivityFinished{activity, core::EndedBy::caller});
        put(at, core::ActivityClosed{activity, {}, ""});
        put(at, core::CallEnded{call});
    }

    std::vector<core::Record> in_order() {
        std::stable_sort(events_.begin(), events_.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<core::Record> records;
        records.reserve(events_.size());
        for (auto& [at, event] : events_) {
            records.push_back(
                {static_cast<std::int64_t>(records.size()) + 1, at, std::move(event)});
        }
        return records;
    }

    StreamOptions options_;
    std::mt19937_64 random_;
    std::vector<std::pair<Instant, core::Event>> events_;
    std::vector<Instant> free_at_;
    std::int64_t call_ = 0;
    std::int64_t leg_ = 0;
    std::int64_t interaction_ = 0;
    std::int64_t activity_ = 0;
    std::int64_t offer_ = 0;
    std::int64_t decision_ = 0;
    std::int64_t recording_ = 0;
};

}  // namespace

std::vector<core::Record> event_stream(StreamOptions options) {
    return EventStream(options).make();
}

}  // namespace linka::store

#pragma GCC diagnostic pop
