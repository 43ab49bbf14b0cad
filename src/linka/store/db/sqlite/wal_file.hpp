// How SQLite's write-ahead log reaches the disk: as one write for each transaction, not as two for
// each page. SQLite writes a log's frame as 24 and 4096 bytes; a transaction of ours changes some
// thirty pages, and the sixty system calls cost more than everything else the store does.
#pragma once

namespace linka::store {

/// The name of SQLite's file layer ("VFS") that gathers what is appended to a write-ahead log until
/// SQLite reads, truncates or syncs it. For connections that sync at each commit only: SQLite shows
/// frames to other connections after the sync, so nobody looks for what is still gathered. All
/// other files are the default layer's. Null if SQLite refuses it. Thread-safe.
const char* gathering_vfs();

}  // namespace linka::store
