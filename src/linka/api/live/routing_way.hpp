// What routing would do with a call, told to people: the way of one call, and all ways from a
// number. By the records alone; no call is made.
#pragma once

#include "linka/api/site.hpp"
#include "linka/base/json_read.hpp"
#include "linka/core/flow/way.hpp"

#include <string>

namespace linka::api {

/// A call that is tried. `keys`: what the caller presses, one after the other. `at`: wall time of
/// the zone of who asks; empty: now.
struct TriedCall {
    std::string did;
    std::string clid;
    std::string keys;
    std::string at;
};
LINKA_DESCRIBE(TriedCall, (did, clid, keys, at))

/// More places are not gone through.
inline constexpr int way_places_max = 100;
inline constexpr int tree_places_max = 500;

/// The rule and the places that the call comes by, each with `kind`, `title` and `text`, which says
/// why.
json::Array way_json(const core::State& state, const core::Routing& in, const TriedCall& call,
                     Instant at, Language language);

/// The rule, and every place that calls which it takes can come to: `kind`, `title`,
/// and `exits` with `kind`, `key` and the place that they lead `to`. A place that stands further up
/// has `again` instead of exits. `time_group` and `when_shut`, if the rule has one: its title, and
/// the place instead of `to` while it is shut. Null for none.
json::Value tree_json(const core::State& state, const core::Routing& in, const core::Route* rule);

}  // namespace linka::api
