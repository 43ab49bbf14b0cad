// What can be learnt about a data directory from outside, while a server may be using it.
#pragma once

#include "linka/base/result.hpp"
#include "linka/core/records.hpp"

#include <string>
#include <string_view>

namespace linka::store {

/// The process that has the directory open for writing, 0 if none.
int running_process(const std::string& directory);

/// The settings of the instance as last saved. Errors: `not_found` for a directory without any.
Result<core::Settings> read_settings(const std::string& directory);

/// A side record (Store's Side) as last saved; empty: there is none.
std::string read_side(const std::string& directory, std::string_view kind, std::string_view name);

}  // namespace linka::store
