// LockFile: says that this process has a directory open for writing. Held while the object lives;
// the kernel lets go when the process dies.
#pragma once

#include "linka/base/result.hpp"
#include "linka/runtime/fd.hpp"

#include <string>

namespace linka::store {

class LockFile {
  public:
    /// `conflict` names the process that holds it.
    static Result<LockFile> take(const std::string& path);

  private:
    explicit LockFile(runtime::Fd fd) : fd_(std::move(fd)) {}
    runtime::Fd fd_;
};

}  // namespace linka::store
