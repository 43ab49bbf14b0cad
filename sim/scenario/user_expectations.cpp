// Sentences about what people must be doing, what they may do, and where callers wait.
#include "linka/base/text.hpp"
#include "linka/core/acd/verdict.hpp"
#include "linka/core/work/missed.hpp"
#include "sim/scenario/sentence.hpp"

#include <algorithm>

namespace linka::sim {
namespace {

const UserEntry* entry_of(const Stage& stage, std::string_view who) {
    const auto user = stage.user(who);
    if (!user) {
        return nullptr;
    }
    const auto it = stage.ledger().users.find(*user);
    return it == stage.ledger().users.end() ? nullptr : &it->second;
}

std::string pause_name(const Stage& stage, core::PauseId id) {
    const auto it = stage.ledger().pauses.find(id);
    return it == stage.ledger().pauses.end() ? std::string{} : it->second.name;
}

std::string expect_state(Stage& stage, Slots slots, core::UserState wanted) {
    const UserEntry* entry = entry_of(stage, slots[0].text);
    if (entry == nullptr) {
        return unknown("user", slots[0].text);
    }
    return entry->state == wanted ? std::string{}
                                  : text::format("{} is {}", slots[0].text, name_of(entry->state));
}

template <core::UserState wanted>
std::string state_is(Stage& stage, Slots slots) {
    return expect_state(stage, slots, wanted);
}

std::string expect_paused(Stage& stage, Slots slots) {
    if (std::string wrong = expect_state(stage, slots, core::UserState::paused); !wrong.empty()) {
        return wrong;
    }
    const std::string name = pause_name(stage, entry_of(stage, slots[0].text)->pause);
    return name == slots[1].text ? std::string{} : "paused: " + name;
}

std::string expect_can(Stage& stage, std::string_view who, core::Action action,
                       const std::vector<std::string>& wanted) {
    const auto user = stage.user(who);
    if (!user) {
        return unknown("user", who);
    }
    std::vector<std::string> found;
    for (const core::Blocker& blocker : core::can(stage.world().state(), *user, action)) {
        found.emplace_back(name_of(blocker.code));
    }
    if (std::is_permutation(found.begin(), found.end(), wanted.begin(), wanted.end())) {
        return {};
    }
    return found.empty() ? "nothing is in the way"
                         : text::format("in the way: {}", fmt::join(found, ", "));
}

template <core::Action action>
std::string can_do(Stage& stage, Slots slots) {
    return expect_can(stage, slots[0].text, action,
                      slots.size() > 1 ? slots[1].list : std::vector<std::string>{});
}

template <core::Action action>
void add_can(std::vector<Sentence>& all, std::string_view can, std::string_view cannot) {
    all.push_back({can, can_do<action>});
    all.push_back({cannot, can_do<action>});
}

/// Those who wait in the queue, in the order in which they came.
std::vector<core::CallId> line_of(const Stage& stage, core::QueueId queue) {
    std::vector<core::CallId> calls;
    for (const core::InteractionId id : stage.ledger().waiting(queue)) {
        calls.push_back(stage.ledger().interactions.at(id).call());
    }
    return calls;
}

std::string expect_waits(Stage& stage, Slots slots) {
    const auto call = stage.call_of(slots[0].text);
    const auto line = line_of(stage, core::QueueId{slots[1].number});
    const auto it = call ? std::find(line.begin(), line.end(), *call) : line.end();
    if (it == line.end()) {
        return slots[0].text + " does not wait there";
    }
    const auto position = it - line.begin() + 1;
    if (slots.size() > 2 && position != slots[2].number) {
        return text::format("{} waits at position {}", slots[0].text, position);
    }
    return {};
}

std::string expect_queue_of(Stage& stage, Slots slots, bool wanted) {
    const UserEntry* entry = entry_of(stage, slots[0].text);
    if (entry == nullptr) {
        return unknown("user", slots[0].text);
    }
    const bool joined = entry->queues.count(core::QueueId{slots[1].number}) > 0;
    return joined == wanted ? std::string{} : (joined ? "is in it" : "is not in it");
}

std::string expect_open(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    const auto open = static_cast<std::int64_t>(stage.ledger().open_activities(*user).size());
    return open == slots[1].number ? std::string{} : text::format("{} are open", open);
}

// Of the last work that the user had.
std::string expect_note(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    std::string note;
    for (const auto& [id, entry] : stage.ledger().activities) {
        note = entry.opened.user == *user ? entry.note : note;
    }
    return note == slots[1].text ? std::string{} : text::format("the note is '{}'", note);
}

// Customers with whom nobody has spoken yet, and who do not wait now.
std::string expect_missed(Stage& stage, Slots slots) {
    const auto call = stage.call_of(slots[0].text);
    if (!call) {
        return unknown("caller", slots[0].text);
    }
    const std::string& customer = stage.ledger().calls.at(*call).started.caller;
    int times = 0;
    for (const auto& [id, row] : stage.world().state().missed) {
        times += core::is_shown(row) && row.customer == customer ? row.times : 0;
    }
    return times == slots[1].number ? std::string{} : text::format("missed {} times", times);
}

std::string expect_none_missed(Stage& stage, Slots) {
    for (const auto& [id, row] : stage.world().state().missed) {
        if (core::is_shown(row)) {
            return row.customer + " is missed";
        }
    }
    return {};
}

/// By the last decision that anybody made.
std::string expect_passed_over(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user || stage.ledger().decisions.empty()) {
        return user ? "nothing was decided" : unknown("user", slots[0].text);
    }
    for (const core::CandidateVerdict& verdict : core::expand(stage.ledger().decisions.back())) {
        if (verdict.user == *user) {
            return verdict.rule == slots[1].text ? std::string{} : std::string(verdict.rule);
        }
    }
    return "is no candidate";
}

std::string expect_nothing_left(Stage& stage, Slots) {
    for (const auto& [id, call] : stage.ledger().calls) {
        if (!call.ended) {
            return text::format("call {} is still there ({})", id.value, call.step);
        }
    }
    const auto alive = stage.exchange().alive();
    return alive.empty() ? std::string{} : text::format("leg {} is alive", alive[0].value);
}

}  // namespace

void add_user_expectations(std::vector<Sentence>& all) {
    using core::UserState;
    all.push_back({"{who} is idle", state_is<UserState::idle>});
    all.push_back({"{who} is talking", state_is<UserState::talking>});
    all.push_back({"{who} is on hold", state_is<UserState::hold>});
    all.push_back({"{who} is ringing", state_is<UserState::ringing>});
    all.push_back({"{who} is working", state_is<UserState::working>});
    all.push_back({"{who} is wrapping up", state_is<UserState::wrap>});
    all.push_back({"{who} is not ready", state_is<UserState::not_ready>});
    all.push_back({"{who} has no device", state_is<UserState::no_device>});
    all.push_back({"{who} is logged out", state_is<UserState::logged_out>});
    all.push_back({"{who} is paused : {who}", expect_paused});
    add_can<core::Action::call_out>(all, "{who} can call out", "{who} cannot call out : {list}");
    add_can<core::Action::receive_calls>(all, "{who} can receive calls",
                                         "{who} cannot receive calls : {list}");
    add_can<core::Action::answer_web>(all, "{who} can answer on the web",
                                      "{who} cannot answer on the web : {list}");
    add_can<core::Action::auto_answer>(all, "{who} can be answered for",
                                       "{who} cannot be answered for : {list}");
    add_can<core::Action::send_email>(all, "{who} can send e-mail",
                                      "{who} cannot send e-mail : {list}");
    add_can<core::Action::take_chat>(all, "{who} can take chats",
                                     "{who} cannot take chats : {list}");
    add_can<core::Action::take>(all, "{who} can take callers",
                                "{who} cannot take callers : {list}");
    all.push_back({"{who} waits in queue {number}", expect_waits});
    all.push_back({"{who} waits in queue {number} at position {number}", expect_waits});
    all.push_back({"{who} is in queue {number}",
                   [](Stage& stage, Slots slots) { return expect_queue_of(stage, slots, true); }});
    all.push_back({"{who} is not in queue {number}",
                   [](Stage& stage, Slots slots) { return expect_queue_of(stage, slots, false); }});
    all.push_back({"{who} has {number} open", expect_open});
    all.push_back({"{who} has noted {text}", expect_note});
    all.push_back({"{who} is missed {number} times", expect_missed});
    all.push_back({"nobody is missed", expect_none_missed});
    all.push_back({"{who} was passed over : {who}", expect_passed_over});
    all.push_back({"nothing remains", expect_nothing_left});
}

}  // namespace linka::sim
