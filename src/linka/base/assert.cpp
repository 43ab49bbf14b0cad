#include "linka/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace linka::base {

void assertion_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "linka: assertion failed: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace linka::base
