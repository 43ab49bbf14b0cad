// How projections keep figures right: what a row counted as is taken away, what it counts as now is
// added. For the sources of Projections alone.
#pragma once

#include "linka/store/projections.hpp"

namespace linka::store {

inline stats::InteractionFacts facts_of(const InteractionRow& row) {
    return {.result = row.result,
            .in_time = row.in_time,
            .early = row.early,
            .re_entry = row.re_entry,
            .attempts = row.attempts,
            .wait = row.wait,
            .before_work = row.before_work,
            .talk = row.talk,
            .hold = row.hold,
            .after_work = row.after_work};
}

inline stats::ActivityFacts facts_of(const ActivityRow& row) {
    return {.outbound = row.direction == core::CallDirection::out,
            .connected = bool(row.connected),
            .before_work = row.before_work,
            .talk = row.talk,
            .hold = row.hold,
            .after_work = row.after_work};
}

/// Does this activity count in its user's figures?
inline bool counts(const ActivityRow& row) {
    return row.counted && bool(row.opened) && bool(row.user);
}

template <typename Change>
void Projections::change_interaction(core::InteractionId id, Change&& change) {
    InteractionRow* row = interactions_.change({id.value});
    if (row == nullptr) {
        return;
    }
    const stats::InteractionFacts before = facts_of(*row);
    change(*row);
    if (row->queue) {
        stats::QueueFigures& figures = queue_interval(row->queue, row->entered).figures;
        subtract(figures, before);
        add(figures, facts_of(*row));
    }
}

template <typename Change>
void Projections::change_activity(core::ActivityId id, Change&& change) {
    ActivityRow* row = activities_.change({id.value});
    if (row == nullptr) {
        return;
    }
    const ActivityRow before = *row;
    change(*row);
    if (counts(before)) {
        subtract(user_interval(before.user, before.opened).figures, facts_of(before));
    }
    if (counts(*row)) {
        add(user_interval(row->user, row->opened).figures, facts_of(*row));
    }
    const bool same_work = before.before_work == row->before_work && before.talk == row->talk &&
                           before.hold == row->hold && before.after_work == row->after_work;
    if (!same_work && row->interaction) {
        const ActivityRow after = *row;
        change_interaction(after.interaction, [&](InteractionRow& interaction) {
            interaction.before_work += after.before_work - before.before_work;
            interaction.talk += after.talk - before.talk;
            interaction.hold += after.hold - before.hold;
            interaction.after_work += after.after_work - before.after_work;
        });
    }
}

}  // namespace linka::store
