// Cuts a line of a scenario into words. A word is what stands between blanks; "text in quotes" is
// one word; , ; ( ) and a closing colon are words of their own; `'s` is a word of its own, so that
// František's reads as the name František.
#pragma once

#include "linka/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::sim {

struct Word {
    std::string text;
    int column = 0;  // from 1, in bytes
    bool quoted = false;
};

/// Most words on one line, most bytes in one word.
constexpr std::size_t words_max = 120;
constexpr std::size_t word_bytes_max = 200;

/// Fails with the column when a quote stays open or a limit is passed. `#` starts a comment.
Result<std::vector<Word>> words_of(std::string_view line);

}  // namespace linka::sim
