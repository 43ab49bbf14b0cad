// What an entry of the ahead log holds: one Write, its events in the journal's form.
#pragma once

#include "linka/base/result.hpp"
#include "linka/store/store.hpp"

#include <string>
#include <string_view>

namespace linka::store {

/// Appends the events, side records and notes of `write`.
void put_entry(std::string& to, const Write& write);
/// Errors: `internal` names the event that cannot be read.
Result<Write> entry_from(std::string_view body);

}  // namespace linka::store
