// Whose device somebody may log in to, and what stands against it now.
#pragma once

#include "linka/core/blocker.hpp"
#include "linka/core/state.hpp"

#include <optional>
#include <vector>

namespace linka::core {

/// Legs of the user that use this device now.
std::vector<LegId> legs_of_device(const State& state, UserId user, DeviceId device);
/// More than an offer rings there: a conversation, or a call that the user began.
bool talks_on(const State& state, UserId user, DeviceId device);
/// May the user log in to the device: one of their own, one marked as shared, one that their
/// profile lists, or a back-office user's desk telephone. Never a colleague's web phone or external
/// number, nor their own telephone that no profile lists. Every back-office telephone counts as in
/// sight until rights name people.
bool may_log_in(const State& state, const User& user, const Device& device);
/// Devices that are not the user's own and that they may log in to; at most this many, own order:
/// those of their profile first.
inline constexpr std::size_t borrowed_devices_max = 100;
std::vector<DeviceId> devices_to_borrow(const State& state, const User& user);
/// Why the user cannot log in to the device now; none: they can. `take`: also what a colleague is
/// logged in to. A conversation is never taken.
std::optional<Blocker> device_blocker(const State& state, const User& user, const Device& device,
                                      bool take);

}  // namespace linka::core
