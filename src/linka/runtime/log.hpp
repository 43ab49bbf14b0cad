// Log lines: a fixed message and keys. `log::warn("offer declined", {{"queue", 6001}})`.
// error: someone must act. warn: we coped. info: life-cycle. debug: off unless switched on.
// No message bodies, passwords or full telephone numbers. What can happen per packet is a counter
// (metrics.hpp), never a line. Callable from every thread.
#pragma once

#include "linka/base/id.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace linka::log {

enum class Level { debug, info, warn, error };

/// One value of a line, already as text; numbers stay numbers in JSON lines.
struct Value {
    Value(std::string_view value) : text(value) {}    // NOLINT(google-explicit-constructor)
    Value(const std::string& value) : text(value) {}  // NOLINT(google-explicit-constructor)
    Value(const char* value) : text(value) {}         // NOLINT(google-explicit-constructor)
    template <std::integral T>
    Value(T value) : text(std::to_string(value)), number(true) {}  // NOLINT
    template <typename Tag>
    Value(Id<Tag> id) : text(std::to_string(id.value)), number(true) {}  // NOLINT

    std::string text;
    bool number = false;
};

using Fields = std::initializer_list<std::pair<std::string_view, Value>>;

struct Options {
    bool json = false;  // JSON lines instead of readable ones
    Level level = Level::info;
};

/// Lines go to standard error. Before this call too, with the defaults.
void configure(Options options);
bool enabled(Level level);
void write(Level level, std::string_view message, Fields fields);

inline void debug(std::string_view message, Fields fields = {}) {
    if (enabled(Level::debug)) {
        write(Level::debug, message, fields);
    }
}
inline void info(std::string_view message, Fields fields = {}) {
    write(Level::info, message, fields);
}
inline void warn(std::string_view message, Fields fields = {}) {
    write(Level::warn, message, fields);
}
inline void error(std::string_view message, Fields fields = {}) {
    write(Level::error, message, fields);
}

}  // namespace linka::log
