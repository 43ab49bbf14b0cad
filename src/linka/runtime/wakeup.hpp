// Wakeup: an eventfd that one thread signals and another watches.
#pragma once

#include "linka/runtime/fd.hpp"

namespace linka::runtime {

class Wakeup {
  public:
    Wakeup();
    void signal();  // thread-safe
    void clear();
    [[nodiscard]] int fd() const { return fd_.get(); }

  private:
    Fd fd_;
};

}  // namespace linka::runtime
