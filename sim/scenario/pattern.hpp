// The shape of one sentence: words that must stand there and slots in braces that take something.
//
//   {who}     one word: a person, a device, a number
//   {number}  a whole number
//   {time}    a length of time: 20 s, 500 ms, 2 min, 1 h
//   {text}    "in quotes"
//   {list}    one or more words with commas or `and` between them
//   {rest}    whatever follows to the end; only at the end
#pragma once

#include "linka/base/time.hpp"
#include "sim/scenario/words.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linka::sim {

/// What one slot took.
struct Slot {
    std::string text;
    std::int64_t number = 0;
    Duration time{};
    std::vector<std::string> list;
    std::vector<Word> rest;
};

struct Match {
    bool whole = false;
    std::size_t reached = 0;  // words that fitted, to name the one at fault
    std::vector<Slot> slots;
};

/// Fits `words` to `pattern`; `whole` only if both are used up.
Match match(std::string_view pattern, std::span<const Word> words);

/// Cuts at commas that stand outside parentheses.
std::vector<std::vector<Word>> cut_at_commas(std::span<const Word> words);
/// A length of time made of two words, e.g. "20" "s"; false if it is none (at most 48 h).
bool read_time(std::string_view number, std::string_view unit, Duration& time);

}  // namespace linka::sim
