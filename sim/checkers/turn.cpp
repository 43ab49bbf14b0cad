// Everybody's turn: a queue does not offer an item a second time to somebody who missed it, pushed
// it away or whose telephone failed, while somebody else is free who has not had it.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"
#include "sim/free.hpp"

#include <map>
#include <set>

namespace linka::sim {
namespace {

class TurnChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "turn"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::OfferStarted>(&record.event)) {
            if (e->decision && had_[e->interaction].count(e->user) > 0) {
                again(*e, ledger);
            }
            if (had_[e->interaction].count(e->user) > 0) {
                had_[e->interaction].clear();
            }
        } else if (const auto* n = std::get_if<core::OfferEnded>(&record.event)) {
            const core::OfferStarted& offer = ledger.offers.at(n->offer).started;
            if (n->outcome == core::OfferOutcome::missed ||
                n->outcome == core::OfferOutcome::rejected || n->reason == "unreachable") {
                had_[offer.interaction].insert(offer.user);
            }
        } else if (const auto* r = std::get_if<core::InteractionReturned>(&record.event)) {
            had_[r->interaction].insert(r->user);
        }
    }

  private:
    void again(const core::OfferStarted& e, const Ledger& ledger) {
        const InteractionEntry& item = ledger.interactions.at(e.interaction);
        if (item.open_offers.size() > 1) {
            violated(text::format("interaction {} comes to user {} again while it rings elsewhere",
                                  e.interaction.value, e.user.value));
        }
        for (const auto& [id, user] : ledger.users) {
            if (id != e.user && user.queues.count(e.queue) > 0 &&
                had_[e.interaction].count(id) == 0 &&
                may_be_offered(id, item.started.channel, ledger)) {
                violated(text::format("interaction {} comes to user {} again, and {} is free",
                                      e.interaction.value, e.user.value, id.value));
            }
        }
    }

    std::map<core::InteractionId, std::set<core::UserId>> had_;
};

}  // namespace

std::unique_ptr<Checker> turn_checker() {
    return std::make_unique<TurnChecker>();
}

}  // namespace linka::sim
