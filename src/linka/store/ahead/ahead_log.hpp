// AheadLog: what has happened and is not in the database yet. A decision waits for one small append
// to it instead of a transaction, which writes whole pages; the database follows. A start works off
// what the database had not taken when the process died.
//
// Two files of fixed size, used in turn and of full length from the beginning, so that an append
// changes no file's length and a full disk cannot refuse it. Each entry has a number, one more than
// the one before, and a checksum; reading ends at what is torn. The checksum begins with a number
// drawn by lot each time a file is begun anew, so that what an earlier turn left in it is no entry.
#pragma once

#include "linka/base/result.hpp"
#include "linka/runtime/fd.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linka::store {

class AheadLog {
  public:
    struct Entry {
        std::int64_t number = 0;
        std::string body;
    };
    struct Options {
        std::string directory;
        bool sync = true;  // false: survives only a crash of the process
        std::size_t file_bytes = 4'194'304;
    };

    /// Opens the files; makes those that are not there. Errors name the file.
    static Result<AheadLog> open(Options options);
    /// Whether a directory has such files. They can only be there beside a database in a file.
    static bool exists(const std::string& directory);

    /// The entries of the log `id` with numbers above `taken`, in order, as far as they are whole.
    /// What another log left is none of them. Errors: `internal` if some are missing before them.
    Result<std::vector<Entry>> read(std::int64_t id, std::int64_t taken);

    /// Begins anew as the log `id`: the next entry has the number `next`, and what was there is no
    /// longer needed.
    void restart(std::int64_t id, std::int64_t next);
    /// Uses up the next number for something that is not in the log; it must be restarted before
    /// the next add().
    void skip() { ++next_; }
    /// Adds an entry to what the next sync() writes. False: the file in use has no room for it, and
    /// nothing was added.
    [[nodiscard]] bool add(std::string_view body);
    /// Writes what was added and waits until it would outlive a loss of power. After an error the
    /// log must be restarted before it is used again.
    Status sync();
    /// After a sync(): goes on in the other file. `taken`: the newest entry that is in the
    /// database. False while that file holds newer ones.
    [[nodiscard]] bool turn_over(std::int64_t taken);
    [[nodiscard]] std::int64_t id() const { return id_; }
    /// That the next entry gets.
    [[nodiscard]] std::int64_t next() const { return next_; }

  private:
    struct File {
        std::string path;
        runtime::Fd fd;
        std::int64_t last = 0;  // the newest number in it
    };

    explicit AheadLog(Options options);

    void begin(File& file);

    Options options_;
    std::array<File, 2> files_;
    std::size_t in_use_ = 0;
    std::int64_t id_ = 0;
    std::int64_t next_ = 1;
    std::uint64_t lot_ = 0;  // of the file in use
    std::size_t at_ = 0;     // where in it `added_` goes
    std::string added_;
};

}  // namespace linka::store
