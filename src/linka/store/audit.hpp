// Audit: folds the journal afresh into a scratch database and compares every projection with the
// one that the program keeps, row by row. Works beside a running server, on one moment of its data.
#pragma once

#include "linka/base/result.hpp"
#include "linka/store/files.hpp"
#include "linka/store/migrate.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace linka::store {

struct AuditReport {
    struct TableCount {
        std::string table;
        std::int64_t rows = 0;  // of the fresh fold
        std::int64_t differences = 0;
    };
    std::int64_t events = 0;
    std::vector<TableCount> tables;
    /// One line each: the table, the key, each column that differs with both values. The first 100.
    std::vector<std::string> differences;
    [[nodiscard]] bool equal() const {
        for (const TableCount& table : tables) {
            if (table.differences != 0) {
                return false;
            }
        }
        return true;
    }
};

/// Errors: `unavailable` (no such store), `refused` (data of another version of the program),
/// `internal` (journal damaged, says at which event).
Result<AuditReport> audit(const Place& place);

}  // namespace linka::store
