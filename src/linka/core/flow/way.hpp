// The way of a call through routing, as the records say: the rule that a number is taken by, and
// where a call can go on from a place. Calls go by it; whoever tries or draws a way asks the same.
#pragma once

#include "linka/core/core.hpp"
#include "linka/core/flow/place.hpp"
#include "linka/core/state.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::core {

/// The rule that takes a call from `caller` to `number`, each as the trunk writes it; null: there
/// is none. Trunks write our numbers in several ways: as given first, then without the country's
/// code.
const Route* rule_for(const State& s, const Routing& in, std::string_view number,
                      std::string_view caller);

/// Whether the rule's time group is shut then. What is not there any more is open; hours of a zone
/// that the machine does not know are those of UTC.
bool is_shut(const Routing& in, const Route& rule, FindZone zones, Instant at);
/// Where a call that the rule takes then goes.
Place place_of(const Routing& in, const Route& rule, FindZone zones, Instant at);

/// Why a call goes on: a key was pressed, none was (or a wrong one), it has waited long enough or
/// nobody is there to serve it, nobody answered.
enum class ExitKind { key, no_key, left, no_answer };
LINKA_DESCRIBE_ENUM(ExitKind, key, no_key, left, no_answer)

struct Exit {
    ExitKind kind = ExitKind::key;
    std::string key;  // that was pressed
    Place to;         // never nowhere
    bool operator==(const Exit&) const = default;
};

/// In the order of the records; empty: the call ends there, or stays.
std::vector<Exit> exits_of(const State& s, const Routing& in, const Place& from);

}  // namespace linka::core
