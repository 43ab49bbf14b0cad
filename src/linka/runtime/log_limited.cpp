#include "linka/runtime/log_limited.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <utility>

namespace linka::log {

std::optional<std::int64_t> Limited::admit(Instant steady) {
    const std::lock_guard lock(mutex_);
    if (steady < next_) {
        ++left_out_;
        return std::nullopt;
    }
    next_ = steady + pause_;
    return std::exchange(left_out_, 0);
}

void Limited::write(Level level, std::string_view message, Fields fields) {
    if (!enabled(level)) {
        return;
    }
    const std::optional<std::int64_t> left_out = admit(runtime::steady_now());
    if (!left_out) {
        return;
    }
    if (*left_out == 0) {
        log::write(level, message, fields);
    } else {
        log::write(level, text::format("{} ({} such lines left out before)", message, *left_out),
                   fields);
    }
}

std::string outside(std::string_view name) {
    constexpr std::size_t name_max = 64;
    if (!text::is_utf8(name)) {
        return "?";
    }
    std::string cut(name.substr(0, name_max));
    while (!text::is_utf8(cut)) {
        cut.pop_back();  // not within a character
    }
    return cut;
}

}  // namespace linka::log
