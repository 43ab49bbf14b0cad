// LINKA_ASSERT: what must hold if our own code is right. Always on; a failure prints where and
// stops the process, which then replays its journal. Never for anything that came from outside.
#pragma once

namespace linka::base {

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace linka::base

#define LINKA_ASSERT(condition)                                              \
    do {                                                                     \
        if (!(condition)) {                                                  \
            ::linka::base::assertion_failed(#condition, __FILE__, __LINE__); \
        }                                                                    \
    } while (false)
