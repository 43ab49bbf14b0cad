// Backup and restore of a store as one tar file: a consistent copy of the database, as a file
// whichever kind it is, and every other file of the directory (recordings, certificates,
// configuration). Both work without the Store object; backup beside a running server.
#pragma once

#include "linka/base/result.hpp"
#include "linka/store/files.hpp"

#include <cstdint>
#include <string>

namespace linka::store {

struct BackupReport {
    std::int64_t files = 0;
    std::int64_t bytes = 0;   // of the archive
    std::int64_t events = 0;  // in the journal
};

/// Writes `file`, replacing it when complete. The database is copied first, so every recording that
/// it names as finished is in the archive. Left out: locks, sockets, what is being written
/// (`*.part`).
Result<BackupReport> backup(const Place& place, const std::string& file);

/// Unpacks `file` into the directory, which must be empty or not exist (`refused`), and the
/// database into that of `place`, which must be empty as well if it is a server's. An archive that
/// is no backup, or damaged, leaves nothing behind. Side records of the kinds of `without` are left
/// out: what a server needs that goes on, and a copy of it must not have.
Result<BackupReport> restore(const std::string& file, const Place& place,
                             const std::vector<std::string>& without = {});

}  // namespace linka::store
