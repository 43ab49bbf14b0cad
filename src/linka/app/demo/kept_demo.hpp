// What is kept of the demo among the side records: which records are its, as opposed to what people
// have made since, and that it was removed.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/core/input.hpp"
#include "linka/core/state.hpp"

#include <string>
#include <string_view>

namespace linka::app {

/// Records that were removed by hand stay listed, since what they left behind (calls, figures) is
/// the demo's all the same.
struct KeptDemo {
    bool there = false;
    core::RecordIds records;
    bool removed = false;
    core::RecordingId recordings;  // removed: the last one until then
};
LINKA_DESCRIBE(KeptDemo, (there, records, removed, recordings))

std::string to_text(const KeptDemo& demo);
/// What cannot be read is none.
KeptDemo kept_demo_from_text(std::string_view text);

/// Everything that there is now but the system's own pauses: right after seed_demo(), the demo.
core::RecordIds all_records(const core::State& state);

/// These are the demo's, with those that are already. It is there from then on.
void add(KeptDemo& demo, const core::RecordIds& records);

/// The demo's removal for an administrator who stays, though their past goes. Calls of its
/// customers are made up, so they end with it whoever took them.
core::RemoveRecords removal_of(const KeptDemo& demo, const core::State& state, core::UserId keep);

}  // namespace linka::app
