// Every call ends once, and when it has ended nothing of it remains: no leg, nobody waiting, no
// offer, no activity that is not finished. A call without legs has ended.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <algorithm>
#include <set>

namespace linka::sim {
namespace {

class CallChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "call"; }

    void see(const core::Record& record, const Ledger&) override {
        if (const auto* e = std::get_if<core::CallStarted>(&record.event)) {
            if (!known_.insert(e->call).second) {
                violated(text::format("call {} starts twice", e->call.value));
            }
            living_.insert(e->call);
        } else if (const auto* n = std::get_if<core::CallEnded>(&record.event)) {
            if (living_.erase(n->call) == 0) {
                violated(text::format("call {} ends and does not live", n->call.value));
            }
            just_ended_.insert(n->call);
        }
    }

    void settled(const Moment& moment) override {
        const Ledger& ledger = moment.ledger;
        for (const core::CallId id : just_ended_) {
            remains(id, ledger);
        }
        just_ended_.clear();
        for (const core::CallId id : living_) {
            const CallEntry& call = ledger.calls.at(id);
            const bool has_leg =
                std::any_of(call.legs.begin(), call.legs.end(),
                            [&](core::LegId leg) { return !ledger.legs.at(leg).ended; });
            if (!has_leg) {
                violated(text::format("call {} has no leg and lives", id.value));
            }
        }
    }

    void finished(const Moment&) override {
        for (const core::CallId id : living_) {
            violated(text::format("call {} never ended", id.value));
        }
    }

  private:
    void remains(core::CallId id, const Ledger& ledger) {
        for (const core::LegId leg : ledger.calls.at(id).legs) {
            const LegEntry& entry = ledger.legs.at(leg);
            if (!entry.ended && entry.started.call == id) {
                violated(
                    text::format("call {} has ended, its leg {} has not", id.value, leg.value));
            }
        }
        for (const auto& [item, entry] : ledger.interactions) {
            if (entry.call() != id) {
                continue;
            }
            if (!entry.ended) {
                violated(text::format("call {} has ended, its interaction {} has not", id.value,
                                      item.value));
            }
            if (!entry.open_offers.empty()) {
                violated(text::format("call {} has ended and still rings", id.value));
            }
        }
    }

    std::set<core::CallId> known_;
    std::set<core::CallId> living_;
    std::set<core::CallId> just_ended_;
};

}  // namespace

std::unique_ptr<Checker> call_checker() {
    return std::make_unique<CallChecker>();
}

}  // namespace linka::sim
