// What has happened, folded from the events alone and by none of the core's code: the second
// opinion that checkers and scenarios hold against the core. Keeps everything to the end.
#pragma once

#include "linka/core/journal/event.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace linka::sim {

struct UserEntry {
    core::User record;
    bool logged_in = false;
    bool ready = false;
    std::set<core::DeviceId> devices;
    std::map<core::QueueId, int> queues;  // and the penalty
    core::PauseId pause;
    Instant pause_until;
    core::UserState state = core::UserState::logged_out;
    core::PauseId state_pause;
    Instant state_since;
    std::map<core::UserState, Duration> spent;
    std::map<core::PauseId, Duration> paused;
    Instant login;
    Duration logged_in_for{};
};

struct DeviceEntry {
    core::Device record;
    bool reachable = false;
    bool can_answer_remotely = false;
    Instant retry_at;  // it failed: queues leave it alone until then
};

struct LegEntry {
    core::LegStarted started;
    Instant at;
    bool rang = false;
    bool answered = false;
    bool held = false;
    core::LegId peer;
    std::optional<core::LegEnded> ended;
};

struct CallEntry {
    core::CallStarted started;
    Instant at;
    std::set<core::LegId> legs;
    std::string step;
    core::LegId consults;  // the leg that speaks with somebody beside the call
    bool ended = false;
};

struct InteractionEntry {
    core::InteractionStarted started;
    [[nodiscard]] core::CallId call() const { return core::call_of(started.carrier); }
    [[nodiscard]] core::ConversationId conversation() const {
        const auto* written = std::get_if<core::carrier::Conversation>(&started.carrier);
        return written == nullptr ? core::ConversationId{} : written->conversation;
    }
    Instant at;
    Instant answered;
    core::UserId user;
    Instant ended;
    core::Outcome outcome = core::Outcome::answered;
    core::EndedBy by = core::EndedBy::system;
    Instant sleeps_until;          // the queue's sleep time after the last offer
    std::set<core::UserId> tried;  // had it and did not take it, in this round
    std::set<core::OfferId> open_offers;
};

struct OfferEntry {
    core::OfferStarted started;
    Instant at;
    Instant ended;
    core::OfferOutcome outcome = core::OfferOutcome::withdrawn;
    std::string reason;
};

struct ActivityEntry {
    core::ActivityOpened opened;
    Instant at;
    Instant connected;
    core::LegId leg;
    bool held = false;
    Instant finished;
    core::EndedBy by = core::EndedBy::system;
    Instant closed;
    bool postponed = false;
    std::string note;
};

struct RecordingEntry {
    core::RecordingStarted started;
    std::optional<core::RecordingEnded> finished;
};

struct Ledger {
    core::Settings settings;
    std::map<core::UserId, UserEntry> users;
    std::map<core::DeviceId, DeviceEntry> devices;
    std::map<core::QueueId, core::Queue> queues;
    std::map<core::PauseId, core::Pause> pauses;
    std::map<core::ProfileId, core::Profile> profiles;
    std::map<core::MenuId, core::Menu> menus;
    std::map<core::CallId, CallEntry> calls;
    std::map<core::LegId, LegEntry> legs;
    std::map<core::InteractionId, InteractionEntry> interactions;
    std::map<core::OfferId, OfferEntry> offers;
    std::map<core::ActivityId, ActivityEntry> activities;
    std::map<core::RecordingId, RecordingEntry> recordings;
    std::vector<core::Decided> decisions;
    Instant now;

    void fold(const core::Record& record);

    /// Null: they have none.
    [[nodiscard]] const core::Profile* profile_of(core::UserId user) const;

    /// In a queue, neither answered nor ended.
    [[nodiscard]] std::vector<core::InteractionId> waiting(core::QueueId queue) const;
    [[nodiscard]] std::vector<core::OfferId> open_offers(core::UserId user) const;
    /// Opened and not closed.
    [[nodiscard]] std::vector<core::ActivityId> open_activities(core::UserId user) const;
    /// The user's legs that are not ended.
    [[nodiscard]] std::vector<core::LegId> legs_of(core::UserId user) const;
};

}  // namespace linka::sim
