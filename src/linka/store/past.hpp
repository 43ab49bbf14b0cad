// What people and queues leave behind when their past is forgotten (docs/decisions/0015). A call
// goes with it. It stays, with everything that belongs to it, if one of its queues is none of
// these, if somebody else took part in it (was offered it, at least), if it touched nobody of them
// and came from another trunk, or if it goes on. So the figures of others never change.
#pragma once

#include "linka/core/records/record_ids.hpp"
#include "linka/store/db/db.hpp"
#include "linka/store/reader.hpp"

#include <string>

namespace linka::store {

/// Calls and recordings (voicemail included) that go and that stay, if this past were forgotten
/// now and the calls that go on were over.
Result<PastAmounts> past_amounts(Db& db, const core::Past& past);

/// Deletes the rows of calls that go, and all figures and stretches of states of these users and
/// queues; figures of what stays must be added again. Rows of records are left. Errors stick to
/// the Db.
void forget_past(Db& db, const core::Past& past);

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
