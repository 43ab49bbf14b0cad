// Writes entries of the change log, in the transaction of the change that each is about, so that
// neither is there without the other.
#pragma once

#include "linka/store/change.hpp"
#include "linka/store/db/db.hpp"

namespace linka::store {

/// Within a transaction; what went wrong stands in the database's error.
void write_change(Db& db, const Change& change);

}  // namespace linka::store
