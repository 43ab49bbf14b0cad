// Where a call stands: one struct a step, with what only that step knows. What happens to a call
// is answered step by step in core/flow/steps.cpp.
#pragma once

#include "linka/core/flow/place.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/voice/playing.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linka::core {

namespace step {

/// The type of a step in the journal.
#define LINKA_STEP(name) static constexpr std::string_view type = name

/// It has come, or is made, and nothing was done with it yet.
struct Begin {
    LINKA_STEP("begin");
};
/// Hears a prompt, then goes on.
struct Announcement {
    LINKA_STEP("announcement");
    std::string prompt{};
    Place next{};
};
/// Hears what a queue announces before one waits in it.
struct BeforeQueue {
    LINKA_STEP("before_queue");
    QueueId queue{};
    bool re_entry = false;  // the queue is entered anew, after a transfer
};
/// Hears a menu for the `round`-th time, from 0, and chooses.
struct InMenu {
    LINKA_STEP("menu");
    MenuId menu{};
    int round = 0;
};
struct Waiting {
    LINKA_STEP("queue");
    QueueId queue{};
};
/// A user is rung.
struct RingUser {
    LINKA_STEP("extension");
    UserId user{};
};
/// A ring group is rung. `left`: the places of the members that are still to be tried, in order;
/// none where all ring at once.
struct RingMembers {
    LINKA_STEP("group");
    RingGroupId group{};
    std::vector<int> left{};
};
/// A number outside is rung.
struct RingOutside {
    LINKA_STEP("number");
    std::string number{};
};
/// The telephone of the user who calls rings first.
struct OwnDevice {
    LINKA_STEP("own_device");
    std::string number{};  // to be called then
};
/// Hears the greeting of the voicemail of this extension, then leaves a message in it.
struct Greeting {
    LINKA_STEP("greeting");
    std::string mailbox{};
};
struct Message {
    LINKA_STEP("message");
    std::string mailbox{};
};
/// Hears themselves.
struct Echo {
    LINKA_STEP("echo");
};
/// The two sides are, or were, connected.
struct Talk {
    LINKA_STEP("talk");
};
/// Hears why it ends.
struct Farewell {
    LINKA_STEP("farewell");
};

#undef LINKA_STEP

LINKA_DESCRIBE(Begin, ())
LINKA_DESCRIBE(Announcement, (prompt, next))
LINKA_DESCRIBE(BeforeQueue, (queue, re_entry))
LINKA_DESCRIBE(InMenu, (menu, round))
LINKA_DESCRIBE(Waiting, (queue))
LINKA_DESCRIBE(RingUser, (user))
LINKA_DESCRIBE(RingMembers, (group, left))
LINKA_DESCRIBE(RingOutside, (number))
LINKA_DESCRIBE(OwnDevice, (number))
LINKA_DESCRIBE(Greeting, (mailbox))
LINKA_DESCRIBE(Message, (mailbox))
LINKA_DESCRIBE(Echo, ())
LINKA_DESCRIBE(Talk, ())
LINKA_DESCRIBE(Farewell, ())

}  // namespace step

using Step =
    std::variant<step::Begin, step::Announcement, step::BeforeQueue, step::InMenu, step::Waiting,
                 step::RingUser, step::RingMembers, step::RingOutside, step::OwnDevice,
                 step::Greeting, step::Message, step::Echo, step::Talk, step::Farewell>;

/// Whether it is one of these.
template <typename... S>
bool is_step(const Step& step) {
    return (std::holds_alternative<S>(step) || ...);
}
/// Its name in the journal.
inline std::string_view name_of_step(const Step& step) {
    return std::visit([](const auto& one) { return std::decay_t<decltype(one)>::type; }, step);
}

}  // namespace linka::core
