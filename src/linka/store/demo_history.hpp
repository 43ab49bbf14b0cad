// What calls leave when the demo is removed. A call stays, with everything that belongs to it, if
// one of its queues is nobody's of the demo, if somebody who is not of the demo took part in it
// (was offered it, at least), if it touched nobody of the demo and came from a trunk of one's own,
// or if it goes on. So the figures of one's own users and queues never change.
#pragma once

#include "linka/core/records/demo_records.hpp"
#include "linka/store/db/db.hpp"
#include "linka/store/reader.hpp"

#include <string>

namespace linka::store {

/// Calls and recordings (voicemail included) that go and that stay, if the demo were removed now
/// and the calls that go on were over.
Result<DemoHistory> demo_history(Db& db, const core::DemoRecords& demo);

/// Deletes the rows of calls that go, and all figures and stretches of states of the demo's users
/// and queues; figures of what stays must be added again. Rows of records are left. Errors stick to
/// the Db.
void forget_demo_calls(Db& db, const core::DemoRecords& demo);

/// "-1,1,2,3", for IN (…).
template <typename Id>
std::string id_list(const std::vector<Id>& ids) {
    std::string text = "-1";  // an empty list is no SQL of ours
    for (const Id id : ids) {
        text += "," + std::to_string(id.value);
    }
    return text;
}

}  // namespace linka::store
