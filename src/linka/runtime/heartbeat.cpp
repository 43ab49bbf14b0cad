#include "linka/runtime/heartbeat.hpp"

#include "linka/runtime/clock.hpp"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <set>
#include <utility>

namespace linka::runtime {
namespace {

struct Registry {
    std::mutex mutex;
    std::set<const Heartbeat*> all;
};

/// Made by the first heartbeat, so it outlives every static one.
Registry& registry() {
    static Registry instance;
    return instance;
}

}  // namespace

Heartbeat::Heartbeat(std::string name, Of of) : name_(std::move(name)), of_(of) {
    beat("starts");
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    known.all.insert(this);
}

Heartbeat::~Heartbeat() {
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    known.all.erase(this);
}

void Heartbeat::beat(std::string_view doing) {
    std::array<char, doing_max> text{};
    std::memcpy(text.data(), doing.data(), std::min(doing.size(), text.size()));
    for (std::size_t i = 0; i < doing_.size(); ++i) {
        Word word = 0;
        std::memcpy(&word, text.data() + i * sizeof word, sizeof word);
        doing_.at(i).store(word, std::memory_order_relaxed);
    }
    at_us_.store(steady_now().us, std::memory_order_relaxed);
}

Heartbeat::State Heartbeat::state() const {
    std::array<char, doing_max> text{};
    for (std::size_t i = 0; i < doing_.size(); ++i) {
        const Word word = doing_.at(i).load(std::memory_order_relaxed);
        std::memcpy(text.data() + i * sizeof word, &word, sizeof word);
    }
    const std::string_view all(text.data(), text.size());
    return {name_, std::string(all.substr(0, all.find('\0'))),
            Instant{at_us_.load(std::memory_order_relaxed)}, of_};
}

std::vector<Heartbeat::State> heartbeats() {
    std::vector<Heartbeat::State> states;
    {
        Registry& known = registry();
        const std::lock_guard lock(known.mutex);
        for (const Heartbeat* each : known.all) {
            states.push_back(each->state());
        }
    }
    std::sort(states.begin(), states.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return states;
}

}  // namespace linka::runtime
