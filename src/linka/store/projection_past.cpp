// The fold of a past that is forgotten. The records, as far as they go, were removed by the events
// before.
#include "linka/store/past.hpp"
#include "linka/store/projection_change.hpp"

namespace linka::store {

void Projections::on(const core::PastForgotten& event, const At&) {
    // The rows are looked at as a whole, so the database must have them all; afterwards nothing in
    // memory may bring back what went.
    flush();
    forget_past(db_, event.past);
    forget();
    count_again(event.past);
}

// Figures of these people and queues in what stays: their calls with others.
void Projections::count_again(const core::Past& past) {
    const std::string users = " WHERE \"user\" IN (" + id_list(past.users) + ")";
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
                    " FROM interaction WHERE queue IN (" + id_list(past.queues) + ")");
    while (interactions.step()) {
        const auto row = read_row<InteractionRow>(interactions);
        add(queue_interval(row.queue, row.entered).figures, facts_of(row));
    }
}

}  // namespace linka::store
