// What must be on the disk first: which inputs are not to be promised before they are kept, and
// which effects must not leave before. Whoever hands inputs to the core and carries out its effects
// asks here.
#pragma once

#include "linka/core/effect.hpp"
#include "linka/core/input.hpp"

#include <variant>

namespace linka::core {

/// While the disk refuses, this is refused rather than promised: what goes on already goes on.
constexpr bool must_be_kept(InputKind kind) {
    return kind == InputKind::record || kind == InputKind::writing || kind == InputKind::new_call;
}

/// Whether the effect makes somebody forget what the journal must know first. While the disk
/// refuses, other effects leave all the same, so that calls go on.
inline bool waits_until_kept(const Effect& effect) {
    return std::holds_alternative<ReleaseRecording>(effect);
}

}  // namespace linka::core
