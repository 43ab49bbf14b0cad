// Sentences about figures: of a queue, of a user's attempts and time, of recordings.
#include "linka/base/text.hpp"
#include "sim/figures.hpp"
#include "sim/scenario/sentence.hpp"

namespace linka::sim {
namespace {

/// Checks "total 30 , answered 20" against `value`, which says -1 for a word that it does not know.
template <typename Value>
std::string expect_counts(std::span<const Word> words, Value value) {
    for (const auto& part : cut_at_commas(words)) {
        const bool two = part.size() == 2;
        const auto wanted = two ? text::to_int(part[1].text) : std::nullopt;
        if (!wanted) {
            return "a figure is a word and a number";
        }
        const std::int64_t found = value(part[0].text);
        if (found < 0) {
            return unknown("figure", part[0].text);
        }
        if (found != *wanted) {
            return text::format("{} {}", part[0].text, found);
        }
    }
    return {};
}

std::string expect_queue(Stage& stage, Slots slots) {
    const QueueFigures figures = count_queue(stage.ledger(), core::QueueId{slots[0].number});
    return expect_counts(slots[1].rest, [&](std::string_view word) -> std::int64_t {
        if (word == "total") {
            return figures.total;
        }
        if (word == "answered") {
            return figures.answered;
        }
        if (word == "unanswered") {
            return figures.unanswered();
        }
        if (word == "waiting") {
            return figures.waiting;
        }
        if (word == "re-entries") {
            return figures.re_entries;
        }
        if (word == "refused") {
            return figures.refused();
        }
        core::Outcome outcome{};
        return enum_from_name(word, outcome) ? figures.as(outcome) : -1;
    });
}

std::string expect_attempts(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    const UserFigures figures = count_user(stage.ledger(), *user);
    return expect_counts(slots[1].rest, [&](std::string_view word) -> std::int64_t {
        if (word == "total") {
            return figures.attempts;
        }
        if (word == "accepted") {
            return figures.accepted;
        }
        if (word == "missed") {
            return figures.missed;
        }
        if (word == "rejected") {
            return figures.rejected;
        }
        if (word == "withdrawn") {
            return figures.withdrawn;
        }
        return word == "unanswered" ? figures.missed + figures.rejected : -1;
    });
}

std::string expect_time(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    const UserEntry& entry = stage.ledger().users.at(*user);
    for (const auto& part : cut_at_commas(slots[1].rest)) {
        const Match found = match("{who} {time}", part);
        core::UserState state{};
        if (!found.whole || !enum_from_name(found.slots[0].text, state)) {
            return "a time is a state and a length";
        }
        const auto it = entry.spent.find(state);
        Duration spent = it == entry.spent.end() ? Duration{0} : it->second;
        if (entry.state == state) {
            spent += stage.world().now() - entry.state_since;
        }
        if (spent != found.slots[1].time) {
            return text::format("{} {}", found.slots[0].text, in_seconds(spent));
        }
    }
    return {};
}

/// The recordings of a caller's call, in order.
std::vector<const RecordingEntry*> recordings_of(const Stage& stage, const std::string& who) {
    std::vector<const RecordingEntry*> found;
    const auto call = stage.call_of(who);
    for (const auto& [id, entry] : stage.ledger().recordings) {
        if (call && entry.started.call == *call) {
            found.push_back(&entry);
        }
    }
    return found;
}

std::string expect_recording(Stage& stage, Slots slots) {
    const auto all = recordings_of(stage, slots[0].text);
    if (all.empty()) {
        return "there is no recording";
    }
    if (slots.size() < 2) {
        return {};
    }
    if (!all.back()->finished) {
        return "it still records";
    }
    const Duration length = all.back()->finished->duration;
    return length == slots[1].time ? std::string{} : "it lasts " + in_seconds(length);
}

/// The recording that runs has the customer's side alone.
std::string expect_one_side(Stage& stage, Slots slots) {
    const auto leg = stage.leg(slots[0].text);
    for (const auto& [id, recorder] : stage.exchange().recorders()) {
        if (leg && recorder.running && recorder.customer == *leg) {
            return recorder.agent ? "the other side is recorded, too" : std::string{};
        }
    }
    return "no recording runs";
}

std::string expect_no_recording(Stage& stage, Slots slots) {
    return recordings_of(stage, slots[0].text).empty() ? std::string{} : "there is a recording";
}

}  // namespace

void add_figures(std::vector<Sentence>& all) {
    all.push_back({"queue {number} : {rest}", expect_queue});
    all.push_back({"{who} 's attempts : {rest}", expect_attempts});
    all.push_back({"{who} 's time : {rest}", expect_time});
    all.push_back({"{who} is recorded", expect_recording});
    all.push_back({"{who} is not recorded", expect_no_recording});
    all.push_back({"only {who} is recorded", expect_one_side});
    all.push_back({"both sides of {who} are recorded", [](Stage& stage, Slots slots) {
                       return expect_one_side(stage, slots).starts_with("the other")
                                  ? std::string{}
                                  : std::string{"one side is, or none"};
                   }});
    all.push_back({"the recording of {who} lasts {time}", expect_recording});
}

}  // namespace linka::sim
