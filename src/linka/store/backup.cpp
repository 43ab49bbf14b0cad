#include "linka/store/backup.hpp"

#include "linka/base/text.hpp"
#include "linka/store/copy.hpp"
#include "linka/store/db/db.hpp"
#include "linka/store/files.hpp"
#include "linka/store/journal.hpp"
#include "linka/store/migrate.hpp"
#include "linka/store/store.hpp"
#include "linka/store/tar.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace linka::store {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view database_name = "linka.db";

// A file that is gone when it is no longer needed, unless it was moved away.
class PartFile {
  public:
    explicit PartFile(std::string path) : path_(std::move(path)) {}
    ~PartFile() {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
            fs::remove(path_ + suffix, ignored);
        }
    }
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

bool left_out(const std::string& name) {
    // What lies in cache/ is made again when somebody asks for it.
    return name == "lock" || name.starts_with(database_name) || name.starts_with("ahead-") ||
           name.starts_with("cache/") || name.ends_with(".part") ||
           name.find(".part-") != std::string::npos;
}

// Regular files below the directory, relative, sorted.
Result<std::vector<std::string>> files_of(const std::string& directory) {
    std::vector<std::string> names;
    std::error_code error;
    fs::recursive_directory_iterator entry(directory, fs::directory_options::skip_permission_denied,
                                           error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code gone;
        const std::string name = entry->path().lexically_relative(directory).generic_string();
        if (entry->symlink_status(gone).type() == fs::file_type::regular && !left_out(name)) {
            names.push_back(name);
        }
    }
    if (error) {
        return fail(ErrorCode::unavailable, text::format("{}: {}", directory, error.message()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::int64_t> events_of(const std::string& path) {
    Result<std::unique_ptr<Db>> db = Db::open({.address = path, .mode = Db::Mode::read_only});
    if (!db) {
        return db.error();
    }
    return Journal(**db).last();
}

// A server's database as a file.
Status copy_into_file(Db& from, const std::string& path) {
    Result<std::unique_ptr<Db>> to = Db::open({.address = path, .sync = false});
    if (!to) {
        return to.error();
    }
    const Result<CopyReport> copied = copy_rows(from, **to);
    return copied ? Status(Done{}) : copied.error();
}

Status copy_database(const std::string& from, const std::string& to) {
    Result<std::unique_ptr<Db>> db = Db::open({.address = from, .mode = Db::Mode::read_only});
    if (!db) {
        return db.error();
    }
    const Result<bool> copied = (*db)->copy_to(to);
    if (!copied) {
        return copied.error();
    }
    return *copied ? Status(Done{}) : copy_into_file(**db, to);
}

Status write_archive(const std::string& directory, const std::string& database, TarWriter& tar,
                     BackupReport& report) {
    Result<bool> added = tar.add(std::string(database_name), database);
    if (!added) {
        return added.error();
    }
    report.files = 1;
    const Result<std::vector<std::string>> names = files_of(directory);
    if (!names) {
        return names.error();
    }
    for (const std::string& name : *names) {
        added = tar.add(name, directory + "/" + name);
        if (!added) {
            return added.error();
        }
        report.files += *added ? 1 : 0;
    }
    Status done = tar.finish();
    report.bytes = tar.bytes();
    return done;
}

Status unpack(TarReader& tar, const std::string& directory, BackupReport& report) {
    while (true) {
        Result<std::optional<TarEntry>> entry = tar.next();
        if (!entry) {
            return entry.error();
        }
        if (!*entry) {
            return Done{};
        }
        if (report.files == 0 && (*entry)->name != database_name) {
            return fail(ErrorCode::invalid, "is not a backup of Linka");
        }
        const std::string path = directory + "/" + (*entry)->name;
        Status done = make_private_directory(fs::path(path).parent_path().string());
        if (!done) {
            return done;
        }
        const runtime::Fd file(
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file) {
            return fail(ErrorCode::unavailable, text::format("{}: {}", path, std::strerror(errno)));
        }
        done = tar.read([&](std::string_view piece) -> Status {
            if (::write(file.get(), piece.data(), piece.size()) !=
                static_cast<ssize_t>(piece.size())) {
                return fail(ErrorCode::full, text::format("{}: {}", path, std::strerror(errno)));
            }
            return Done{};
        });
        if (!done || ::fsync(file.get()) != 0) {
            return done ? Status(fail(ErrorCode::unavailable, path + " cannot be written")) : done;
        }
        ++report.files;
        report.bytes += (*entry)->size;
    }
}

Status check_database(const std::string& path, const std::vector<std::string>& without,
                      BackupReport& report) {
    Result<std::unique_ptr<Db>> db = Db::open({.address = path, .sync = false});
    if (!db) {
        return db.error();
    }
    Status whole = (*db)->check();
    if (whole && !without.empty()) {
        whole = (*db)->begin();
        for (const std::string& kind : without) {
            (*db)->prepare("DELETE FROM side WHERE kind = ?").bind(std::string_view(kind)).run();
        }
        whole = whole ? (*db)->commit() : whole;
    }
    const Result<std::int64_t> last = whole ? Journal(**db).last() : whole.error();
    if (!last) {
        return last.error();
    }
    report.events = *last;
    return Done{};
}

Status into_server(const std::string& directory, const std::string& database) {
    const Result<CopyReport> copied = copy_company(directory, database);
    if (!copied) {
        return copied.error();
    }
    std::error_code ignored;
    fs::remove(Place{directory, {}}.address(), ignored);
    return Done{};
}

}  // namespace

Result<BackupReport> backup(const Place& place, const std::string& file) {
    const PartFile database(file + ".db.part");
    const PartFile archive(file + ".part");
    Status done = take_what_is_ahead(place);
    if (!done) {
        return done.error();
    }
    done = copy_database(place.address(), database.path());
    if (!done) {
        return done.error();
    }
    BackupReport report;
    const Result<std::int64_t> events = events_of(database.path());
    if (!events) {
        return events.error();
    }
    report.events = *events;
    Result<TarWriter> tar = TarWriter::create(archive.path());
    if (!tar) {
        return tar.error();
    }
    done = write_archive(place.directory, database.path(), *tar, report);
    if (!done) {
        return done.error();
    }
    if (::rename(archive.path().c_str(), file.c_str()) != 0) {
        return fail(ErrorCode::unavailable, text::format("{}: {}", file, std::strerror(errno)));
    }
    return report;
}

Result<BackupReport> restore(const std::string& file, const Place& place,
                             const std::vector<std::string>& without) {
    const std::string& directory = place.directory;
    std::error_code error;
    const bool existed = fs::exists(directory, error);
    if (existed && !fs::is_empty(directory, error)) {
        return fail(ErrorCode::refused,
                    text::format("{} is not empty: give a new directory", directory));
    }
    Result<TarReader> tar = TarReader::open(file);
    if (!tar) {
        return tar.error();
    }
    BackupReport report;
    Status done = make_private_directory(directory);
    if (done) {
        done = unpack(*tar, directory, report);
    }
    if (done && report.files == 0) {
        done = fail(ErrorCode::invalid, "is not a backup of Linka");
    }
    if (done) {
        done = check_database(Place{directory, {}}.address(), without, report);
    }
    if (done && !place.database.empty()) {
        done = into_server(directory, place.database);
    }
    if (done) {
        return report;
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
        std::error_code ignored;
        fs::remove_all(entry.path(), ignored);
    }
    if (!existed) {
        fs::remove(directory, error);
    }
    return fail(done.error().code, text::format("{}: {}", file, done.error().text));
}

}  // namespace linka::store
