// Folds of what users do when: stretches of one state, and their time cut at interval borders.
#include "linka/stats/interval.hpp"
#include "linka/store/projections.hpp"

namespace linka::store {

void Projections::load_open_states() {
    if (open_states_loaded_) {
        return;
    }
    open_states_loaded_ = true;
    Stmt open = db_.prepare(R"(SELECT "user", seq FROM user_state WHERE until = 0)");
    while (open.step()) {
        open_states_[core::UserId{open.integer(0)}] = open.integer(1);
    }
}

void Projections::add_time(const UserStateRow& row, Instant until) {
    stats::cut(row.since, until, [&](Instant interval, Duration time) {
        add(user_interval(row.user, interval).figures, row.state, row.paid, time);
        if (row.state == core::UserState::paused || row.state == core::UserState::wrap) {
            const Key key{row.user.value, interval.us, row.pause.value, row.paid ? 1 : 0};
            pause_intervals_
                .change_or_make(
                    key,
                    [&] {
                        return PauseIntervalRow{row.user, interval, row.pause, row.paid, {}};
                    })
                .time += time;
        }
    });
}

void Projections::on(const core::UserStateChanged& event, const At& at) {
    load_open_states();
    const auto open = open_states_.find(event.user);
    if (open != open_states_.end()) {
        if (UserStateRow* row = states_.change({open->second})) {
            row->until = at.at;
            add_time(*row, at.at);
        }
        open_states_.erase(open);
    }
    if (event.state == core::UserState::logged_out || !counted(event.user)) {
        return;
    }
    UserStateRow row;
    row.seq = at.seq;
    row.user = event.user;
    row.state = event.state;
    row.pause = event.pause;
    row.queue = event.queue;
    row.since = at.at;
    if (const PauseRow* pause = event.pause ? pauses_.find({event.pause.value}) : nullptr) {
        row.paid = pause->paid;
    }
    states_.insert(row);
    open_states_[event.user] = at.seq;
}

}  // namespace linka::store
