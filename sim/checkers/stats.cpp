// The reporting figures (linka::stats) are kept as they are kept in production: what a row counted
// as is taken away and what it counts as now is added, event by event. At the end they must equal a
// plain recount of everything.
#include "linka/base/text.hpp"
#include "linka/stats/queue_figures.hpp"
#include "linka/stats/user_figures.hpp"
#include "sim/checker.hpp"
#include "sim/figures.hpp"

#include <map>

namespace linka::sim {
namespace {

stats::InteractionFacts facts_of(const InteractionEntry& entry, const core::Queue& queue) {
    stats::InteractionFacts facts;
    const bool open = !entry.answered && !entry.ended;
    if (entry.answered) {
        facts.result = stats::QueueResult::answered;
        facts.wait = entry.answered - entry.at;
        facts.in_time = facts.wait <= queue.answer_within;
    } else if (!open) {
        enum_from_name(name_of(entry.outcome), facts.result);
        facts.wait = entry.ended - entry.at;
        facts.early =
            entry.outcome == core::Outcome::abandoned && facts.wait <= queue.abandon_within;
    }
    facts.re_entry = entry.started.re_entry;
    return facts;
}

class StatsChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "stats"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* s = std::get_if<core::InteractionStarted>(&record.event)) {
            count(s->interaction, ledger);
        } else if (const auto* a = std::get_if<core::InteractionAnswered>(&record.event)) {
            count(a->interaction, ledger);
        } else if (const auto* r = std::get_if<core::InteractionReturned>(&record.event)) {
            count(r->interaction, ledger);
            stats::UserFigures& figures = users_[r->user];
            subtract(figures, stats::OfferResult::accepted);
            add(figures, stats::OfferResult::rejected);
        } else if (const auto* n = std::get_if<core::InteractionEnded>(&record.event)) {
            count(n->interaction, ledger);
        } else if (const auto* o = std::get_if<core::OfferStarted>(&record.event)) {
            add(users_[o->user], stats::OfferResult::ringing);
        } else if (const auto* e = std::get_if<core::OfferEnded>(&record.event)) {
            stats::UserFigures& figures = users_[ledger.offers.at(e->offer).started.user];
            stats::OfferResult result{};
            enum_from_name(name_of(e->outcome), result);
            subtract(figures, stats::OfferResult::ringing);
            add(figures, result);
        } else if (const auto* u = std::get_if<core::UserStateChanged>(&record.event)) {
            Since& since = states_[u->user];
            if (since.at) {
                add(users_[u->user], since.state, true, record.at - since.at);
            }
            since = {u->state, record.at};
        }
    }

    void finished(const Moment& moment) override {
        for (const auto& [queue, figures] : queues_) {
            compare(queue, figures, count_queue(moment.ledger, queue));
        }
        for (auto& [user, figures] : users_) {
            const UserFigures plain = count_user(moment.ledger, user);
            if (figures.attempts != plain.attempts || figures.accepted != plain.accepted ||
                figures.missed != plain.missed || figures.rejected != plain.rejected ||
                figures.withdrawn != plain.withdrawn || figures.ringing_now != plain.pending) {
                violated(text::format("user {}: attempts differ from a recount", user.value));
            }
            const auto entry = moment.ledger.users.find(user);
            if (entry == moment.ledger.users.end() || entry->second.logged_in) {
                continue;
            }
            if (ratios(figures).logged_in_time != entry->second.logged_in_for) {
                violated(text::format("user {}: times differ from a recount", user.value));
            }
        }
    }

  private:
    struct Since {
        core::UserState state = core::UserState::logged_out;
        Instant at;
    };

    void count(core::InteractionId id, const Ledger& ledger) {
        const InteractionEntry& entry = ledger.interactions.at(id);
        if (queue_of_.count(id) == 0) {
            const auto it = ledger.queues.find(entry.started.queue);
            queue_of_[id] = it == ledger.queues.end() ? core::Queue{} : it->second;
        } else {
            subtract(queues_[entry.started.queue], counted_[id]);
        }
        counted_[id] = facts_of(entry, queue_of_[id]);
        add(queues_[entry.started.queue], counted_[id]);
    }

    void compare(core::QueueId queue, const stats::QueueFigures& figures,
                 const QueueFigures& plain) {
        const bool same = figures.total == plain.total && figures.answered == plain.answered &&
                          figures.waiting == plain.waiting &&
                          unanswered(figures) == plain.unanswered() &&
                          figures.wait_answered == plain.wait_of_answered &&
                          figures.abandoned == plain.as(core::Outcome::abandoned) &&
                          figures.timed_out == plain.as(core::Outcome::timed_out);
        if (!same || figures.answered + unanswered(figures) + figures.waiting != figures.total) {
            violated(text::format("queue {}: figures differ from a recount", queue.value));
        }
    }

    std::map<core::QueueId, stats::QueueFigures> queues_;
    std::map<core::UserId, stats::UserFigures> users_;
    std::map<core::InteractionId, stats::InteractionFacts> counted_;
    std::map<core::InteractionId, core::Queue> queue_of_;
    std::map<core::UserId, Since> states_;
};

}  // namespace

std::unique_ptr<Checker> stats_checker() {
    return std::make_unique<StatsChecker>();
}

}  // namespace linka::sim
