// Both hear each other or neither does: what the network really connects is what the events say,
// once the network has heard of everything.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

namespace linka::sim {
namespace {

class AudioChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "audio"; }

    void settled(const Moment& moment) override {
        if (moment.effects_pending) {
            return;
        }
        for (const auto& [id, wire] : moment.exchange.wires()) {
            const auto entry = moment.ledger.legs.find(id);
            if (wire.state == WireState::ended || entry == moment.ledger.legs.end() ||
                entry->second.ended) {
                continue;
            }
            one_way(wire, moment.exchange);
            compare(wire, entry->second, moment);
        }
    }

  private:
    void one_way(const Wire& wire, const Exchange& exchange) {
        if (!wire.peer) {
            return;
        }
        const Wire* peer = exchange.find(wire.peer);
        if (peer == nullptr || peer->peer != wire.leg) {
            violated(text::format("leg {} hears {}, which does not hear it", wire.leg.value,
                                  wire.peer.value));
        }
    }

    /// A peer that has just gone is still in the books until its report comes.
    void compare(const Wire& wire, const LegEntry& entry, const Moment& moment) {
        core::LegId expected = entry.peer;
        if (expected) {
            const Wire* peer = moment.exchange.find(expected);
            if (peer == nullptr || peer->state == WireState::ended) {
                expected = {};
            }
        }
        if (wire.peer != expected) {
            violated(text::format("leg {} hears {}, the books say {}", wire.leg.value,
                                  wire.peer.value, entry.peer.value));
        }
    }
};

}  // namespace

std::unique_ptr<Checker> audio_checker() {
    return std::make_unique<AudioChecker>();
}

}  // namespace linka::sim
