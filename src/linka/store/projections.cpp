#include "linka/store/projections.hpp"

#include "linka/stats/interval.hpp"

namespace linka::store {

Projections::Projections(Db& db)
    : db_(db),
      users_(db),
      devices_(db),
      queues_(db),
      pauses_(db),
      routes_(db),
      menus_(db),
      ring_groups_(db),
      settings_(db),
      calls_(db),
      legs_(db),
      interactions_(db),
      offers_(db),
      activities_(db),
      recordings_(db),
      decisions_(db),
      states_(db),
      queue_intervals_(db),
      user_intervals_(db),
      pause_intervals_(db) {
}

void Projections::fold(const core::Record& record) {
    const At at{record.at, record.seq};
    std::visit([&](const auto& event) { on(event, at); }, record.event);
}

void Projections::flush() {
    users_.flush();
    devices_.flush();
    queues_.flush();
    pauses_.flush();
    routes_.flush();
    menus_.flush();
    ring_groups_.flush();
    settings_.flush();
    calls_.flush();
    legs_.flush();
    interactions_.flush();
    offers_.flush();
    activities_.flush();
    recordings_.flush();
    decisions_.flush();
    states_.flush();
    queue_intervals_.flush();
    user_intervals_.flush();
    pause_intervals_.flush();
}

void Projections::forget() {
    users_.forget();
    devices_.forget();
    queues_.forget();
    pauses_.forget();
    routes_.forget();
    menus_.forget();
    ring_groups_.forget();
    settings_.forget();
    calls_.forget();
    legs_.forget();
    interactions_.forget();
    offers_.forget();
    activities_.forget();
    recordings_.forget();
    decisions_.forget();
    states_.forget();
    queue_intervals_.forget();
    user_intervals_.forget();
    pause_intervals_.forget();
    open_states_.clear();
    open_states_loaded_ = false;
}

UserIntervalRow& Projections::user_interval(core::UserId user, Instant at) {
    const Instant interval = stats::interval_of(at);
    return user_intervals_.change_or_make({user.value, interval.us}, [&] {
        return UserIntervalRow{user, interval, {}};
    });
}

QueueIntervalRow& Projections::queue_interval(core::QueueId queue, Instant at) {
    const Instant interval = stats::interval_of(at);
    return queue_intervals_.change_or_make({queue.value, interval.us}, [&] {
        return QueueIntervalRow{queue, interval, {}};
    });
}

bool Projections::counted(core::UserId user) {
    const UserRow* row = users_.find({user.value});
    return row != nullptr && row->type == core::UserType::CC;
}

}  // namespace linka::store
