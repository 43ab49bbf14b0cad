#include "sim/random/run.hpp"

#include "linka/base/text.hpp"
#include "sim/random/town.hpp"

namespace linka::sim {
namespace {

// Two cores of which one is only written otherwise ring the same people in the same order, whatever
// their events look like.
std::string rung(const std::vector<core::Record>& journal) {
    std::string rung;
    for (const core::Record& record : journal) {
        const auto* leg = std::get_if<core::LegStarted>(&record.event);
        if (leg == nullptr || leg->incoming) {
            continue;
        }
        const std::int64_t ms = (record.at.us - journal.front().at.us) / 1000;
        rung += leg->device ? text::format(" {}/{}/{}", ms, leg->user.value, leg->device.value)
                            : text::format(" {}/{}", ms, leg->number);
    }
    return rung;
}

}  // namespace

RunResult run_seed(const RunOptions& options) {
    Town town({options.seed, options.length, options.trace});
    town.run();
    RunResult result;
    result.seed = options.seed;
    result.fingerprint = town.world().fingerprint();
    result.inputs = town.world().inputs();
    result.events = town.world().journal().size();
    result.callers = town.callers();
    result.restarts = town.restarts();
    result.findings = town.world().findings();
    result.trace = town.world().trace();
    result.rung = rung(town.world().journal());
    return result;
}

}  // namespace linka::sim
