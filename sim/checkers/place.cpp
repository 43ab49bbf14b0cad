// A customer is in one place: an interaction starts once, is answered at most once and ends once;
// one call or conversation waits in at most one queue; whoever waits has a call that lives, or
// writes.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <map>
#include <set>

namespace linka::sim {
namespace {

class PlaceChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "place"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::InteractionStarted>(&record.event)) {
            started(*e, ledger);
        } else if (const auto* a = std::get_if<core::InteractionAnswered>(&record.event)) {
            answered(*a);
        } else if (const auto* r = std::get_if<core::InteractionReturned>(&record.event)) {
            returned(*r, ledger);
        } else if (const auto* n = std::get_if<core::InteractionEnded>(&record.event)) {
            ended(*n, ledger);
        }
    }

    void settled(const Moment& moment) override {
        for (const auto& [id, by] : waiting_) {
            const auto it = moment.ledger.calls.find(by.first);
            if (by.second) {
                continue;
            }
            if (it == moment.ledger.calls.end() || it->second.ended) {
                violated(text::format("interaction {} waits without a call", id.value));
            }
        }
    }

    void finished(const Moment&) override {
        for (const auto& [id, by] : waiting_) {
            violated(
                text::format("interaction {} of call {} still waits", id.value, by.first.value));
        }
        for (const core::InteractionId id : served_) {
            violated(text::format("interaction {} never ended", id.value));
        }
    }

  private:
    /// A call, or a conversation.
    using By = std::pair<core::CallId, core::ConversationId>;

    static By by(core::InteractionId id, const Ledger& ledger) {
        const InteractionEntry& entry = ledger.interactions.at(id);
        return {entry.call(), entry.conversation()};
    }

    void started(const core::InteractionStarted& e, const Ledger& ledger) {
        const By carrier = by(e.interaction, ledger);
        if (!known_.insert(e.interaction).second) {
            violated(text::format("interaction {} starts twice", e.interaction.value));
        }
        for (const auto& [id, call] : waiting_) {
            if (call == carrier) {
                violated(text::format("call {} waits as {} and as {}", call.first.value, id.value,
                                      e.interaction.value));
            }
        }
        if (!carrier.second && ledger.calls.count(carrier.first) == 0) {
            violated(text::format("interaction {} has no call", e.interaction.value));
        }
        waiting_[e.interaction] = carrier;
    }

    void answered(const core::InteractionAnswered& e) {
        if (waiting_.erase(e.interaction) == 0) {
            violated(
                text::format("interaction {} is answered and does not wait", e.interaction.value));
        }
        served_.insert(e.interaction);
    }

    void returned(const core::InteractionReturned& e, const Ledger& ledger) {
        if (served_.erase(e.interaction) == 0) {
            violated(text::format("interaction {} returns and nobody had it", e.interaction.value));
        }
        waiting_[e.interaction] = by(e.interaction, ledger);
    }

    void ended(const core::InteractionEnded& e, const Ledger& ledger) {
        const bool waited = waiting_.erase(e.interaction) > 0;
        const bool served = served_.erase(e.interaction) > 0;
        if (!waited && !served) {
            violated(text::format("interaction {} ends and is not open", e.interaction.value));
        }
        if (served != (e.outcome == core::Outcome::answered)) {
            violated(
                text::format("interaction {} ends as {}", e.interaction.value, name_of(e.outcome)));
        }
        if (!ledger.interactions.at(e.interaction).open_offers.empty()) {
            violated(text::format("interaction {} ends and still rings", e.interaction.value));
        }
    }

    std::set<core::InteractionId> known_;
    std::map<core::InteractionId, By> waiting_;
    std::set<core::InteractionId> served_;
};

}  // namespace

std::unique_ptr<Checker> place_checker() {
    return std::make_unique<PlaceChecker>();
}

}  // namespace linka::sim
