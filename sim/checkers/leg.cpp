// Every leg starts once and ends once, belongs to a call that lives, and is connected only while
// both sides are answered and alive.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <set>

namespace linka::sim {
namespace {

class LegChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "leg"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::LegStarted>(&record.event)) {
            if (!known_.insert(e->leg).second) {
                violated(text::format("leg {} starts twice", e->leg.value));
            }
            if (e->incoming == (e->leg.value % 2 == 0)) {
                violated(text::format("leg {} has a number of the other kind", e->leg.value));
            }
            living_.insert(e->leg);
        } else if (const auto* n = std::get_if<core::LegEnded>(&record.event)) {
            if (living_.erase(n->leg) == 0) {
                violated(text::format("leg {} ends and does not live", n->leg.value));
            }
        } else if (const auto* c = std::get_if<core::LegsConnected>(&record.event)) {
            connected(c->a, ledger);
            connected(c->b, ledger);
            if (c->a == c->b) {
                violated(text::format("leg {} is connected with itself", c->a.value));
            }
        } else if (const auto* a = std::get_if<core::LegAnswered>(&record.event)) {
            if (!answered_.insert(a->leg).second) {
                violated(text::format("leg {} is answered twice", a->leg.value));
            }
        }
    }

    void settled(const Moment& moment) override {
        for (const core::LegId id : living_) {
            const auto call = moment.ledger.calls.find(moment.ledger.legs.at(id).started.call);
            if (call == moment.ledger.calls.end() || call->second.ended) {
                violated(text::format("leg {} lives without a call", id.value));
            }
        }
    }

    void finished(const Moment& moment) override {
        for (const core::LegId id : living_) {
            violated(text::format("leg {} never ended", id.value));
        }
        for (const core::LegId id : moment.exchange.alive()) {
            violated(text::format("leg {} lives on in the network", id.value));
        }
    }

  private:
    void connected(core::LegId id, const Ledger& ledger) {
        if (living_.count(id) == 0) {
            violated(text::format("leg {} is connected and does not live", id.value));
        } else if (!ledger.legs.at(id).answered) {
            violated(text::format("leg {} is connected and not answered", id.value));
        }
    }

    std::set<core::LegId> known_;
    std::set<core::LegId> living_;
    std::set<core::LegId> answered_;
};

}  // namespace

std::unique_ptr<Checker> leg_checker() {
    return std::make_unique<LegChecker>();
}

}  // namespace linka::sim
