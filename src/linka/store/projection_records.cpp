// Folds of saved and removed records.
#include "linka/store/projections.hpp"

namespace linka::store {

namespace {

template <typename Record>
json::Raw body_of(const Record& record) {
    return json::Raw{json::to_text(record)};
}

template <typename Row>
void put(Table<Row>& table, Row row) {
    const Key key = key_of(row);
    Row& place = table.change_or_make(key, [] { return Row{}; });
    place = std::move(row);
}

template <typename Row, typename Tag>
void remove(Table<Row>& table, Id<Tag> id, Instant at) {
    if (Row* row = table.change({id.value})) {
        row->removed = true;
        row->saved = at;
    }
}

}  // namespace

void Projections::on(const core::UserSaved& event, const At& at) {
    const core::User& user = event.user;
    put(users_, UserRow{.id = user.id,
                        .name = user.name,
                        .title = user.title,
                        .alias = user.alias,
                        .type = user.type,
                        .access = user.access,
                        .extension = user.extension,
                        .deactivated = user.deactivated,
                        .removed = false,
                        .saved = at.at,
                        .body = body_of(user)});
}

void Projections::on(const core::UserRemoved& event, const At& at) {
    remove(users_, event.id, at.at);
}

void Projections::on(const core::DeviceSaved& event, const At& at) {
    const core::Device& device = event.device;
    put(devices_, DeviceRow{.id = device.id,
                            .name = device.name,
                            .title = device.title,
                            .type = device.type,
                            .number = device.number,
                            .deactivated = device.deactivated,
                            .removed = false,
                            .saved = at.at,
                            .body = body_of(device)});
}

void Projections::on(const core::DeviceRemoved& event, const At& at) {
    remove(devices_, event.id, at.at);
}

void Projections::on(const core::QueueSaved& event, const At& at) {
    const core::Queue& queue = event.queue;
    const core::Offering* offering = core::offering_of(&queue);
    put(queues_, QueueRow{.id = queue.id,
                          .name = std::to_string(queue.id.value),
                          .title = queue.title,
                          .alias = queue.alias,
                          .type = queue.type,
                          .strategy = offering != nullptr ? offering->strategy : core::Strategy{},
                          .answer_within = queue.answer_within,
                          .abandon_within = queue.abandon_within,
                          .deactivated = queue.deactivated,
                          .removed = false,
                          .saved = at.at,
                          .body = body_of(queue)});
}

void Projections::on(const core::QueueRemoved& event, const At& at) {
    remove(queues_, event.id, at.at);
}

void Projections::on(const core::PauseSaved& event, const At& at) {
    const core::Pause& pause = event.pause;
    put(pauses_, PauseRow{.id = pause.id,
                          .name = pause.name,
                          .title = pause.title,
                          .type = pause.type,
                          .paid = pause.paid,
                          .deactivated = pause.deactivated,
                          .removed = false,
                          .saved = at.at,
                          .body = body_of(pause)});
}

void Projections::on(const core::PauseRemoved& event, const At& at) {
    remove(pauses_, event.id, at.at);
}

void Projections::on(const core::RouteSaved& event, const At& at) {
    const core::Route& route = event.route;
    put(routes_, RouteRow{.id = route.id,
                          .position = route.position,
                          .did = route.did,
                          .caller = route.caller,
                          .deactivated = route.deactivated,
                          .removed = false,
                          .saved = at.at,
                          .body = body_of(route)});
}

void Projections::on(const core::RouteRemoved& event, const At& at) {
    remove(routes_, event.id, at.at);
}

void Projections::on(const core::MenuSaved& event, const At& at) {
    put(menus_, MenuRow{.id = event.menu.id,
                        .name = event.menu.name,
                        .title = event.menu.title,
                        .removed = false,
                        .saved = at.at,
                        .body = body_of(event.menu)});
}

void Projections::on(const core::MenuRemoved& event, const At& at) {
    remove(menus_, event.id, at.at);
}

void Projections::on(const core::RingGroupRemoved& event, const At& at) {
    remove(ring_groups_, event.id, at.at);
}

void Projections::on(const core::RingGroupSaved& event, const At& at) {
    const core::RingGroup& group = event.ring_group;
    put(ring_groups_, RingGroupRow{.id = group.id,
                                   .name = std::to_string(group.id.value),
                                   .title = group.title,
                                   .strategy = group.strategy,
                                   .removed = false,
                                   .saved = at.at,
                                   .body = body_of(group)});
}

void Projections::on(const core::SettingsSaved& event, const At& at) {
    put(settings_, SettingsRow{.id = 1, .saved = at.at, .body = body_of(event.settings)});
}

}  // namespace linka::store
