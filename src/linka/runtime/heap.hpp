// The heap of a server that has busy hours.
#pragma once

namespace linka::runtime {

/// Once, at start: memory that a busy hour needed goes back to the kernel some seconds after it, on
/// a thread of the allocator's own. Nothing happens where another allocator than jemalloc is linked
/// (sanitizers have theirs).
void give_memory_back();

}  // namespace linka::runtime
