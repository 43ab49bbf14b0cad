#include "linka/core/journal/evolve.hpp"

#include "linka/base/assert.hpp"
#include "linka/core/core.hpp"

namespace linka::core {

void evolve(State& state, const Record& record) {
    LINKA_ASSERT(record.seq == state.seq + 1);
    state.seq = record.seq;
    state.at = std::max(state.at, record.at);
    std::visit([&](const auto& event) { fold(state, state.at, event); }, record.event);
}

}  // namespace linka::core
