// Agents: every few seconds each has a whim that fits what they are doing, or one that does not.
#include "linka/base/text.hpp"
#include "sim/random/town.hpp"

namespace linka::sim {

void Town::whim(core::UserId user) {
    const auto it = world_.ledger().users.find(user);
    if (it == world_.ledger().users.end() || !open_) {
        return;
    }
    world_.later(seconds(1, 12), [this, user] { whim(user); });
    const UserEntry& entry = it->second;
    if (!written_.empty() && whim_writing(user)) {
        return;
    }
    if (dice_.chance(temper_.clumsy_percent)) {
        whim_clumsy(user);
        return;
    }
    for (const core::OfferId offer : world_.ledger().open_offers(user)) {
        const core::ActivityId work = world_.ledger().offers.at(offer).started.activity;
        if (dice_.chance(40)) {
            world_.apply(core::Accept{user, work});
        } else if (dice_.chance(15)) {
            world_.apply(core::Reject{user, work});
        }
        return;
    }
    const auto open = world_.ledger().open_activities(user);
    if (open.empty()) {
        whim_idle(user, entry);
    } else if (world_.ledger().activities.at(open.back()).finished) {
        whim_after_call(user, open.back());
    } else {
        whim_on_call(user, open.back());
    }
}

void Town::whim_idle(core::UserId user, const UserEntry& entry) {
    if (!entry.logged_in) {
        world_.apply(core::LogIn{user});
        std::vector<std::string> names;
        for (const core::DeviceRight& right : entry.record.devices) {
            if (names.empty() || dice_.chance(50)) {
                names.push_back(world_.ledger().devices.at(right.device).record.name);
            }
        }
        std::vector<core::QueueId> queues;
        for (const core::QueueRight& right : entry.record.queues) {
            if (dice_.chance(85)) {
                queues.push_back(right.queue);
            }
        }
        world_.apply(core::ChangeDevices{user, names, {}});
        world_.apply(core::ChangeQueues{user, queues, {}});
        world_.apply(core::BecomeReady{user});
        return;
    }
    if (entry.pause) {
        if (dice_.chance(60)) {
            world_.apply(core::SetPause{user, {}});
        }
        return;
    }
    if (!entry.ready) {
        world_.apply(core::BecomeReady{user});
        return;
    }
    const auto roll = dice_.between(0, 99);
    if (roll < 5) {
        world_.apply(core::SetPause{user, dice_.one_of(pauses_)});
    } else if (roll < 8) {
        world_.apply(core::BecomeUnready{user});
    } else if (roll < 10) {
        world_.apply(core::LogOut{user});
    } else if (roll < 25) {
        world_.apply(core::CallOut{user, some_number(),
                                   dice_.chance(50) ? core::QueueId{6100} : core::QueueId{}});
    } else if (roll < 28) {
        world_.apply(core::ChangeQueues{user, {dice_.one_of(queues_)}, {}});
    } else if (roll < 31) {
        world_.apply(core::ChangeQueues{user, {}, {dice_.one_of(queues_)}});
    } else if (roll < 34) {
        take_anything(user);
    } else if (roll < 45) {
        for (const core::QueueId queue : queues_) {
            for (const core::InteractionId item : world_.ledger().waiting(queue)) {
                world_.apply(
                    core::Take{user, world_.ledger().interactions.at(item).started.waiting_as});
                return;
            }
        }
    }
}

/// Whatever a page may show, whether it waits or not: a colleague's call out, a direct call, one
/// that was answered a moment ago.
void Town::take_anything(core::UserId user) {
    std::vector<core::ActivityId> items;
    for (const auto& [id, activity] : world_.ledger().activities) {
        if (!activity.closed) {
            items.push_back(id);
        }
    }
    for (const auto& [id, offer] : world_.ledger().offers) {
        if (!offer.ended) {
            items.push_back(offer.started.activity);
        }
    }
    if (!items.empty()) {
        world_.apply(core::Take{user, dice_.one_of(items)});
    }
}

void Town::whim_on_call(core::UserId user, core::ActivityId work) {
    const auto roll = dice_.between(0, 99);
    if (roll < 15) {
        world_.apply(core::Hold{user, work, true});
    } else if (roll < 35) {
        world_.apply(core::Hold{user, work, false});
    } else if (roll < 45) {
        world_.apply(core::Transfer{user, work, some_number(), core::TransferMode::blind});
    } else if (roll < 52) {
        world_.apply(core::Transfer{user, work, some_number(), core::TransferMode::attended});
    } else if (roll < 58) {
        world_.apply(core::Transfer{user, work, {}, core::TransferMode::complete});
    } else if (roll < 62) {
        world_.apply(core::Transfer{user, work, {}, core::TransferMode::cancel});
    } else if (roll < 66) {
        world_.apply(core::Mute{user, work, dice_.chance(50)});
    } else if (roll < 70) {
        world_.apply(core::SendDigits{user, work, "12#"});
    } else if (roll < 85) {
        world_.apply(core::HangUpActivity{user, work});
    } else if (roll < 88) {
        world_.apply(core::SetPause{user, dice_.one_of(pauses_)});
    } else if (roll < 89) {
        world_.apply(core::LogOut{user});
    } else if (roll < 91) {
        world_.apply(core::BecomeUnready{user});
    } else if (roll < 93) {
        world_.apply(core::DescribeActivity{user, work, {.note = "what was said"}});
    }
}

void Town::whim_after_call(core::UserId user, core::ActivityId work) {
    const auto roll = dice_.between(0, 99);
    if (roll < 60) {
        world_.apply(core::CloseActivity{user, work, {}, {}});
    } else if (roll < 64) {
        world_.apply(
            core::DescribeActivity{user, work, {.statuses = {{"solved"}}}, core::ThenDo::close});
    } else if (roll < 68) {
        const Instant until = world_.now() + seconds(2, 40);
        world_.apply(core::PostponeActivity{user, work, dice_.chance(70) ? until : Instant{}});
    } else if (roll < 72) {
        world_.apply(core::CallOut{user, some_number(), {}});
    } else if (roll < 75) {
        world_.apply(core::SetPause{user, dice_.one_of(pauses_)});
    } else if (roll < 77) {
        world_.apply(core::LogOut{user});
    }
}

/// Buttons pressed at the wrong time, for somebody else's work, with numbers that are none.
void Town::whim_clumsy(core::UserId user) {
    const core::ActivityId work{
        dice_.between(0, static_cast<std::int64_t>(world_.ledger().activities.size()) + 8)};
    switch (dice_.between(0, 13)) {
        case 0:
            world_.apply(core::Accept{user, work});
            break;
        case 1:
            world_.apply(core::Reject{user, work});
            break;
        case 2:
            world_.apply(core::Take{user, work});
            break;
        case 3:
            world_.apply(core::Hold{user, work, dice_.chance(50)});
            break;
        case 4:
            world_.apply(core::Transfer{user, work, some_number(),
                                        static_cast<core::TransferMode>(dice_.between(0, 3))});
            break;
        case 5:
            world_.apply(core::HangUpActivity{user, work});
            break;
        case 6:
            world_.apply(core::CloseActivity{user, work, {}, "note"});
            break;
        case 7:
            world_.apply(core::PostponeActivity{user, work, world_.now() - 1h});
            world_.apply(core::DescribeActivity{user, work, {.note = "whose?"}});
            break;
        case 8:
            world_.apply(core::CallOut{user, "*&%", core::QueueId{dice_.between(0, 7000)}});
            break;
        case 9:
            world_.apply(core::ChangeDevices{user, {"no such"}, {"300", "310"}});
            break;
        case 10: {
            const core::DeviceId other = dice_.one_of(devices_);
            world_.apply(
                core::ChangeDevices{user, {world_.ledger().devices.at(other).record.name}, {}});
            break;
        }
        case 11:
            world_.apply(core::SetPause{user, "no such"});
            break;
        case 12:
            world_.apply(core::LogIn{user});
            break;
        default:
            world_.apply(core::SendDigits{core::UserId{user.value + 100}, work, "x\x01"});
    }
}

std::string Town::some_number() {
    switch (dice_.between(0, 6)) {
        case 0:
        case 1:
            return std::to_string(510 + dice_.between(0, static_cast<int>(users_.size())));
        case 2:
            return std::to_string(dice_.one_of(queues_).value);
        case 3:
            return "700";
        case 4:
            return "0049123456789";
        default:
            return "777123456";
    }
}

}  // namespace linka::sim
