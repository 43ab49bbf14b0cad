#include "sim/figures.hpp"

namespace linka::sim {

int QueueFigures::unanswered() const {
    int sum = 0;
    for (const auto& [outcome, count] : unanswered_as) {
        sum += count;
    }
    return sum;
}

int QueueFigures::as(core::Outcome outcome) const {
    const auto it = unanswered_as.find(outcome);
    return it == unanswered_as.end() ? 0 : it->second;
}

int QueueFigures::refused() const {
    return as(core::Outcome::refused_full) + as(core::Outcome::refused_empty) +
           as(core::Outcome::refused_closed);
}

QueueFigures count_queue(const Ledger& ledger, core::QueueId queue) {
    QueueFigures figures;
    for (const auto& [id, entry] : ledger.interactions) {
        if (entry.started.queue != queue) {
            continue;
        }
        ++figures.total;
        figures.re_entries += entry.started.re_entry ? 1 : 0;
        if (entry.answered) {
            ++figures.answered;
            figures.wait_of_answered += entry.answered - entry.at;
        } else if (entry.ended) {
            ++figures.unanswered_as[entry.outcome];
        } else {
            ++figures.waiting;
        }
    }
    return figures;
}

UserFigures count_user(const Ledger& ledger, core::UserId user) {
    UserFigures figures;
    for (const auto& [id, offer] : ledger.offers) {
        if (offer.started.user != user) {
            continue;
        }
        ++figures.attempts;
        if (!offer.ended) {
            ++figures.pending;
            continue;
        }
        switch (offer.outcome) {
            case core::OfferOutcome::accepted:
                ++figures.accepted;
                break;
            case core::OfferOutcome::missed:
                ++figures.missed;
                break;
            case core::OfferOutcome::rejected:
                ++figures.rejected;
                break;
            case core::OfferOutcome::withdrawn:
                ++figures.withdrawn;
                break;
        }
    }
    return figures;
}

}  // namespace linka::sim
