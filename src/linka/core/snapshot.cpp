// State and events as text: snapshots and the journal.
#include "linka/base/json_read.hpp"
#include "linka/core/core.hpp"
#include "linka/core/evolve.hpp"

namespace linka::core {

namespace {
// A snapshot is our own file: as large as a big company, never deep.
constexpr json::ReadLimits snapshot_limits{std::size_t{1} << 30, 16};
constexpr json::ReadLimits event_limits{std::size_t{1} << 22, 16};
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
    rebuild_index(state);
    return true;
}

std::string event_text(const Event& event) {
    return json::to_text(event);
}

Result<Event> event_from_text(std::string_view text) {
    return json::from_text<Event>(text, json::Unknown::ignore, event_limits);
}

}  // namespace linka::core
