// A scenario file as text, read into sentences. Reading needs no contact centre: it only knows the
// shapes of sentences, and names line, column and word where a line fits none of them.
//
// Layout of a file: the first line is a comment with the goal. Each further line holds one or more
// sentences with `;` between them; a line may begin with the time of day (10:00:05) or with
// `after 20 s`; `then`, `and`, `but` at the front of a sentence mean nothing. A sentence that ends
// `is refused: no_device, not_ready` must be refused with exactly these codes.
#pragma once

#include "linka/base/result.hpp"
#include "sim/scenario/pattern.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linka::sim {

/// Largest file and most sentences in it.
constexpr std::size_t script_bytes_max = std::size_t{64} * 1024;
constexpr std::size_t steps_max = 2000;

struct Step {
    int line = 0;
    int column = 0;
    std::string text;               // as written, for messages
    std::optional<Duration> at;     // time of day
    std::optional<Duration> after;  // since the step before
    std::size_t sentence = 0;       // index into the patterns
    std::vector<Slot> slots;
    std::vector<std::string> refused;  // codes with which it must be refused
};

struct Script {
    std::string goal;
    std::vector<Step> steps;
};

/// Errors read "line 7, column 12: I do not understand "rungs" (after "330")".
Result<Script> read_script(std::string_view text, std::span<const std::string_view> patterns);

}  // namespace linka::sim
