#include "linka/runtime/fd.hpp"

#include <unistd.h>

namespace linka::runtime {

void Fd::reset() {
    if (fd_ >= 0) {
        // Linux frees the number even when close() reports an error, so it is never repeated.
        ::close(std::exchange(fd_, -1));
    }
}

}  // namespace linka::runtime
