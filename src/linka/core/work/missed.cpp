#include "linka/core/work/missed.hpp"

#include "linka/core/acd/queue_types.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/work/missed_turn.hpp"

namespace linka::core {

namespace {

bool is_missed(Outcome outcome) {
    switch (outcome) {
        case Outcome::abandoned:
        case Outcome::timed_out:
        case Outcome::left_by_key:
        case Outcome::left_empty:
        case Outcome::refused_full:
        case Outcome::refused_empty:
        case Outcome::refused_closed:
        case Outcome::busy:
        case Outcome::no_answer:
            return true;
        case Outcome::answered:
        case Outcome::closed:
        case Outcome::cancelled:
        case Outcome::failed:
            return false;
    }
    return false;
}

MissedId row_of(const State& s, const CallMissed& e) {
    const auto rows = s.index.missed_of.find(e.customer);
    if (rows != s.index.missed_of.end()) {
        for (const MissedId id : rows->second) {
            const Missed& row = s.missed.at(id);
            if (row.queue == e.queue && row.user == e.user) {
                return id;
            }
        }
    }
    return MissedId{s.last.missed + 1};
}

MissedClosed closed(const State& s, MissedId id, UserId by, MissedEnd how) {
    return {id, by, how, s.missed.at(id).interactions};
}

// Rows are in the order of their first call, which is near enough to that of their last one.
void forget_old(Turn& t) {
    std::vector<MissedId> old;
    std::size_t left = t.s.missed.size();
    for (const auto& [id, row] : t.s.missed) {
        if (left > missed_max || t.now() - row.last > missed_age_max) {
            old.push_back(id);
            --left;
        }
    }
    for (const MissedId id : old) {
        t.emit(closed(t.s, id, {}, MissedEnd::expired));
    }
}

bool shares_a_queue(const User& a, const User& b) {
    return std::any_of(a.queues.begin(), a.queues.end(), [&](const QueueRight& right) {
        return right_to(b, right.queue) != nullptr;
    });
}

}  // namespace

bool is_shown(const Missed& missed) {
    return !missed.call;
}

bool may_see_missed(const User& viewer, QueueId queue, const User* called) {
    if (viewer.access == Access::admin) {
        return true;
    }
    if (queue) {
        return right_to(viewer, queue) != nullptr;
    }
    const bool manager = viewer.access == Access::manager;
    if (called == nullptr) {
        return manager;
    }
    return called->id == viewer.id || (manager && shares_a_queue(viewer, *called));
}

void note_missed(Turn& t, const Call& call, const Interaction& interaction, Outcome outcome) {
    const bool voicemail = is_step<step::Greeting, step::Message>(call.step);
    if (interaction.direction != CallDirection::in || !is_missed(outcome) || voicemail) {
        return;
    }
    CallMissed missed;
    missed.interaction = interaction.id;
    missed.call = call.id;
    missed.customer = interaction.party.address;
    missed.caller_name = interaction.party.name;
    missed.queue = interaction.queue;
    missed.why = outcome;
    if (!interaction.queue) {
        const auto* rung = std::get_if<step::RingUser>(&call.step);
        const User* user = rung == nullptr ? nullptr : find_user(t.s, rung->user);
        if (user == nullptr && !is_step<step::RingMembers>(call.step)) {
            return;
        }
        missed.user = user == nullptr ? UserId{} : user->id;
    }
    missed.missed = row_of(t.s, missed);
    t.emit(std::move(missed));
    forget_old(t);
}

void close_missed(Turn& t, std::string_view customer, UserId by) {
    const auto rows = t.s.index.missed_of.find(customer);
    if (customer.empty() || rows == t.s.index.missed_of.end()) {
        return;
    }
    for (const MissedId id : std::vector<MissedId>(rows->second.begin(), rows->second.end())) {
        t.emit(closed(t.s, id, by, MissedEnd::spoke));
    }
}

std::string known_name(const State& s, std::string_view customer) {
    const auto rows = s.index.missed_of.find(customer);
    if (customer.empty() || rows == s.index.missed_of.end()) {
        return {};
    }
    return s.missed.at(*rows->second.rbegin()).caller_name;
}

void apply(Turn& t, const CloseMissed& input) {
    const auto row = t.s.missed.find(input.missed);
    if (row == t.s.missed.end() || !may_see_missed(*find_user(t.s, input.user), row->second.queue,
                                                   find_user(t.s, row->second.user))) {
        t.not_found();
        return;
    }
    t.emit(closed(t.s, input.missed, input.user, MissedEnd::done));
}

}  // namespace linka::core
