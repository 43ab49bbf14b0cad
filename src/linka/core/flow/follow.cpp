// What follows from what has happened to calls, carried out one after another. Each destination
// that a call goes through counts (`go`), so that a circle of them ends.
#include "linka/core/flow/follow.hpp"

#include "linka/core/flow/routing.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/rang_out.hpp"
#include "linka/core/voice/transfer.hpp"

namespace linka::core {

namespace {

void follow(Turn& t, const next::Go& what) {
    go(t, what.call, what.place);
}
void follow(Turn& t, const next::ComeBack& what) {
    if (!come_back(t, what.call)) {
        go(t, what.call, what.otherwise);
    }
}
void follow(Turn& t, const next::RingFailed& what) {
    ring_failed(t, what.call, what.busy);
}

}  // namespace

void follow_up(Turn& t) {
    for (std::vector<Next> all = t.take_next(); !all.empty(); all = t.take_next()) {
        for (const Next& one : all) {
            std::visit([&](const auto& what) { follow(t, what); }, one);
        }
    }
}

}  // namespace linka::core
