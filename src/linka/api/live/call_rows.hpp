// Private to live/: what a list of calls shows beside the row of the call itself: the work of
// people on it with outcomes and notes, whether there is a recording, and of other rows which call
// they are of.
#pragma once

#include "linka/api/directory.hpp"
#include "linka/base/json_read.hpp"
#include "linka/store/reader.hpp"

#include <vector>

namespace linka::api {

/// Filters of a list as people write them: a user by name, and words that are looked for in
/// numbers, names and notes of calls (each word in any of them).
store::Query readable_query(store::Query query, store::Model model, const Records& records);

/// Adds to each shown interaction `activities` ([{name, user, user_title, note, statuses: [{name,
/// title}], recorded}], oldest first) and `recorded`.
Status add_work(store::Reader& reader, const Records& records, json::Array& interactions);

/// Adds to each shown offer or activity `call`: {caller, caller_name, number, direction}, or null.
Status add_call(store::Reader& reader, json::Array& rows);

}  // namespace linka::api
