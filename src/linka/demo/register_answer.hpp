// The answer to a REGISTER, as far as a telephone must read it. Expects the form in which our
// server writes: long names, one header a line.
#pragma once

#include <string_view>
#include <vector>

namespace linka::demo {

struct RegisterAnswer {
    int status = 0;  // 0: it is none
    int cseq = 0;
    std::string_view call_id;
    std::vector<std::string_view> challenges;  // of WWW-Authenticate
};

/// The views live as long as `text`.
RegisterAnswer parse_register_answer(std::string_view text);

}  // namespace linka::demo
