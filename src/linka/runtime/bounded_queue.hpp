// BoundedQueue: many producers, one consumer that is woken through an eventfd, so that it can sit
// in any event loop (ours, Asio's, sofia's). Owners and overflow rules: docs/threads.md.
#pragma once

#include "linka/runtime/fd.hpp"
#include "linka/runtime/wakeup.hpp"

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace linka::runtime {

template <typename T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t size_max) : size_max_(size_max) {}

    /// False when full: nothing was taken, the caller decides what that means.
    [[nodiscard]] bool push(T item) {
        bool was_empty = false;
        {
            const std::lock_guard lock(mutex_);
            if (items_.size() >= size_max_) {
                return false;
            }
            was_empty = items_.empty();
            items_.push_back(std::move(item));
        }
        if (was_empty) {
            wakeup_.signal();
        }
        return true;
    }

    /// Everything that waits, oldest first; clears the wake-up.
    std::vector<T> take_all() {
        wakeup_.clear();
        const std::lock_guard lock(mutex_);
        return std::exchange(items_, {});
    }

    /// Readable while something waits.
    [[nodiscard]] int fd() const { return wakeup_.fd(); }

  private:
    const std::size_t size_max_;
    Wakeup wakeup_;
    std::mutex mutex_;
    std::vector<T> items_;
};

}  // namespace linka::runtime
