// Migrations: the schema, grown forward by the files of migrations/, which are part of the program.
#pragma once

#include "linka/store/db/db.hpp"

#include <span>
#include <string_view>

namespace linka::store {

struct Migration {
    int version = 0;
    std::string_view name;
    std::string_view sql;
};

/// All of this program, ascending, without gaps from 1. Made by CMake from migrations/*.sql.
std::span<const Migration> migrations();

/// Brings the database to the newest version; each migration is a transaction of its own. Errors:
/// `refused` when the database is newer than the program.
Status migrate(Db& db, std::span<const Migration> all = migrations());

/// Makes all tables of this version in an empty database, within the caller's transaction.
Status make_schema(Db& db);

/// `refused` unless the database is of this program's version; `unavailable` if it is empty.
Status check_version(Db& db);

/// Folds the events that the projections do not have yet: after a migration that made or emptied
/// projection tables, which sets `folded` back.
Status catch_up(Db& db);

}  // namespace linka::store
