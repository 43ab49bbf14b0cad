// The fold of the demo's removal. Its records were removed by the events before.
#include "linka/store/demo_history.hpp"
#include "linka/store/projection_change.hpp"

namespace linka::store {

void Projections::on(const core::DemoRemoved& event, const At&) {
    // The rows are looked at as a whole, so the database must have them all; afterwards nothing in
    // memory may bring back what went.
    flush();
    forget_demo_calls(db_, event.records);
    forget();
    count_again(event.records);
}

// Figures of the demo's people and queues in what stays: their calls with one's own people.
void Projections::count_again(const core::DemoRecords& demo) {
    const std::string users = " WHERE \"user\" IN (" + id_list(demo.users) + ")";
    Stmt offers = db_.prepare("SELECT " + column_list<OfferRow>() + " FROM offer" + users);
    while (offers.step()) {
        const auto row = read_row<OfferRow>(offers);
        if (row.counted) {
            add(user_interval(row.user, row.started).figures, row.outcome);
        }
    }
    Stmt activities =
        db_.prepare("SELECT " + column_list<ActivityRow>() + " FROM activity" + users);
    while (activities.step()) {
        const auto row = read_row<ActivityRow>(activities);
        if (counts(row)) {
            add(user_interval(row.user, row.opened).figures, facts_of(row));
        }
    }
    Stmt interactions =
        db_.prepare("SELECT " + column_list<InteractionRow>() +
                    " FROM interaction WHERE queue IN (" + id_list(demo.queues) + ")");
    while (interactions.step()) {
        const auto row = read_row<InteractionRow>(interactions);
        add(queue_interval(row.queue, row.entered).figures, facts_of(row));
    }
}

}  // namespace linka::store
