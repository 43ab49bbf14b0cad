// What can be learnt about a data directory from outside, while a server may be using it.
#pragma once

#include "linka/base/result.hpp"
#include "linka/core/records/records.hpp"
#include "linka/store/files.hpp"

#include <string>
#include <string_view>

namespace linka::store {

/// The process that has the directory open for writing, 0 if none.
int running_process(const std::string& directory);

/// Whether the database lets us in: the error says what stands against it.
Status reach_database(const Place& place);

/// The settings of the instance as last saved. Errors: `not_found` for a place without any.
Result<core::Settings> read_settings(const Place& place);

/// A side record (Store's Side) as last saved; empty: there is none.
std::string read_side(const Place& place, std::string_view kind, std::string_view name);

}  // namespace linka::store
