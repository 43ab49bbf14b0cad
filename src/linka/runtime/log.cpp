#include "linka/runtime/log.hpp"

#include "linka/base/iso_time.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"

#include <atomic>
#include <memory>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace linka::log {
namespace {

std::atomic<bool> as_json{false};
std::atomic<Level> lowest{Level::info};

/// Never destroyed: threads and static objects may log until the very end.
spdlog::logger& logger() {
    static spdlog::logger& instance = [&]() -> spdlog::logger& {
        auto made = std::make_unique<spdlog::logger>(
            "linka", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_level(spdlog::level::trace);  // `lowest` decides
        made->set_pattern("%v");                // write() puts the whole line together
        return *made.release();
    }();
    return instance;
}

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warn:
            return "warn";
        case Level::error:
            return "error";
    }
    return "error";
}

/// Bare where that is unambiguous, else quoted and escaped, so that a line stays one line.
void append_readable(std::string& line, std::string_view value) {
    bool plain = !value.empty();
    for (const char c : value) {
        plain = plain && c > ' ' && c != '"' && c != '=' && c != '\\' && c != '\x7F';
    }
    if (plain) {
        line += value;
    } else {
        json::write_string(line, value);
    }
}

std::string readable_line(Level level, std::string_view message, Fields fields) {
    std::string line =
        text::format("{} {:<5} {}", iso_time(runtime::wall_now()), name_of(level), message);
    for (const auto& [key, value] : fields) {
        line += ' ';
        line += key;
        line += '=';
        append_readable(line, value.text);
    }
    return line;
}

std::string json_line(Level level, std::string_view message, Fields fields) {
    std::string line = text::format("{{\"time\":\"{}\",\"level\":\"{}\",\"message\":",
                                    iso_time(runtime::wall_now()), name_of(level));
    json::write_string(line, message);
    for (const auto& [key, value] : fields) {
        line += ',';
        json::write_string(line, key);
        line += ':';
        if (value.number) {
            line += value.text;
        } else {
            json::write_string(line, value.text);
        }
    }
    line += '}';
    return line;
}

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

}  // namespace

void configure(Options options) {
    as_json.store(options.json, std::memory_order_relaxed);
    lowest.store(options.level, std::memory_order_relaxed);
}

bool enabled(Level level) {
    return level >= lowest.load(std::memory_order_relaxed);
}

void write(Level level, std::string_view message, Fields fields) {
    if (!enabled(level)) {
        return;
    }
    const std::string line = as_json.load(std::memory_order_relaxed)
                                 ? json_line(level, message, fields)
                                 : readable_line(level, message, fields);
    logger().log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace linka::log
