// Folds of interactions, the offers made for them and the decisions behind the offers.
#include "linka/stats/interval.hpp"
#include "linka/store/projection_change.hpp"

namespace linka::store {

namespace {

// How an interaction that ends without having been answered counts.
stats::QueueResult result_of(core::Outcome outcome) {
    stats::QueueResult result = stats::QueueResult::failed;
    if (outcome == core::Outcome::answered) {
        return result;  // it says answered, but nobody had it
    }
    enum_from_name(name_of(outcome), result);
    return result;
}

stats::OfferResult result_of(core::OfferOutcome outcome) {
    stats::OfferResult result = stats::OfferResult::withdrawn;
    enum_from_name(name_of(outcome), result);
    return result;
}

// What an agent sees of an interaction that nobody has.
ActivityRow waiting_row(const InteractionRow& row) {
    ActivityRow waiting;
    waiting.id = row.waiting_as;
    waiting.interaction = row.id;
    waiting.channel = row.channel;
    waiting.call = row.call;
    waiting.queue = row.queue;
    waiting.direction = row.direction;
    waiting.caller = row.caller;
    waiting.number = row.number;
    waiting.time = row.entered;
    return waiting;
}

}  // namespace

void Projections::on(const core::InteractionStarted& event, const At& at) {
    InteractionRow row;
    row.id = event.interaction;
    row.channel = event.channel;
    row.call = core::call_of(event.carrier);
    row.queue = event.queue;
    row.direction = event.direction;
    row.caller = core::caller_of(event);
    row.caller_name = event.party.name;
    row.number = core::called_of(event);
    row.re_entry = event.re_entry;
    row.waiting_as = event.waiting_as;
    row.entered = at.at;
    row.position_in = event.position;
    row.position_out = event.position;
    row.seq = at.seq;
    if (row.queue) {
        add(queue_interval(row.queue, at.at).figures, facts_of(row));
    }
    if (row.waiting_as) {
        activities_.insert(waiting_row(row));
    }
    interactions_.insert(std::move(row));
}

void Projections::on(const core::InteractionAnswered& event, const At& at) {
    change_interaction(event.interaction, [&](InteractionRow& row) {
        if (row.answered || row.ended) {
            return;
        }
        // What waited goes on as the activity of the one who has it.
        if (row.waiting_as && row.waiting_as != event.activity) {
            activities_.erase({row.waiting_as.value});
        }
        row.answered = at.at;
        row.answered_seq = at.seq;
        row.wait = at.at - row.entered;
        row.user = event.user;
        row.activity = event.activity;
        row.result = stats::QueueResult::answered;
        const QueueRow* queue = queues_.find({row.queue.value});
        row.in_time = queue != nullptr && row.wait <= queue->answer_within;
    });
}

// As if it had not been answered: the work of whoever dropped it stays in their list, without
// counting, and the offer counts as rejected.
void Projections::on(const core::InteractionReturned& event, const At& at) {
    change_activity(event.activity, [](ActivityRow& row) {
        row.counted = false;
        row.before_work = row.talk = row.hold = row.after_work = {};
    });
    if (OfferRow* offer = offers_.change({event.offer.value})) {
        const stats::OfferResult before = offer->outcome;
        offer->outcome = stats::OfferResult::rejected;
        offer->reason = "dropped";
        offer->ended = at.at;
        offer->ended_seq = at.seq;
        if (offer->counted) {
            stats::UserFigures& figures = user_interval(offer->user, offer->started).figures;
            subtract(figures, before);
            add(figures, offer->outcome);
        }
    }
    change_interaction(event.interaction, [&](InteractionRow& row) {
        row.answered = {};
        row.answered_seq = {};
        row.wait = {};
        row.user = {};
        row.activity = {};
        row.in_time = false;
        row.result = stats::QueueResult::waiting;
        if (row.waiting_as && row.waiting_as != event.activity) {
            activities_.insert(waiting_row(row));
        }
    });
}

void Projections::on(const core::InteractionEnded& event, const At& at) {
    core::ActivityId waited_as;
    change_interaction(event.interaction, [&](InteractionRow& row) {
        if (row.ended) {
            return;
        }
        row.ended = at.at;
        row.ended_seq = at.seq;
        row.outcome = std::string(name_of(event.outcome));
        row.ended_by = std::string(name_of(event.by));
        row.position_out = event.position;
        if (event.reason != core::EndReason::none) {
            row.end_reason = std::string(name_of(event.reason));
            row.end_status = event.status;
        }
        if (row.answered) {
            return;
        }
        waited_as = row.waiting_as;
        row.wait = at.at - row.entered;
        row.result = result_of(event.outcome);
        const QueueRow* queue = queues_.find({row.queue.value});
        row.early = row.result == stats::QueueResult::abandoned && queue != nullptr &&
                    row.wait <= queue->abandon_within;
    });
    if (ActivityRow* missed = waited_as ? activities_.change({waited_as.value}) : nullptr) {
        missed->action = ActivityAction::CLOSE;
        missed->closed = at.at;
    }
}

void Projections::on(const core::CallMissed& event, const At& /*at*/) {
    change_interaction(event.interaction, [](InteractionRow& row) { row.missed = "missed"; });
}

void Projections::on(const core::MissedClosed& event, const At& /*at*/) {
    if (event.how != core::MissedEnd::spoke) {
        return;
    }
    for (const core::InteractionId id : event.interactions) {
        change_interaction(id, [](InteractionRow& row) { row.missed = "spoken"; });
    }
}

void Projections::on(const core::OfferStarted& event, const At& at) {
    OfferRow row;
    row.id = event.offer;
    row.interaction = event.interaction;
    row.queue = event.queue;
    row.user = event.user;
    row.activity = event.activity;
    row.decision = event.decision;
    row.started = at.at;
    row.until = event.until;
    row.counted = counted(event.user);
    row.seq = at.seq;
    if (row.counted) {
        add(user_interval(row.user, at.at).figures, row.outcome);
    }
    change_interaction(event.interaction, [](InteractionRow& of) { ++of.attempts; });
    offers_.insert(std::move(row));
}

void Projections::on(const core::OfferEnded& event, const At& at) {
    const OfferRow* known = offers_.find({event.offer.value});
    if (known == nullptr || known->ended) {
        return;
    }
    OfferRow& row = *offers_.change({event.offer.value});
    const stats::OfferResult before = row.outcome;
    row.ended = at.at;
    row.ended_seq = at.seq;
    row.ring = at.at - row.started;
    row.outcome = result_of(event.outcome);
    row.reason = event.reason;
    if (row.counted) {
        stats::UserFigures& figures = user_interval(row.user, row.started).figures;
        subtract(figures, before);
        add(figures, row.outcome);
    }
    change_interaction(row.interaction, [&](InteractionRow& of) { of.ring = row.ring; });
}

core::UserId first_chosen(const core::Decided& decision) {
    const std::size_t place = decision.verdicts.find('*');
    if (place == std::string::npos) {
        return {};
    }
    auto left = static_cast<std::int64_t>(place);
    for (const core::IdRange& range : decision.candidates) {
        const std::int64_t size = range.last - range.first + 1;
        if (left < size) {
            return core::UserId{range.first + left};
        }
        left -= size;
    }
    return {};
}

void Projections::on(const core::Decided& event, const At& at) {
    decisions_.insert({.id = event.decision,
                       .interaction = event.interaction,
                       .queue = event.queue,
                       .strategy = event.strategy,
                       .at = at.at,
                       .candidates = json::Raw{json::to_text(event.candidates)},
                       .verdicts = event.verdicts,
                       .chosen = first_chosen(event),
                       .seq = at.seq});
}

}  // namespace linka::store
