#include "linka/app/health.hpp"

#include "linka/base/slewed_clock.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace linka::app {

namespace {

using Of = runtime::Heartbeat::Of;

// The core's thread asks the workers: while it stands still itself, their silence says nothing.
bool excused(const HealthFacts& facts, const runtime::Heartbeat::State& silent) {
    return silent.of == Of::process &&
           std::any_of(facts.heartbeats.begin(), facts.heartbeats.end(), [&](const auto& each) {
               return each.of == Of::thread && each.name == core_thread &&
                      facts.now - each.at > standstill;
           });
}

std::string standstill_text(const runtime::Heartbeat::State& silent, Duration still) {
    return silent.of == Of::process
               ? text::format(
                     "the media worker {} has not answered for {} s: its calls are silent; if it "
                     "stays so, end this process and another takes its place",
                     silent.name, whole_seconds(still))
               : text::format("the thread {} stands still for {} s, doing: {}", silent.name,
                              whole_seconds(still), silent.doing);
}

std::string clock_text(Duration off) {
    const bool ahead = off > Duration{0};
    return text::format(
        "the machine's clock was set: it is {} s {} of the time that is written down, which "
        "follows it by {} % only, so that no call is cut and no time counts twice{}",
        whole_seconds(std::chrono::abs(off)), ahead ? "ahead" : "behind", SlewedClock::slew_percent,
        ahead ? "; a restart takes it over at once" : "");
}

}  // namespace

api::Health::Report report_health(const HealthFacts& facts) {
    api::Health::Report report;
    for (const runtime::Heartbeat::State& each : facts.heartbeats) {
        const Duration still = facts.now - each.at;
        if (still > standstill && !excused(facts, each)) {
            report.ok = false;
            report.troubles.push_back(standstill_text(each, still));
        }
    }
    if (!facts.trouble.empty()) {
        report.ok = false;
        report.troubles.push_back(text::format("the journal cannot be written: {}", facts.trouble));
    }
    if (!facts.refused.empty()) {
        report.ok = false;
        report.troubles.push_back(
            text::format("a change was refused within the last minute: {}", facts.refused));
    }
    if (!facts.parked.empty()) {
        report.ok = false;
        report.troubles.push_back(text::format(
            "lists and reports stand still, calls go on: an event could not be folded: {}",
            facts.parked));
    }
    if (std::chrono::abs(facts.clock_off) > clock_off_max) {
        report.troubles.push_back(clock_text(facts.clock_off));
    }
    std::error_code failure;
    const auto space = std::filesystem::space(facts.directory, failure);
    if (!failure && static_cast<std::int64_t>(space.available) < disk_free_min) {
        report.troubles.push_back(text::format("only {} MB free under {}; recordings need room",
                                               space.available >> 20, facts.directory));
    }
    return report;
}

}  // namespace linka::app
