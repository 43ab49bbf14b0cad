// The sentences that a scenario may hold: a shape and what it does on the stage. An action changes
// the world and leaves the core's reply on the stage; an expectation answers with what is wrong.
#pragma once

#include "sim/scenario/pattern.hpp"
#include "sim/scenario/stage.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linka::sim {

using Slots = std::span<const Slot>;

struct Sentence {
    std::string_view pattern;
    std::string (*deed)(Stage& stage, Slots slots);  // what is wrong; empty: nothing
};

/// All of them, in the order in which they are tried.
const std::vector<Sentence>& sentences();

void add_setup(std::vector<Sentence>& all);
void add_company(std::vector<Sentence>& all);
void add_user_actions(std::vector<Sentence>& all);
void add_call_actions(std::vector<Sentence>& all);
void add_phone_actions(std::vector<Sentence>& all);
void add_phone_expectations(std::vector<Sentence>& all);
void add_user_expectations(std::vector<Sentence>& all);
void add_writing(std::vector<Sentence>& all);
void add_figures(std::vector<Sentence>& all);

// ---- Shared by the sentences' sources

std::string unknown(std::string_view kind, std::string_view who);
/// Reads "queue 6001", "extension 510", "ring group 700", "menu Title", "number …", "voicemail of
/// 510", "announcement name", "echo", "hang up", "busy", "congestion". Says what is wrong.
std::string read_destination(const Stage& stage, std::span<const Word> words,
                             core::Destination& destination);
/// The numbers in a list of queues.
std::vector<core::QueueId> queue_ids(const std::vector<std::string>& list);
/// The activity by which the user has (or is offered) work now; 0 if there is none.
core::ActivityId work_of(const Stage& stage, core::UserId user);
/// "20 s" or "1.5 s".
std::string in_seconds(Duration time);

}  // namespace linka::sim
