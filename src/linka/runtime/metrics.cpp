#include "linka/runtime/metrics.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <string_view>
#include <tuple>
#include <utility>

namespace linka::metrics {
namespace {

using Value = std::atomic<std::int64_t>;

struct Entry {
    std::string name;
    std::string help;
    std::string labels;
    std::string_view type;
};

struct Registry {
    std::mutex mutex;
    std::map<const Value*, Entry> entries;
};

/// Made by the first metric, so it outlives every static one.
Registry& registry() {
    static Registry instance;
    return instance;
}

bool is_name(std::string_view name) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    };
    return !name.empty() && letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

void enter(const Value& value, Entry entry) {
    LINKA_ASSERT(is_name(entry.name));
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    all.entries.emplace(&value, std::move(entry));
}

void leave(const Value& value) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    all.entries.erase(&value);
}

std::string escaped_help(std::string_view help) {
    std::string out;
    for (const char c : help) {
        if (c == '\\') {
            out += "\\\\";
        } else if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out;
}

struct Family {
    std::string help;
    std::string_view type;
    std::map<std::string, std::int64_t> values;  // by labels
};

}  // namespace

Counter::Counter(std::string name, std::string help, std::string labels) {
    enter(value_, {std::move(name), std::move(help), std::move(labels), "counter"});
}

Counter::~Counter() {
    leave(value_);
}

Gauge::Gauge(std::string name, std::string help, std::string labels) {
    enter(value_, {std::move(name), std::move(help), std::move(labels), "gauge"});
}

Gauge::~Gauge() {
    leave(value_);
}

std::string render() {
    std::map<std::string, Family> families;
    {
        Registry& all = registry();
        const std::lock_guard lock(all.mutex);
        for (const auto& [value, entry] : all.entries) {
            Family& family = families[entry.name];
            // Which object comes first depends on addresses; the output must not.
            family.help = std::max(family.help, entry.help);
            family.type = std::max(family.type, entry.type);
            family.values[entry.labels] += value->load(std::memory_order_relaxed);
        }
    }
    std::string out;
    for (const auto& [name, family] : families) {
        out += text::format("# HELP {} {}\n# TYPE {} {}\n", name, escaped_help(family.help), name,
                            family.type);
        for (const auto& [labels, value] : family.values) {
            out += labels.empty() ? text::format("{} {}\n", name, value)
                                  : text::format("{}{{{}}} {}\n", name, labels, value);
        }
    }
    return out;
}

}  // namespace linka::metrics
