// Folds of people's work and of what was recorded of it.
#include "linka/store/projection_change.hpp"

#include <algorithm>

namespace linka::store {

namespace {

// How long the activity has been postponed by `at`, counting the current postponement.
Duration parked_by(const ActivityRow& row, Instant at) {
    if (!row.postponed) {
        return row.parked;
    }
    const Instant until = row.postponed_until ? std::min(at, row.postponed_until) : at;
    return row.parked + std::max(Duration{}, until - row.postponed);
}

void end_hold(ActivityRow& row, Instant at) {
    if (row.held_since) {
        row.hold += at - row.held_since;
        row.held_since = {};
    }
}

void finish(ActivityRow& row, Instant at, std::string_view by) {
    if (row.finished) {
        return;
    }
    end_hold(row, at);
    row.finished = at;
    row.ended_by = std::string(by);
    if (row.connected) {
        row.duration = at - row.connected;
        row.talk = row.duration - row.hold;
    } else if (row.opened) {
        row.before_work = at - row.opened;
    }
}

}  // namespace

void Projections::on(const core::ActivityOpened& event, const At& at) {
    activities_.change_or_make({event.activity.value}, [&] {
        ActivityRow row;
        row.id = event.activity;
        row.time = at.at;
        return row;
    });
    const bool is_counted = counted(event.user);
    const InteractionRow* of =
        event.interaction ? interactions_.find({event.interaction.value}) : nullptr;
    const LegRow* leg = event.leg ? legs_.find({event.leg.value}) : nullptr;
    const OfferRow* offer =
        leg != nullptr && leg->offer ? offers_.find({leg->offer.value}) : nullptr;
    change_activity(event.activity, [&](ActivityRow& row) {
        row.interaction = event.interaction;
        row.queue = event.queue;
        row.user = event.user;
        row.direction = event.direction;
        row.title = event.title;
        row.action = ActivityAction::OPEN;
        row.opened = at.at;
        row.closed = {};
        row.counted = is_counted;
        row.channel = event.channel;
        row.call = core::call_of(event.carrier);
        row.leg = event.leg;
        row.ringing = offer != nullptr ? offer->ring : Duration{};
        if (of != nullptr) {
            row.call = row.call ? row.call : of->call;
            row.caller = of->caller;
            row.number = of->number;
        }
    });
    // An outgoing call is its caller's from the start, also when nobody answers it.
    if (of != nullptr && event.direction == core::CallDirection::out) {
        change_interaction(event.interaction, [&](InteractionRow& row) {
            if (!row.user) {
                row.user = event.user;
                row.activity = event.activity;
            }
        });
    }
}

void Projections::on(const core::ActivityConnected& event, const At& at) {
    change_activity(event.activity, [&](ActivityRow& row) {
        if (row.connected || row.finished) {
            return;
        }
        row.connected = at.at;
        row.leg = event.leg ? event.leg : row.leg;
        row.before_work = row.opened ? at.at - row.opened : Duration{};
    });
}

void Projections::on(const core::ActivityHeld& event, const At& at) {
    change_activity(event.activity, [&](ActivityRow& row) {
        if (!event.held) {
            end_hold(row, at.at);
        } else if (!row.held_since && row.connected && !row.finished) {
            row.held_since = at.at;
        }
    });
}

void Projections::on(const core::ActivityFinished& event, const At& at) {
    change_activity(event.activity,
                    [&](ActivityRow& row) { finish(row, at.at, name_of(event.by)); });
}

void Projections::on(const core::ActivityPostponed& event, const At& at) {
    change_activity(event.activity, [&](ActivityRow& row) {
        row.parked = parked_by(row, at.at);
        row.action = ActivityAction::POSTPONE;
        row.postponed = at.at;
        row.postponed_until = event.until;
    });
}

void Projections::on(const core::ActivityResumed& event, const At& at) {
    change_activity(event.activity, [&](ActivityRow& row) {
        row.parked = parked_by(row, at.at);
        row.action = ActivityAction::OPEN;
        row.postponed = {};
        row.postponed_until = {};
    });
}

void Projections::on(const core::ActivityClosed& event, const At& at) {
    change_activity(event.activity, [&](ActivityRow& row) {
        if (row.closed) {
            return;
        }
        if (row.opened) {
            finish(row, at.at, "system");
            row.parked = parked_by(row, at.at);
            row.after_work = std::max(Duration{}, at.at - row.finished - row.parked);
        }
        row.postponed = {};
        row.action = ActivityAction::CLOSE;
        row.closed = at.at;
        row.statuses = json::Raw{json::to_text(event.statuses)};
        row.note = event.note;
    });
}

void Projections::on(const core::ActivityDescribed& event, const At&) {
    const core::Description& given = event.description;
    change_activity(event.activity, [&](ActivityRow& row) {
        row.title = given.title.value_or(row.title);
        row.note = given.note.value_or(row.note);
        row.important = given.important.value_or(row.important);
        row.priority = given.priority.value_or(row.priority);
        row.options = given.options.value_or(row.options);
        if (given.statuses) {
            row.statuses = json::Raw{json::to_text(*given.statuses)};
        }
    });
}

void Projections::on(const core::RecordingStarted& event, const At& at) {
    RecordingRow row;
    row.id = event.recording;
    row.call = event.call;
    row.interaction = event.interaction;
    row.activity = event.activity;
    row.user = event.user;
    row.file = event.file;
    row.voicemail = event.voicemail;
    row.started = at.at;
    const InteractionRow* of =
        event.interaction ? interactions_.find({event.interaction.value}) : nullptr;
    if (of != nullptr) {
        row.queue = of->queue;
    }
    recordings_.insert(std::move(row));
}

void Projections::on(const core::RecordingAssigned& event, const At&) {
    if (RecordingRow* row = recordings_.change({event.recording.value})) {
        row->activity = event.activity;
        row->user = event.user;
    }
}

void Projections::on(const core::RecordingStopped& event, const At&) {
    RecordingRow* row = recordings_.change({event.recording.value});
    if (row != nullptr && !row->finished) {
        row->status = RecordingStatus::Recorded;
    }
}

void Projections::on(const core::RecordingEnded& event, const At& at) {
    if (RecordingRow* row = recordings_.change({event.recording.value})) {
        row->finished = at.at;
        row->duration = event.duration;
        row->bytes = event.bytes;
        row->status = event.failed           ? RecordingStatus::Failed
                      : event.reason.empty() ? RecordingStatus::Converted
                                             : RecordingStatus::Lost;
        row->reason = event.reason;
    }
}

}  // namespace linka::store
