// The figures reconcile: for each queue answered + unanswered + waiting = total, for each user
// accepted + missed + rejected + withdrawn + still ringing = attempts. Counted here one by one as
// the events come, and compared with a count of the whole ledger.
#include "sim/figures.hpp"

#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <map>

namespace linka::sim {
namespace {

class FiguresChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "figures"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::InteractionStarted>(&record.event)) {
            ++queues_[e->queue].total;
        } else if (const auto* a = std::get_if<core::InteractionAnswered>(&record.event)) {
            ++queues_[ledger.interactions.at(a->interaction).started.queue].answered;
        } else if (const auto* r = std::get_if<core::InteractionReturned>(&record.event)) {
            --queues_[ledger.interactions.at(r->interaction).started.queue].answered;
        } else if (const auto* n = std::get_if<core::InteractionEnded>(&record.event)) {
            if (n->outcome != core::Outcome::answered) {
                ++queues_[ledger.interactions.at(n->interaction).started.queue].unanswered;
            }
        } else if (const auto* o = std::get_if<core::OfferStarted>(&record.event)) {
            ++attempts_[o->user];
            back_office(o->user, ledger);
        } else if (const auto* d = std::get_if<core::OfferEnded>(&record.event)) {
            withdrawal(*d, ledger);
        }
    }

    void finished(const Moment& moment) override {
        for (const auto& [queue, count] : queues_) {
            const QueueFigures figures = count_queue(moment.ledger, queue);
            const bool adds_up =
                figures.answered + figures.unanswered() + figures.waiting == figures.total;
            if (!adds_up || figures.total != count.total || figures.answered != count.answered ||
                figures.unanswered() != count.unanswered) {
                violated(text::format("queue {}: {} answered, {} unanswered, {} waiting of {}",
                                      queue.value, figures.answered, figures.unanswered(),
                                      figures.waiting, figures.total));
            }
        }
        for (const auto& [user, count] : attempts_) {
            const UserFigures figures = count_user(moment.ledger, user);
            if (figures.accepted + figures.missed + figures.rejected + figures.withdrawn +
                        figures.pending !=
                    figures.attempts ||
                figures.attempts != count) {
                violated(text::format("user {}: the attempts do not add up", user.value));
            }
        }
    }

  private:
    struct Count {
        int total = 0;
        int answered = 0;
        int unanswered = 0;
    };

    void back_office(core::UserId user, const Ledger& ledger) {
        if (ledger.users.at(user).record.type == core::UserType::BO) {
            violated(text::format("back-office user {} is counted", user.value));
        }
    }

    /// A customer who gives up while it rings charges nobody.
    void withdrawal(const core::OfferEnded& e, const Ledger& ledger) {
        if (e.outcome != core::OfferOutcome::withdrawn) {
            return;
        }
        static constexpr std::string_view known[] = {"customer_left", "colleague", "unreachable",
                                                     "system", "logged_out"};
        for (const std::string_view reason : known) {
            if (e.reason == reason) {
                return;
            }
        }
        violated(text::format("offer {} of interaction {} withdrawn: {}", e.offer.value,
                              ledger.offers.at(e.offer).started.interaction.value, e.reason));
    }

    std::map<core::QueueId, Count> queues_;
    std::map<core::UserId, int> attempts_;
};

}  // namespace

std::unique_ptr<Checker> figures_checker() {
    return std::make_unique<FiguresChecker>();
}

}  // namespace linka::sim
