#include "sim/scenario/stage.hpp"

#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::sim {
namespace {

/// 2026-01-05 (a Monday), 00:00 UTC.
constexpr std::int64_t monday_us = 1'767'571'200'000'000;
constexpr std::size_t external_digits_min = 9;

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

Instant Stage::midnight() {
    return Instant{monday_us};
}

Stage::Stage() : world_(*this, {midnight() + 8h, 1, 200, true}) {
    furnish();
}

/// What every company has: a trunk and the pauses of the system.
void Stage::furnish() {
    core::Settings settings;
    core::Trunk trunk;
    trunk.name = "loopback";
    trunk.host = "127.0.0.1";
    apply(core::SaveSettings{settings});
    apply(core::SaveTrunk{trunk});
    const auto pause = [this](std::string name, core::PauseType type) {
        core::Pause record;
        record.title = name;
        record.name = std::move(name);
        record.type = type;
        apply(core::SavePause{record});
    };
    pause("Lazy", core::PauseType::lajdak);
    pause("Wrap", core::PauseType::wrap);
    pause("DND", core::PauseType::dnd);
}

const core::Reply& Stage::apply(const core::Input& input) {
    reply_ = world_.apply(input);
    return reply_;
}

std::optional<core::UserId> Stage::user(std::string_view who) const {
    for (const auto& [id, user] : users_) {
        if (user.title == who || user.name == who || user.extension == who) {
            return id;
        }
    }
    return std::nullopt;
}

std::optional<core::DeviceId> Stage::device(std::string_view who) const {
    for (const auto& [id, device] : devices_) {
        if (device.name == who) {
            return id;
        }
    }
    return std::nullopt;
}

core::DeviceId Stage::device_or_new(const std::string& name) {
    if (const auto known = device(name)) {
        return *known;
    }
    core::Device record;
    record.name = name;
    record.title = name;
    if (name.size() >= external_digits_min) {
        record.type = core::DeviceType::external;
        record.number = name;
    }
    save(record);
    const auto made = device(name);
    if (!made) {
        return {};
    }
    if (record.type != core::DeviceType::external) {
        set_reachable(*made, true);
    }
    return *made;
}

std::optional<core::LegId> Stage::leg(std::string_view who) const {
    if (const auto it = caller_legs_.find(who); it != caller_legs_.end()) {
        return it->second;
    }
    const auto device_id = device(who);
    std::optional<core::LegId> found;
    bool found_lives = false;
    for (const auto& [id, wire] : exchange().wires()) {
        const bool fits = (device_id && wire.device == *device_id) ||
                          (!wire.device && !wire.incoming && ends_with(wire.number, who));
        const bool lives = wire.state != WireState::ended;
        if (fits && (lives || !found_lives)) {
            found = id;
            found_lives = lives;
        }
    }
    return found;
}

std::vector<core::LegId> Stage::living_legs(std::string_view who) const {
    std::vector<core::LegId> legs;
    if (const auto id = user(who); id && !device(who)) {
        for (const core::LegId leg_id : ledger().legs_of(*id)) {
            legs.push_back(leg_id);
        }
        return legs;
    }
    if (const auto id = leg(who)) {
        const Wire* wire = exchange().find(*id);
        if (wire != nullptr && wire->state != WireState::ended) {
            legs.push_back(*id);
        }
    }
    return legs;
}

bool Stage::rings(std::string_view who) const {
    const auto legs = living_legs(who);
    return std::any_of(legs.begin(), legs.end(), [this](core::LegId id) {
        const Wire* wire = exchange().find(id);
        return wire != nullptr && !wire->incoming && wire->state == WireState::ringing;
    });
}

std::optional<core::CallId> Stage::call_of(std::string_view who) const {
    const auto id = leg(who);
    if (!id) {
        return std::nullopt;
    }
    const auto it = ledger().legs.find(*id);
    if (it == ledger().legs.end()) {
        return std::nullopt;
    }
    return it->second.started.call;
}

void Stage::call_in(const std::string& who, const std::string& number, const std::string& dialled) {
    std::string& own = callers_[who];
    if (!number.empty()) {
        own = number;
    } else if (own.empty()) {
        own = text::format("7770001{:02}", callers_.size());
    }
    caller_legs_[who] = world_.exchange().call({{}, own, dialled, "loopback", {}});
}

void Stage::call_from_device(core::DeviceId id, const std::string& dialled) {
    world_.exchange().call({id, devices_[id].name, dialled, {}, {}});
}

const InteractionEntry* Stage::written(std::string_view who) const {
    const auto known = conversations_.find(who);
    const InteractionEntry* newest = nullptr;
    if (known != conversations_.end()) {
        for (const auto& [id, entry] : ledger().interactions) {
            newest = entry.conversation() == known->second ? &entry : newest;
        }
    }
    return newest;
}

bool Stage::is_caller(std::string_view who) const {
    return !user(who) && !device(who);
}

std::optional<core::MenuId> Stage::menu(std::string_view title) const {
    const auto it = menus_.find(title);
    return it == menus_.end() ? std::nullopt : std::optional{it->second};
}

void Stage::save(core::User record) {
    const core::Reply& reply = apply(core::SaveUser{record});
    if (reply.kind == core::Reply::Kind::ok) {
        record.id = core::UserId{record.id ? record.id.value : reply.record_id};
        users_[record.id] = record;
    }
}

void Stage::save(const core::Queue& record) {
    const bool create = !has_queue(record.id);
    if (apply(core::SaveQueue{record, create}).kind == core::Reply::Kind::ok) {
        queues_[record.id] = record;
    }
}

void Stage::save(core::Device record) {
    const core::Reply& reply = apply(core::SaveDevice{record});
    if (reply.kind == core::Reply::Kind::ok) {
        record.id = core::DeviceId{record.id ? record.id.value : reply.record_id};
        devices_[record.id] = record;
    }
}

void Stage::set_reachable(core::DeviceId id, bool reachable) {
    reachable_[id] = reachable;
    apply(core::DeviceReachabilityReport{id, reachable, answers_remotely(id)});
}

int Stage::refusal(const Wire& wire) {
    if (!wire.device) {
        return 0;
    }
    if (const auto it = refusals_.find(wire.device); it != refusals_.end() && it->second != 0) {
        return it->second;
    }
    const auto it = reachable_.find(wire.device);
    const bool gone = it != reachable_.end() && !it->second;
    return gone ? 480 : 0;
}

Duration Stage::length(const std::vector<core::Sound>&) {
    return prompt_length_;
}

bool Stage::answers_remotely(core::DeviceId id) {
    const auto it = remote_.find(id);
    return it == remote_.end() || it->second;
}

}  // namespace linka::sim
