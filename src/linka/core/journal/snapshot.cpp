// The state as text: snapshots.
#include "linka/base/json_read.hpp"
#include "linka/core/core.hpp"
#include "linka/core/journal/evolve.hpp"

namespace linka::core {

namespace {
// A snapshot is our own file: as large as a big company, never deep.
constexpr json::ReadLimits snapshot_limits{std::size_t{1} << 30, 16};
}  // namespace

std::string save_state(const State& state) {
    return json::to_text(state);
}

Result<bool> load_state(State& state, std::string_view text) {
    Result<State> read = json::from_text<State>(text, json::Unknown::ignore, snapshot_limits);
    if (!read) {
        return read.error();
    }
    state = std::move(*read);
    adopt_trunks(state);
    rebuild_index(state);
    return true;
}

}  // namespace linka::core
