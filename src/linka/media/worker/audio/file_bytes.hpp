// FileBytes: a file read front to back in pieces, for the readers of sound files.
#pragma once

#include "linka/runtime/fd.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace linka::media {

class FileBytes {
  public:
    /// False if it cannot be opened or is no ordinary file.
    bool open(const std::string& path);
    /// Fewer bytes than asked: end of the file.
    std::size_t read(std::span<std::uint8_t> out);
    /// Passes over bytes; beyond the end is no error.
    void skip(std::int64_t bytes);

  private:
    runtime::Fd fd_;
};

}  // namespace linka::media
