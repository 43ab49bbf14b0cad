#include "sim/random/run.hpp"

#include "sim/random/town.hpp"

namespace linka::sim {

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
    return result;
}

}  // namespace linka::sim
