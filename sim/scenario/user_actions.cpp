// Sentences about what people do with their session: log in, devices, queues, ready, pauses.
#include "linka/base/text.hpp"
#include "sim/scenario/sentence.hpp"

namespace linka::sim {
namespace {

/// For deeds that are one input about one user.
template <typename Make>
std::string with_user(Stage& stage, const std::string& who, Make make) {
    const auto user = stage.user(who);
    if (!user) {
        return unknown("user", who);
    }
    stage.apply(make(*user));
    return {};
}

std::string be_ready(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    const bool in_queues = slots.size() > 2;
    const auto ok = [&] { return stage.last_reply().kind == core::Reply::Kind::ok; };
    stage.apply(core::LogIn{*user});
    if (ok()) {
        stage.apply(core::ChangeDevices{*user, slots[1].list, {}});
    }
    if (ok() && in_queues) {
        stage.apply(core::ChangeQueues{*user, queue_ids(slots[2].list), {}});
    }
    if (ok()) {
        stage.apply(core::BecomeReady{*user});
    }
    return {};
}

std::string log_in_to(Stage& stage, Slots slots) {
    return with_user(stage, slots[0].text, [&](core::UserId user) {
        return core::ChangeDevices{user, slots[1].list, {}};
    });
}

std::string take_over(Stage& stage, Slots slots) {
    return with_user(stage, slots[0].text, [&](core::UserId user) {
        return core::ChangeDevices{user, slots[1].list, {}, true};
    });
}

std::string leave_devices(Stage& stage, Slots slots) {
    return with_user(stage, slots[0].text, [&](core::UserId user) {
        return core::ChangeDevices{user, {}, slots[1].list};
    });
}

std::string join_queues(Stage& stage, Slots slots) {
    return with_user(stage, slots[0].text, [&](core::UserId user) {
        return core::ChangeQueues{user, queue_ids(slots[1].list), {}};
    });
}

std::string leave_queues(Stage& stage, Slots slots) {
    return with_user(stage, slots[0].text, [&](core::UserId user) {
        return core::ChangeQueues{user, {}, queue_ids(slots[1].list)};
    });
}

}  // namespace

void add_user_actions(std::vector<Sentence>& all) {
    all.push_back({"Given {who} is ready on {list}", be_ready});
    all.push_back({"Given {who} is ready on {list} in {list}", be_ready});
    all.push_back({"{who} logs in", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text,
                                        [](core::UserId id) { return core::LogIn{id}; });
                   }});
    all.push_back({"{who} logs out", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text,
                                        [](core::UserId id) { return core::LogOut{id}; });
                   }});
    all.push_back({"{who} is logged out by a manager", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text,
                                        [](core::UserId id) { return core::EndSession{id}; });
                   }});
    all.push_back(
        {"{who} is logged out by a manager after the call", [](Stage& stage, Slots slots) {
             return with_user(stage, slots[0].text, [](core::UserId id) {
                 return core::EndSession{id, true};
             });
         }});
    all.push_back({"{who} becomes ready", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text,
                                        [](core::UserId id) { return core::BecomeReady{id}; });
                   }});
    all.push_back({"{who} becomes unready", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text,
                                        [](core::UserId id) { return core::BecomeUnready{id}; });
                   }});
    all.push_back({"{who} logs in to {list}", log_in_to});
    all.push_back({"{who} takes over {list}", take_over});
    all.push_back({"{who} starts the shift", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text,
                                        [](core::UserId user) { return core::Start{user}; });
                   }});
    all.push_back({"{who} starts the shift on {list}", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text, [&](core::UserId user) {
                           core::Start start{user};
                           start.devices = slots[1].list;
                           return start;
                       });
                   }});
    all.push_back({"{who} leaves device {list}", leave_devices});
    all.push_back({"{who} leaves devices {list}", leave_devices});
    all.push_back({"{who} joins queue {list}", join_queues});
    all.push_back({"{who} joins queues {list}", join_queues});
    all.push_back({"{who} leaves queue {list}", leave_queues});
    all.push_back({"{who} leaves queues {list}", leave_queues});
    all.push_back({"{who} pauses : {who}", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text, [&](core::UserId id) {
                           return core::SetPause{id, slots[1].text};
                       });
                   }});
    all.push_back({"{who} ends the pause", [](Stage& stage, Slots slots) {
                       return with_user(stage, slots[0].text, [](core::UserId id) {
                           return core::SetPause{id, std::string{}};
                       });
                   }});
}

}  // namespace linka::sim
