// Why a user got, or did not get, the work of a queue: one character for each candidate in Decided,
// and its expansion for people.
#pragma once

#include "linka/core/journal/event.hpp"

#include <string_view>
#include <vector>

namespace linka::core {

/// The rules in the order in which they are asked; the first that holds is the verdict.
namespace verdict {
inline constexpr char chosen = '*';
inline constexpr char eligible = '.';     // could have been chosen; the strategy preferred another
inline constexpr char back_office = 'b';  // no queues for them
inline constexpr char deactivated = 'x';
inline constexpr char logged_out = 'o';
inline constexpr char not_in_queue = 'q';  // logged in, but not to this queue
inline constexpr char not_ready = 'n';
inline constexpr char wrap = 'w';
inline constexpr char paused = 'p';
inline constexpr char no_device = 'd';
inline constexpr char unreachable = 'u';    // no device of theirs is registered
inline constexpr char device_failed = 'f';  // their telephone refused without ringing, and rests
inline constexpr char on_call = 't';
inline constexpr char ringing = 'r';
inline constexpr char working = 'a';   // one of the same channel is open, and no other comes beside
inline constexpr char matrix = 'k';    // beside what is open the distribution matrix gives no more
inline constexpr char capacity = 'm';  // max_activities is reached
inline constexpr char penalty = 'h';   // eligible, but a lower penalty came first
inline constexpr char had_it = 'v';    // eligible, but has had this item before
}  // namespace verdict

/// The rule's stable name ("chosen", "not_ready", …); empty for a character that is none.
std::string_view verdict_rule(char verdict);

struct CandidateVerdict {
    UserId user;
    std::string_view rule;
};
/// Every candidate of a decision with the rule, ascending by user. Stops where the two lists of the
/// event do not match in length.
std::vector<CandidateVerdict> expand(const Decided& decided);
/// Packs ascending ids into ranges, the opposite of what expand() does.
std::vector<IdRange> pack(const std::vector<UserId>& users);

}  // namespace linka::core
