// What belongs to the demo: the questions about DemoRecords that its removal and its surfaces
// share.
#pragma once

#include "linka/core/state.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace linka::core {

/// Is it among the demo's? The list is sorted.
template <typename T>
bool is_among(const std::vector<T>& list, const T& value) {
    return std::binary_search(list.begin(), list.end(), value);
}

/// Somebody of the demo has it, or it came from a queue of the demo.
bool is_work_of_demo(const State& state, const Activity& activity);
/// The call cannot go on without the demo: somebody or something of the demo is in it, or nobody
/// and no queue at all has it yet.
bool needs_demo(const State& state, const Call& call);
/// A call of a simulated customer: it came over a trunk of the demo from one of `callers` (numbers,
/// or their last digits).
bool is_simulated(const State& state, const Call& call, const std::vector<std::string>& callers);
/// Calls that live and cannot go on without the demo, ascending; without simulated ones, since
/// nobody minds their end.
std::vector<CallId> calls_of_demo(const State& state, const std::vector<std::string>& callers);

/// Records that RemoveDemo would remove now.
struct DemoCounts {
    int users = 0;
    int devices = 0;
    int queues = 0;
    int numbers = 0;  // inbound rules
    int menus = 0;
    int ring_groups = 0;
    int pauses = 0;
};
/// Of the demo, without `keep`; and of everything else, with it.
DemoCounts demo_goes(const State& state, UserId keep);
DemoCounts demo_stays(const State& state, UserId keep);
/// Inbound rules made by hand that would lead nowhere.
std::vector<RouteId> routes_cut_off(const State& state, UserId keep);

}  // namespace linka::core
