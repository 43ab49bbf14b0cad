// Plays a scenario: reads it, performs its sentences one after another on a fresh stage, and holds
// what the checkers find against it too.
#pragma once

#include "sim/scenario/script.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::sim {

struct Performance {
    std::string goal;
    std::size_t steps = 0;
    std::vector<std::string> wrong;  // "line 7: "330 rings": 330 has ended"; empty: passed
    std::vector<std::string> trace;
};

/// Stops at the first sentence that fails. `text` may be anything.
Performance perform(std::string_view text);
/// Reads a file and performs it; a file that cannot be read is wrong.
Performance perform_file(const std::string& path);
/// Only reads: the error of a text that is no scenario, or the number of its sentences.
Result<std::size_t> check_script(std::string_view text);

}  // namespace linka::sim
