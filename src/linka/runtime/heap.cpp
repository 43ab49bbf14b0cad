#include "linka/runtime/heap.hpp"

#include <cstddef>

#include <sys/types.h>

// jemalloc's, where it is linked (mallctl(3)).
extern "C" __attribute__((weak)) int mallctl(const char* name, void* old, std::size_t* old_size,
                                             void* value, std::size_t value_size) noexcept;

namespace linka::runtime {

void give_memory_back() {
    if (mallctl == nullptr) {
        return;
    }
    ssize_t after_ms = 5000;
    bool on = true;
    mallctl("arenas.dirty_decay_ms", nullptr, nullptr, &after_ms, sizeof after_ms);
    mallctl("arenas.muzzy_decay_ms", nullptr, nullptr, &after_ms, sizeof after_ms);
    mallctl("background_thread", nullptr, nullptr, &on, sizeof on);
}

}  // namespace linka::runtime
