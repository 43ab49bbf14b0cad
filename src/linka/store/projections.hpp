// Projections: folds events into the tables that lists and reports read. The same object serves the
// writer (in the transaction that appends the events) and the audit (afresh, into a scratch
// database), so the two can be compared row by row.
#pragma once

#include "linka/core/journal/event.hpp"
#include "linka/store/record_rows.hpp"
#include "linka/store/rows.hpp"
#include "linka/store/table.hpp"

#include <map>

namespace linka::store {

class Projections {
  public:
    /// Keeps prepared statements on `db`, which must outlive it.
    explicit Projections(Db& db);

    /// Folds one event; call flush() before the commit. Errors stick to the Db.
    void fold(const core::Record& record);
    void flush();
    /// After a rollback: what is in memory was never written.
    void forget();

  private:
    /// When and where in the journal an event stands.
    struct At {
        Instant at;
        std::int64_t seq = 0;
    };

    // projection_records.cpp
    void on(const core::UserSaved& event, const At& at);
    void on(const core::UserRemoved& event, const At& at);
    void on(const core::DeviceSaved& event, const At& at);
    void on(const core::DeviceRemoved& event, const At& at);
    void on(const core::QueueSaved& event, const At& at);
    void on(const core::QueueRemoved& event, const At& at);
    void on(const core::PauseSaved& event, const At& at);
    void on(const core::PauseRemoved& event, const At& at);
    void on(const core::RouteSaved& event, const At& at);
    void on(const core::RouteRemoved& event, const At& at);
    void on(const core::MenuSaved& event, const At& at);
    void on(const core::MenuRemoved& event, const At& at);
    void on(const core::RingGroupSaved& event, const At& at);
    void on(const core::RingGroupRemoved& event, const At& at);
    void on(const core::SettingsSaved& event, const At& at);

    // projection_calls.cpp
    void on(const core::CallStarted& event, const At& at);
    void on(const core::CallEnded& event, const At& at);
    void on(const core::LegStarted& event, const At& at);
    void on(const core::LegMoved& event, const At& at);
    void on(const core::LegRang& event, const At& at);
    void on(const core::LegAnswered& event, const At& at);
    void on(const core::LegEnded& event, const At& at);
    void on(const core::LegHeldChanged& event, const At& at);
    void on(const core::QualityMeasured& event, const At& at);

    // projection_interactions.cpp
    void on(const core::InteractionStarted& event, const At& at);
    void on(const core::InteractionAnswered& event, const At& at);
    void on(const core::InteractionReturned& event, const At& at);
    void on(const core::InteractionEnded& event, const At& at);
    void on(const core::CallMissed& event, const At& at);
    void on(const core::MissedClosed& event, const At& at);
    void on(const core::OfferStarted& event, const At& at);
    void on(const core::OfferEnded& event, const At& at);
    void on(const core::Decided& event, const At& at);

    // projection_activities.cpp
    void on(const core::ActivityOpened& event, const At& at);
    void on(const core::ActivityConnected& event, const At& at);
    void on(const core::ActivityHeld& event, const At& at);
    void on(const core::ActivityFinished& event, const At& at);
    void on(const core::ActivityPostponed& event, const At& at);
    void on(const core::ActivityResumed& event, const At& at);
    void on(const core::ActivityClosed& event, const At& at);
    void on(const core::ActivityDescribed& event, const At& at);
    void on(const core::RecordingStarted& event, const At& at);
    void on(const core::RecordingAssigned& event, const At& at);
    void on(const core::RecordingStopped& event, const At& at);
    void on(const core::RecordingEnded& event, const At& at);

    // projection_past.cpp
    void on(const core::PastForgotten& event, const At& at);
    void count_again(const core::Past& past);

    // projection_states.cpp
    void on(const core::UserStateChanged& event, const At& at);

    /// Events that leave nothing in lists and figures: they matter to the core's state only.
    template <typename Other>
    void on(const Other&, const At&) {}

    // Changes an interaction, an offer or an activity and keeps the figures that count it right.
    template <typename Change>
    void change_interaction(core::InteractionId id, Change&& change);
    template <typename Change>
    void change_activity(core::ActivityId id, Change&& change);
    UserIntervalRow& user_interval(core::UserId user, Instant at);
    QueueIntervalRow& queue_interval(core::QueueId queue, Instant at);

    // Whether statistics count this user: back-office users are in none.
    bool counted(core::UserId user);
    void add_time(const UserStateRow& row, Instant until);
    void load_open_states();

    Db& db_;
    Table<UserRow> users_;
    Table<DeviceRow> devices_;
    Table<QueueRow> queues_;
    Table<PauseRow> pauses_;
    Table<RouteRow> routes_;
    Table<MenuRow> menus_;
    Table<RingGroupRow> ring_groups_;
    Table<SettingsRow> settings_;
    Table<CallRow> calls_;
    Table<LegRow> legs_;
    Table<InteractionRow> interactions_;
    Table<OfferRow> offers_;
    Table<ActivityRow> activities_;
    Table<RecordingRow> recordings_;
    Table<DecisionRow> decisions_;
    Table<UserStateRow> states_;
    Table<QueueIntervalRow> queue_intervals_;
    Table<UserIntervalRow> user_intervals_;
    Table<PauseIntervalRow> pause_intervals_;
    // The state each user is in: the key of its row. Loaded when first needed.
    std::map<core::UserId, std::int64_t> open_states_;
    bool open_states_loaded_ = false;
};

/// The first user whom a decision's verdicts name as chosen, or none.
core::UserId first_chosen(const core::Decided& decision);

}  // namespace linka::store
