// Something like speech in G.711 A-law, so that encoders have as much to do as with people:
// harmonics of a voice under an envelope of four syllables a second, and a little noise.
#pragma once

#include <cstdint>
#include <span>

namespace linka::bench {

/// Fills `out` with the samples from `time` (8,000 a second) on.
void speech(std::uint32_t time, std::span<unsigned char> out);

}  // namespace linka::bench
