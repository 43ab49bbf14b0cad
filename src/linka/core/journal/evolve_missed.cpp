// Folds of the list of missed calls, and what other events mean for it.
#include "linka/core/journal/evolve.hpp"
#include "linka/core/work/missed.hpp"

namespace linka::core {

namespace {

template <typename Change>
void change_rows(State& s, const std::string& customer, Change change) {
    const auto rows = s.index.missed_of.find(customer);
    if (!customer.empty() && rows != s.index.missed_of.end()) {
        for (const MissedId id : rows->second) {
            change(s.missed.at(id));
        }
    }
}

void erase(State& s, MissedId id) {
    const auto row = s.missed.find(id);
    if (row == s.missed.end()) {
        return;
    }
    const auto rows = s.index.missed_of.find(row->second.customer);
    if (rows != s.index.missed_of.end()) {
        rows->second.erase(id);
        if (rows->second.empty()) {
            s.index.missed_of.erase(rows);
        }
    }
    s.missed.erase(row);
}

}  // namespace

void fold(State& s, Instant at, const CallMissed& e) {
    s.last.missed = std::max(s.last.missed, e.missed.value);
    Missed& row = s.missed[e.missed];
    row.id = e.missed;
    row.customer = e.customer;
    row.caller_name = e.caller_name.empty() ? row.caller_name : e.caller_name;
    row.queue = e.queue;
    row.user = e.user;
    row.first = row.times == 0 ? at : row.first;
    row.last = at;
    row.why = e.why;
    row.call = s.calls.contains(e.call) ? e.call : CallId{};
    ++row.times;
    row.interactions.push_back(e.interaction);
    if (row.interactions.size() > missed_interactions_max) {
        row.interactions.erase(row.interactions.begin());
    }
    index_missed(s, row);
}

void fold(State& s, Instant /*at*/, const MissedClosed& e) {
    erase(s, e.missed);
}

void missed_call_started(State& s, const CallStarted& e) {
    if (e.direction == CallDirection::in) {
        change_rows(s, e.caller, [&](Missed& row) { row.call = e.call; });
    }
}

void missed_call_ended(State& s, const Call& call) {
    for (const std::string* customer : {&call.caller, &call.number}) {
        change_rows(s, *customer, [&](Missed& row) {
            row.call = row.call == call.id ? CallId{} : row.call;
            row.calling = row.calling == call.id ? CallId{} : row.calling;
        });
    }
    // Of withheld numbers there may be several at once; the row is theirs together.
    const auto withheld = s.index.missed_of.find("");
    if (withheld != s.index.missed_of.end()) {
        for (const MissedId id : withheld->second) {
            Missed& row = s.missed.at(id);
            row.call = row.call == call.id ? CallId{} : row.call;
        }
    }
}

void missed_called_back(State& s, Instant at, const InteractionStarted& e) {
    if (e.direction != CallDirection::out) {
        return;
    }
    const auto caller = s.index.users_by_extension.find(e.our_address);
    change_rows(s, e.party.address, [&](Missed& row) {
        row.calling = call_of(e.carrier);
        ++row.tries;
        row.tried = at;
        row.tried_by = caller == s.index.users_by_extension.end() ? UserId{} : caller->second;
    });
}

void missed_called_back_by(State& s, const Activity& activity) {
    const Interaction* interaction = find_in(s.interactions, activity.interaction);
    if (activity.direction != CallDirection::out || interaction == nullptr) {
        return;
    }
    change_rows(s, interaction->party.address, [&](Missed& row) {
        if (row.calling == call_of(activity.carrier) && !row.tried_by) {
            row.tried_by = activity.user;
        }
    });
}

void forget_missed_of_nobody(State& s) {
    std::vector<MissedId> gone;
    for (const auto& [id, row] : s.missed) {
        if ((row.queue && !s.queues.contains(row.queue)) ||
            (row.user && !s.users.contains(row.user))) {
            gone.push_back(id);
        }
    }
    for (const MissedId id : gone) {
        erase(s, id);
    }
}

}  // namespace linka::core
