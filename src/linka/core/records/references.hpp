// Private to the core: what refers to a record, so that nothing is removed from under a call's way.
#pragma once

#include "linka/core/state.hpp"

#include <string>
#include <vector>

namespace linka::core {

/// The names of what sends calls to this place: numbers of routing rules, titles of menus, queues
/// and ring groups with their numbers. `to.kind` queue, ring_group, menu, or extension (then also
/// its voicemail and membership in ring groups). At most references_max of them.
inline constexpr std::size_t references_max = 20;
std::vector<std::string> references_to(const State& s, const Place& to);

}  // namespace linka::core
