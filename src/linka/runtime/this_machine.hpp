// What this process may use of the machine, and what its threads are called there.
#pragma once

namespace linka::runtime {

/// The cores that this process may run on (taskset, cgroup cpusets); at least 1.
int usable_cores();

/// As many descriptors as the hard limit allows: the usual soft one of 1,024 is one telephone
/// system with its pages.
void raise_file_limit();

/// The calling thread's name in top, perf and gdb; 15 characters at most, more are cut.
void name_thread(const char* name);

/// Lets the process have as many descriptors as its hard limit allows: the usual soft one (1,024)
/// is less than a company's telephones.
void raise_file_limit();

}  // namespace linka::runtime
