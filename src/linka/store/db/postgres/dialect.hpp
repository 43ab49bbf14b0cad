// Where PostgreSQL's SQL is not the dialect of the store (db.hpp), and what it needs beside the
// migrations. Knows no connection.
#pragma once

#include "linka/base/result.hpp"

#include <string>
#include <string_view>

namespace linka::store::postgres {

/// A statement with `?` parameters, as PostgreSQL numbers them.
std::string numbered(std::string_view sql);

/// Statements of a migration: 64-bit integers, and texts that are compared and ordered by their
/// bytes whatever the database's collation is.
std::string definition(std::string_view sql);

/// Makes, or makes anew, what only PostgreSQL needs: the functions `fold` and `plain`, and the
/// table that says which server holds the database.
std::string own_definitions();

/// How an error with this SQLSTATE is to be treated: `full`, `unavailable` and `timed_out` come
/// from outside and may go away, all others would come again. Empty: the connection is lost.
ErrorCode code_of(std::string_view sqlstate);

}  // namespace linka::store::postgres
