// The way out for events: a bounded queue, and behind it a list for what did not fit, so that no
// event of a leg is lost. While the list is not empty new calls are refused, which bounds it.
#pragma once

#include "linka/runtime/bounded_queue.hpp"
#include "linka/sip/port.hpp"

#include <cstddef>
#include <deque>
#include <utility>

namespace linka::sip {

inline constexpr std::size_t queue_size = 65536;

class EventSink {
  public:
    explicit EventSink(runtime::BoundedQueue<Event>& queue) : queue_(queue) {}

    void emit(Event event) {
        if (!waiting_.empty() || !queue_.push(event)) {
            waiting_.push_back(std::move(event));
        }
    }
    /// For events that may be lost when nobody takes them.
    void emit_unless_full(Event event) {
        if (waiting_.empty()) {
            static_cast<void>(queue_.push(std::move(event)));
        }
    }
    void retry() {
        while (!waiting_.empty() && queue_.push(waiting_.front())) {
            waiting_.pop_front();
        }
    }
    [[nodiscard]] bool full() const { return !waiting_.empty(); }

  private:
    runtime::BoundedQueue<Event>& queue_;
    std::deque<Event> waiting_;
};

}  // namespace linka::sip
