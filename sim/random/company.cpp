// Founding: queues with all kinds of settings, users with devices and rights, menus, ring groups,
// routes that lead into each other.
#include "linka/base/text.hpp"
#include "sim/random/town.hpp"

namespace linka::sim {
namespace {

constexpr std::int64_t group_number = 700;

std::vector<core::EmptyState> some_states(Dice& dice) {
    std::vector<core::EmptyState> states;
    if (!dice.chance(25)) {
        return states;
    }
    using core::EmptyState;
    for (const EmptyState state : {EmptyState::ringing, EmptyState::in_use, EmptyState::paused,
                                   EmptyState::unavailable, EmptyState::logged_out}) {
        if (dice.chance(60)) {
            states.push_back(state);
        }
    }
    return states;
}

}  // namespace

core::Reply Town::set_up(const core::Input& input) {
    core::Reply reply = world_.apply(input);
    if (reply.kind != core::Reply::Kind::ok) {
        world_.found("town: a record is refused: " + reply.field + ": " + reply.text);
    }
    return reply;
}

/// Half of the companies have other rows than those of the beginning.
core::DistributionMatrix Town::some_matrix() {
    core::DistributionMatrix matrix;
    if (matrix_.chance(50)) {
        for (const core::Channel open : core::given_out) {
            for (const core::Channel offered : core::given_out) {
                *core::part_of(*core::part_of(matrix, open), offered) =
                    static_cast<int>(matrix_.between(0, 3));
            }
        }
    }
    return matrix;
}

void Town::found_company() {
    core::Settings settings;
    core::Trunk trunk;
    trunk.name = "loopback";
    trunk.host = "127.0.0.1";
    settings.distribution = some_matrix();
    set_up(core::SaveSettings{settings});
    set_up(core::SaveTrunk{trunk});
    for (const char* name : {"Lunch", "Meeting"}) {
        core::Pause pause;
        pause.name = name;
        pause.title = name;
        pause.max_duration = dice_.chance(50) ? seconds(5, 60) : Duration{0};
        pause.auto_pause = dice_.chance(50);
        pause.prevent_direct_calls = dice_.chance(50);
        set_up(core::SavePause{pause});
        pauses_.emplace_back(name);
    }
    found_queues();
    found_writing();
    found_profiles();
    found_users();
    found_routes();
}

core::Queue Town::some_queue(core::QueueId id) {
    core::Queue queue;
    queue.id = id;
    queue.title = text::format("Queue {}", id.value);
    static constexpr core::Strategy strategies[] = {
        core::Strategy::leastrecent, core::Strategy::all, core::Strategy::all_penalty_order,
        core::Strategy::random_with_penalty_groups};
    core::queue_of::Calls& calls = *core::calls_of(&queue);
    core::Offering& offering = calls.offering;
    offering.strategy = strategies[dice_.between(0, 3)];
    offering.weight = static_cast<int>(dice_.between(0, 10));
    offering.ring_time = std::chrono::seconds{dice_.between(5, 25)};
    offering.sleep_time = std::chrono::seconds{dice_.between(0, 8)};
    queue.wrap_time = std::chrono::seconds{dice_.chance(60) ? dice_.between(5, 20) : 0};
    offering.max_wait = std::chrono::seconds{dice_.chance(40) ? dice_.between(5, 60) : 0};
    calls.max_length = dice_.chance(30) ? static_cast<int>(dice_.between(1, 5)) : 0;
    calls.join_empty = some_states(dice_);
    calls.leave_empty = some_states(dice_);
    offering.auto_pause = dice_.chance(50);
    calls.auto_answer = dice_.chance(30);
    calls.announcement = dice_.chance(30) ? "welcome" : "";
    calls.position_announcement = dice_.chance(30);
    calls.position_repeat = std::chrono::seconds{dice_.chance(70) ? dice_.between(5, 15) : 0};
    calls.record = dice_.chance(50) ? core::RecordMode::bridged : core::RecordMode::immediately;
    return queue;
}

void Town::found_queues() {
    const auto count = dice_.between(1, 4);
    for (std::int64_t index = 1; index <= count; ++index) {
        queues_.emplace_back(6000 + index);
        set_up(core::SaveQueue{some_queue(queues_.back()), true});
    }
    core::Queue out = some_queue(core::QueueId{6100});
    out.type = core::QueueType::out;
    set_up(core::SaveQueue{out, true});
}

core::Profile Town::some_profile(const std::string& name) {
    core::Profile profile;
    profile.name = name;
    profile.title = name;
    profile.call_without_queue = rules_.chance(30);
    profile.transfers = static_cast<core::Transfers>(rules_.between(0, 3));
    if (rules_.chance(50)) {
        profile.max_activities = static_cast<int>(rules_.between(1, 3));
    }
    return profile;
}

/// In half of the companies.
void Town::found_profiles() {
    if (rules_.chance(50)) {
        for (const char* name : {"day", "night"}) {
            profiles_.emplace_back(set_up(core::SaveProfile{some_profile(name)}).record_id);
        }
    }
}

void Town::found_users() {
    const auto count = dice_.between(1, 7);
    for (std::int64_t index = 0; index < count; ++index) {
        core::User user;
        user.name = text::format("user{}", index);
        user.title = user.name;
        user.extension = std::to_string(510 + index);
        user.type = index == 0 && count > 2 ? core::UserType::BO : core::UserType::CC;
        user.access = index == 0 && count > 2 ? core::Access::back_office : core::Access::agent;
        user.record = dice_.chance(30) ? core::RecordMode::immediately : core::RecordMode::disabled;
        const auto devices = dice_.between(1, 3);
        for (std::int64_t number = 0; number < devices; ++number) {
            core::Device device;
            device.name = std::to_string(300 + index * 10 + number);
            device.title = device.name;
            device.type = number == 1 ? core::DeviceType::web : core::DeviceType::sip;
            device.shared = number == 0;
            if (number == 2) {
                device.name = text::format("0042077712345{}", index);
                device.type = core::DeviceType::external;
                device.number = device.name;
            }
            const core::DeviceId id{set_up(core::SaveDevice{device}).record_id};
            devices_.push_back(id);
            world_.apply(core::DeviceReachabilityReport{id, true, answers_remotely(id)});
            user.devices.push_back({id, dice_.chance(20) ? seconds(1, 10) : Duration{0},
                                    dice_.chance(20) ? seconds(2, 12) : Duration{0}});
        }
        for (const core::QueueId queue : queues_) {
            if (user.type == core::UserType::CC && dice_.chance(75)) {
                user.queues.push_back(
                    {queue,
                     dice_.chance(30) ? core::QueueLogin::automatic : core::QueueLogin::manual,
                     static_cast<int>(dice_.between(0, 2))});
            }
        }
        if (user.type == core::UserType::CC) {
            user.queues.push_back({core::QueueId{6100}, core::QueueLogin::manual, 0});
        }
        for (const core::QueueId queue : written_) {
            if (user.type == core::UserType::CC && writers_.chance(75)) {
                user.queues.push_back(
                    {queue, core::QueueLogin::automatic, static_cast<int>(writers_.between(0, 2))});
            }
        }
        if (dice_.chance(30)) {
            user.max_activities = static_cast<int>(dice_.between(1, 3));
        }
        user.call_without_queue = dice_.chance(50);
        if (!profiles_.empty() && rules_.chance(50)) {
            user.profile = rules_.one_of(profiles_);
        }
        users_.emplace_back(set_up(core::SaveUser{user}).record_id);
    }
}

std::string Town::some_extension() {
    return std::to_string(510 + dice_.between(0, static_cast<std::int64_t>(users_.size()) - 1));
}

core::Destination Town::some_destination() {
    using Kind = core::DestinationKind;
    switch (dice_.between(0, 9)) {
        case 0:
            return {Kind::extension, some_extension()};
        case 1:
            return {Kind::ring_group, std::to_string(group_number)};
        case 2:
            return {Kind::voicemail, {}};
        case 3:
            return {Kind::announcement, "queue_closed"};
        case 4:
            return {Kind::echo, {}};
        case 5:
            return {Kind::number, "777888999"};
        case 6:
            return menus_.empty()
                       ? core::Destination{Kind::hangup, {}}
                       : core::Destination{Kind::menu, std::to_string(dice_.one_of(menus_).value)};
        case 7:
            return {Kind::busy, {}};
        default:
            return {Kind::queue, std::to_string(dice_.one_of(queues_).value)};
    }
}

void Town::found_routes() {
    core::RingGroup group;
    group.id = core::RingGroupId{group_number};
    group.title = "Group";
    static constexpr core::GroupStrategy strategies[] = {
        core::GroupStrategy::all, core::GroupStrategy::in_turn, core::GroupStrategy::random};
    group.strategy = strategies[dice_.between(0, 2)];
    for (std::int64_t index = 0; index < dice_.between(1, 4); ++index) {
        const std::string number = dice_.chance(80) ? some_extension() : "777111333";
        group.members.push_back({number, seconds(5, 20)});
    }
    set_up(core::SaveRingGroup{group});
    core::Menu menu;
    menu.name = "main";
    menu.title = "Main";
    menu.prompt = "menu_main";
    menu.timeout = seconds(2, 8);
    menu.repeats = static_cast<int>(dice_.between(0, 2));
    for (const char* digit : {"1", "2", "3", "4"}) {
        menu.choices.push_back({digit, some_destination()});
    }
    menu.on_nothing = some_destination();
    menus_.emplace_back(set_up(core::SaveMenu{menu}).record_id);
    group.on_no_answer = some_destination();
    if (group.on_no_answer.kind != core::DestinationKind::ring_group) {
        set_up(core::SaveRingGroup{group});
    }
    for (int index = 0; index < 5; ++index) {
        core::Route route;
        route.did = text::format("22600000{}", index);
        route.announcement = dice_.chance(20) ? "welcome" : "";
        route.destination = index < 3
                                ? core::Destination{core::DestinationKind::queue,
                                                    std::to_string(dice_.one_of(queues_).value)}
                                : some_destination();
        routes_.emplace_back(set_up(core::SaveRoute{route}).record_id, route.did);
        numbers_.push_back(route.did);
    }
    for (const core::QueueId id : queues_) {
        core::Queue queue = world_.ledger().queues.at(id);
        core::Destination& on_leave = core::calls_of(&queue)->on_leave;
        on_leave = dice_.chance(50) ? some_destination() : core::Destination{};
        if (on_leave.value != std::to_string(id.value)) {
            set_up(core::SaveQueue{queue, false});
        }
    }
}

void Town::open_doors() {
    for (const core::UserId user : users_) {
        world_.later(seconds(0, 20), [this, user] { whim(user); });
    }
}

}  // namespace linka::sim
