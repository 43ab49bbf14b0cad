// Speech quality by the E-model, ITU-T G.107.
#pragma once

#include "linka/media/worker/audio/codec.hpp"

namespace linka::media {

struct PathQuality {
    Codec codec = Codec::pcma;
    double loss = 0.0;      // share 0..1, taken as random
    double delay_ms = 0.0;  // mouth to ear, one way
};

/// Transmission rating R, 0..93.2 (default values of G.107 table 2).
double rating(const PathQuality& path);
/// Mean opinion score, 1..4.5 (G.107 annex B).
double mos(const PathQuality& path);

}  // namespace linka::media
