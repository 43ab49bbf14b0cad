// Copy: all rows of one database into another, empty one, whichever kinds they are: to move a
// company between a file and a server. Files beside the database (recordings, certificates) stay
// where they are.
#pragma once

#include "linka/base/result.hpp"
#include "linka/store/db/db.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::store {

struct CopyReport {
    struct TableCount {
        std::string table;
        std::int64_t rows = 0;
    };
    std::vector<TableCount> tables;
    std::int64_t events = 0;
};

/// Called while rows are copied: so many of so many of a table are there.
using CopyProgress =
    std::function<void(std::string_view table, std::int64_t rows, std::int64_t of)>;

/// `from` and `to`: a directory with a database in it, or postgresql://…. All or nothing: what
/// fails leaves an empty database. Errors: `conflict` (a server has one of them open), `refused`
/// (`to` is not empty; `from` is of another version of the program), `invalid` (a text that the
/// other database does not keep).
Result<CopyReport> copy_company(const std::string& from, const std::string& to,
                                const CopyProgress& progress = {});

/// The same between open databases; `from` at one moment, also while others write it.
Result<CopyReport> copy_rows(Db& from, Db& to, const CopyProgress& progress = {});

}  // namespace linka::store
