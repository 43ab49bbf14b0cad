// What this process may use of the machine, and what its threads are called there.
#pragma once

namespace linka::runtime {

/// The cores that this process may run on (taskset, cgroup cpusets); at least 1.
int usable_cores();

/// The calling thread's name in top, perf and gdb; 15 characters at most, more are cut.
void name_thread(const char* name);

}  // namespace linka::runtime
