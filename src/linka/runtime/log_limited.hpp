// Log lines about what strangers can make happen as often as they like: one line in a while, and
// the next one says how many were left out. The number of all belongs into a counter (metrics.hpp).
#pragma once

#include "linka/base/time.hpp"
#include "linka/runtime/log.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace linka::log {

/// One kind of line. `static log::Limited line; line.warn("…", {…});` Callable from every thread.
class Limited {
  public:
    static constexpr Duration usual = 1s;

    explicit Limited(Duration at_most_once_in = usual) : pause_(at_most_once_in) {}

    void warn(std::string_view message, Fields fields = {}) { write(Level::warn, message, fields); }
    void info(std::string_view message, Fields fields = {}) { write(Level::info, message, fields); }

    /// How many were left out since the last line, if one may be written now.
    std::optional<std::int64_t> admit(Instant steady);

  private:
    void write(Level level, std::string_view message, Fields fields);

    const Duration pause_;
    std::mutex mutex_;
    Instant next_;
    std::int64_t left_out_ = 0;
};

/// A name that a stranger chose, as a log line may hold it: at most 64 bytes, "?" if not UTF-8.
/// The line escapes control characters by itself.
std::string outside(std::string_view name);

}  // namespace linka::log
