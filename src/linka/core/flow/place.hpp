// Where a call may be sent, each with what it names as what that is. Records and forms write it as
// a Destination; whoever acts on one reads it here.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/records/records.hpp"

#include <compare>
#include <string>
#include <string_view>
#include <variant>

namespace linka::core {

namespace place {

/// The type of a place in the journal.
#define LINKA_PLACE(name) static constexpr std::string_view type = name

struct Nowhere {
    LINKA_PLACE("none");
    auto operator<=>(const Nowhere&) const = default;
};
struct Queue {
    LINKA_PLACE("queue");
    QueueId queue{};
    auto operator<=>(const Queue&) const = default;
};
struct Extension {
    LINKA_PLACE("extension");
    std::string extension{};
    auto operator<=>(const Extension&) const = default;
};
struct RingGroup {
    LINKA_PLACE("ring_group");
    RingGroupId group{};
    auto operator<=>(const RingGroup&) const = default;
};
struct Menu {
    LINKA_PLACE("menu");
    MenuId menu{};
    auto operator<=>(const Menu&) const = default;
};
/// Of this extension; empty: of the company.
struct Voicemail {
    LINKA_PLACE("voicemail");
    std::string mailbox{};
    auto operator<=>(const Voicemail&) const = default;
};
/// Outside, as it is dialled there.
struct Number {
    LINKA_PLACE("number");
    std::string number{};
    auto operator<=>(const Number&) const = default;
};
struct Echo {
    LINKA_PLACE("echo");
    auto operator<=>(const Echo&) const = default;
};
struct Announcement {
    LINKA_PLACE("announcement");
    std::string prompt{};
    auto operator<=>(const Announcement&) const = default;
};
struct HangUp {
    LINKA_PLACE("hangup");
    auto operator<=>(const HangUp&) const = default;
};
struct Busy {
    LINKA_PLACE("busy");
    auto operator<=>(const Busy&) const = default;
};
struct Congestion {
    LINKA_PLACE("congestion");
    auto operator<=>(const Congestion&) const = default;
};

#undef LINKA_PLACE

LINKA_DESCRIBE(Nowhere, ())
LINKA_DESCRIBE(Queue, (queue))
LINKA_DESCRIBE(Extension, (extension))
LINKA_DESCRIBE(RingGroup, (group))
LINKA_DESCRIBE(Menu, (menu))
LINKA_DESCRIBE(Voicemail, (mailbox))
LINKA_DESCRIBE(Number, (number))
LINKA_DESCRIBE(Echo, ())
LINKA_DESCRIBE(Announcement, (prompt))
LINKA_DESCRIBE(HangUp, ())
LINKA_DESCRIBE(Busy, ())
LINKA_DESCRIBE(Congestion, ())

}  // namespace place

using Place = std::variant<place::Nowhere, place::Queue, place::Extension, place::RingGroup,
                           place::Menu, place::Voicemail, place::Number, place::Echo,
                           place::Announcement, place::HangUp, place::Busy, place::Congestion>;

inline bool is_nowhere(const Place& place) {
    return std::holds_alternative<place::Nowhere>(place);
}

/// What a destination says. What names no number where one is asked for names record 0, which does
/// not exist.
Place place_of(const Destination& destination);
/// The number that is dialled to get there; empty: there is none.
std::string number_of(const Place& place);

}  // namespace linka::core
