#include "linka/store/db/sqlite/wal_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include <sqlite3.h>

namespace linka::store {
namespace {

constexpr const char* vfs_name = "linka-gathering";
constexpr std::size_t gathered_bytes_max = 1 << 20;
// SQLite's layer for Unix cuts the size of a write to 17 bits.
constexpr std::size_t written_bytes_max = 1 << 16;

// SQLite gives us memory for this and, behind it, for the default layer's file.
struct WalFile {
    sqlite3_file base{};
    sqlite3_file* real = nullptr;
    std::vector<char> bytes;  // appended, not written yet
    std::int64_t offset = 0;  // where they belong
};

WalFile& wal_of(sqlite3_file* file) {
    return *reinterpret_cast<WalFile*>(file);
}

int write_gathered(WalFile& wal) {
    int code = SQLITE_OK;
    for (std::size_t done = 0; done < wal.bytes.size() && code == SQLITE_OK;) {
        const std::size_t size = std::min(wal.bytes.size() - done, written_bytes_max);
        code = wal.real->pMethods->xWrite(wal.real, wal.bytes.data() + done, static_cast<int>(size),
                                          wal.offset + static_cast<std::int64_t>(done));
        done += size;
    }
    // If it failed the transaction fails with it, and SQLite writes this part of the log anew.
    wal.bytes.clear();
    return code;
}

int wal_close(sqlite3_file* file) {
    WalFile& wal = wal_of(file);
    const int written = write_gathered(wal);
    const int closed = wal.real->pMethods->xClose(wal.real);
    std::destroy_at(&wal);
    return written != SQLITE_OK ? written : closed;
}

int wal_read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
    WalFile& wal = wal_of(file);
    const int written = write_gathered(wal);
    return written != SQLITE_OK ? written : wal.real->pMethods->xRead(wal.real, to, amount, offset);
}

int wal_write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    WalFile& wal = wal_of(file);
    const auto size = static_cast<std::size_t>(amount);
    const auto end = wal.offset + static_cast<std::int64_t>(wal.bytes.size());
    if (!wal.bytes.empty() && (offset != end || wal.bytes.size() + size > gathered_bytes_max)) {
        const int written = write_gathered(wal);
        if (written != SQLITE_OK) {
            return written;
        }
    }
    if (wal.bytes.empty()) {
        wal.offset = offset;
    }
    const auto* bytes = static_cast<const char*>(from);
    wal.bytes.insert(wal.bytes.end(), bytes, bytes + size);
    return SQLITE_OK;
}

int wal_truncate(sqlite3_file* file, sqlite3_int64 size) {
    WalFile& wal = wal_of(file);
    const int written = write_gathered(wal);
    return written != SQLITE_OK ? written : wal.real->pMethods->xTruncate(wal.real, size);
}

int wal_sync(sqlite3_file* file, int flags) {
    WalFile& wal = wal_of(file);
    const int written = write_gathered(wal);
    return written != SQLITE_OK ? written : wal.real->pMethods->xSync(wal.real, flags);
}

int wal_size(sqlite3_file* file, sqlite3_int64* size) {
    WalFile& wal = wal_of(file);
    const int written = write_gathered(wal);
    return written != SQLITE_OK ? written : wal.real->pMethods->xFileSize(wal.real, size);
}

int wal_lock(sqlite3_file* file, int level) {
    return wal_of(file).real->pMethods->xLock(wal_of(file).real, level);
}

int wal_unlock(sqlite3_file* file, int level) {
    return wal_of(file).real->pMethods->xUnlock(wal_of(file).real, level);
}

int wal_reserved(sqlite3_file* file, int* reserved) {
    return wal_of(file).real->pMethods->xCheckReservedLock(wal_of(file).real, reserved);
}

int wal_control(sqlite3_file* file, int operation, void* argument) {
    return wal_of(file).real->pMethods->xFileControl(wal_of(file).real, operation, argument);
}

int wal_sector(sqlite3_file* file) {
    return wal_of(file).real->pMethods->xSectorSize(wal_of(file).real);
}

int wal_traits(sqlite3_file* file) {
    return wal_of(file).real->pMethods->xDeviceCharacteristics(wal_of(file).real);
}

const sqlite3_io_methods* wal_methods() {
    static const sqlite3_io_methods methods = [] {
        sqlite3_io_methods made{};
        made.iVersion = 1;  // a log is neither locked by pages nor mapped
        made.xClose = wal_close;
        made.xRead = wal_read;
        made.xWrite = wal_write;
        made.xTruncate = wal_truncate;
        made.xSync = wal_sync;
        made.xFileSize = wal_size;
        made.xLock = wal_lock;
        made.xUnlock = wal_unlock;
        made.xCheckReservedLock = wal_reserved;
        made.xFileControl = wal_control;
        made.xSectorSize = wal_sector;
        made.xDeviceCharacteristics = wal_traits;
        return made;
    }();
    return &methods;
}

sqlite3_vfs* below(sqlite3_vfs* vfs) {
    return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

// Files other than logs become the default layer's own: it fills in its methods.
int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    if ((flags & SQLITE_OPEN_WAL) == 0) {
        return below(vfs)->xOpen(below(vfs), path, file, flags, out_flags);
    }
    auto* wal = std::construct_at(reinterpret_cast<WalFile*>(file));
    wal->real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(WalFile));
    std::memset(wal->real, 0, static_cast<std::size_t>(below(vfs)->szOsFile));
    const int code = below(vfs)->xOpen(below(vfs), path, wal->real, flags, out_flags);
    if (code != SQLITE_OK) {
        std::destroy_at(wal);
        file->pMethods = nullptr;  // then SQLite does not close it
        return code;
    }
    wal->base.pMethods = wal_methods();
    return SQLITE_OK;
}

const char* register_vfs() {
    sqlite3_vfs* standard = sqlite3_vfs_find(nullptr);
    if (standard == nullptr) {
        return nullptr;
    }
    // The other methods work on paths, which are the same; the default layer finds what it needs
    // of itself in pAppData, so they are given it, not us.
    static sqlite3_vfs vfs = *standard;
    vfs.zName = vfs_name;
    vfs.pNext = nullptr;
    vfs.pAppData = standard;
    vfs.szOsFile = static_cast<int>(sizeof(WalFile)) + standard->szOsFile;
    vfs.xOpen = open_file;
    vfs.xDelete = [](sqlite3_vfs* self, const char* path, int sync) {
        return below(self)->xDelete(below(self), path, sync);
    };
    vfs.xAccess = [](sqlite3_vfs* self, const char* path, int flags, int* result) {
        return below(self)->xAccess(below(self), path, flags, result);
    };
    vfs.xFullPathname = [](sqlite3_vfs* self, const char* path, int size, char* full) {
        return below(self)->xFullPathname(below(self), path, size, full);
    };
    return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? vfs_name : nullptr;
}

}  // namespace

const char* gathering_vfs() {
    static const char* name = register_vfs();
    return name;
}

}  // namespace linka::store
