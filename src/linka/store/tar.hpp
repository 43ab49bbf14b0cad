// Tar: writes and reads archives of regular files in the ustar format (POSIX.1-1988; sizes above
// 8 GiB in GNU's binary form), so that backups can be looked into with common tools.
#pragma once

#include "linka/base/result.hpp"
#include "linka/runtime/fd.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace linka::store {

inline constexpr std::size_t tar_block = 512;

struct TarEntry {
    std::string name;  // relative, with `/`
    std::int64_t size = 0;
    std::int64_t modified = 0;  // seconds since 1970
};

/// The header block of a file. Errors: `invalid` when the name does not fit (256 bytes at most).
Result<std::array<char, tar_block>> tar_header(const TarEntry& entry);

/// Reads a header block; none for the block of zeros that ends an archive. Errors: `invalid` for a
/// wrong sum, anything but a regular file, or a name that leads out of the directory.
Result<std::optional<TarEntry>> read_tar_header(std::string_view block);

class TarWriter {
  public:
    /// Creates or replaces `path`, readable by its owner alone.
    static Result<TarWriter> create(const std::string& path);

    /// Adds the file at `path`. A file that shrinks meanwhile is filled up with zeros, one that
    /// grows is cut; false if it is gone.
    Result<bool> add(const std::string& name, const std::string& path);
    /// Ends the archive and waits for the disk.
    Status finish();
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }

  private:
    TarWriter(runtime::Fd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
    Status write(std::string_view data);
    Status copy(int from, std::int64_t size);

    runtime::Fd fd_;
    std::string path_;
    std::int64_t bytes_ = 0;
};

class TarReader {
  public:
    static Result<TarReader> open(const std::string& path);

    /// The next entry, or none at the end. What was not read of the one before is skipped.
    Result<std::optional<TarEntry>> next();
    /// Hands over the current entry's content in pieces.
    Status read(const std::function<Status(std::string_view)>& take);

  private:
    TarReader(runtime::Fd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
    Status read_exactly(char* data, std::size_t size);

    runtime::Fd fd_;
    std::string path_;
    std::int64_t left_ = 0;     // of the current entry's content
    std::int64_t padding_ = 0;  // behind it
};

}  // namespace linka::store
