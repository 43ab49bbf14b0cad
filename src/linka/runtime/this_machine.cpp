#include "linka/runtime/this_machine.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

namespace linka::runtime {

int usable_cores() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    if (::sched_getaffinity(0, sizeof cores, &cores) != 0) {
        return 1;
    }
    return std::max(1, CPU_COUNT(&cores));
}

void name_thread(const char* name) {
    std::array<char, 16> cut{};
    std::strncpy(cut.data(), name, cut.size() - 1);
    ::pthread_setname_np(::pthread_self(), cut.data());
}

void raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

}  // namespace linka::runtime
