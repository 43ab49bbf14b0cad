#include "linka/app/health.hpp"

#include "linka/base/text.hpp"

#include <filesystem>
#include <system_error>

namespace linka::app {

api::Health::Report report_health(const HealthFacts& facts) {
    api::Health::Report report;
    for (const runtime::Heartbeat::State& thread : facts.threads) {
        const Duration still = facts.now - thread.at;
        if (still > standstill) {
            report.ok = false;
            report.troubles.push_back(text::format("the thread {} stands still for {} s, doing: {}",
                                                   thread.name, whole_seconds(still),
                                                   thread.doing));
        }
    }
    if (!facts.trouble.empty()) {
        report.ok = false;
        report.troubles.push_back(text::format("the journal cannot be written: {}", facts.trouble));
    }
    if (!facts.parked.empty()) {
        report.ok = false;
        report.troubles.push_back(text::format(
            "lists and reports stand still, calls go on: an event could not be folded: {}",
            facts.parked));
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
