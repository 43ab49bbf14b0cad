// Is a record fit to be saved? Each check names the field and the limit. The core asks before it
// saves; forms ask beforehand, to name all that is wrong at once.
#pragma once

#include "linka/core/blocker.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/state.hpp"

#include <optional>
#include <string>

namespace linka::core {

struct Fault {
    std::string field;
    std::string text;
    std::optional<BlockerCode> blocker = {};  // not wrong, only not possible now
};

/// Whether nobody could set up anything without this user.
bool is_last_admin(const State& s, const User& user);
inline constexpr const char* last_admin_text = "there must be another administrator first";

/// Of records of which there are few: whether one more may be made beside so many.
std::optional<Fault> check_count(std::size_t there, std::size_t most = limits::kept_records_max);
std::optional<Fault> check(const State& s, const User& user);
/// Of a user's rights alone, to queues and devices.
std::optional<Fault> check_rights_of(const State& s, const User& user);
std::optional<Fault> check(const State& s, const Device& device);
std::optional<Fault> check(const State& s, const Queue& queue, bool create);
std::optional<Fault> check(const State& s, const Pause& pause);
std::optional<Fault> check(const State& s, const RightToCall& right);
std::optional<Fault> check(const State& s, const Profile& profile);
std::optional<Fault> check(const State& s, const Trunk& trunk);
std::optional<Fault> check(const State& s, const Prompt& prompt);
std::optional<Fault> check(const State& s, const Settings& settings);
/// Of routing: beside the other records of `in`, which is how calls go or the sandbox.
std::optional<Fault> check(const State& s, const Routing& in, const Route& route);
std::optional<Fault> check(const State& s, const Routing& in, const Menu& menu);
std::optional<Fault> check(const State& s, const Routing& in, const RingGroup& group);
/// But for the zone: only whoever may read files knows which there are (calendar::find_zone).
std::optional<Fault> check(const State& s, const Routing& in, const TimeGroup& group);
std::optional<Fault> check(const State& s, const Routing& in, const std::string& field,
                           const Destination& to);

}  // namespace linka::core
