// G.711 (ITU-T G.711): A-law and µ-law by table, both ways.
#pragma once

#include <cstdint>

namespace linka::media {

/// 16-bit linear samples from a code byte.
std::int16_t alaw_decode(std::uint8_t code);
std::int16_t ulaw_decode(std::uint8_t code);
/// The code whose value is next to `sample`.
std::uint8_t alaw_encode(std::int16_t sample);
std::uint8_t ulaw_encode(std::int16_t sample);

}  // namespace linka::media
