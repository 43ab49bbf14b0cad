// What people are told of a database that failed: its own words name files, addresses and a
// library's insides, and are for whoever runs the server. They go into the log.
#pragma once

#include "linka/base/result.hpp"

namespace linka::store {

/// The same code, in words for anybody. Errors that are no failure of the database stay.
Error plain(const Error& error);

}  // namespace linka::store
