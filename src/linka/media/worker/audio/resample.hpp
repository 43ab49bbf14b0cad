// Resampler: changes the sample rate by a ratio of whole numbers with a polyphase low-pass filter
// (Kaiser-windowed sinc, stop band about -80 dB). 8 ⇄ 16 ⇄ 48 kHz in calls, any rate for files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace linka::media {

class Resampler {
  public:
    /// Rates in Hz, 4000 to 192000. Equal rates copy.
    Resampler(int from, int to);

    /// Takes all of `in`, appends what comes out to `out`. Delay: about 1.5 ms at 8 kHz.
    void process(std::span<const std::int16_t> in, std::vector<std::int16_t>& out);
    [[nodiscard]] int from() const { return from_; }
    [[nodiscard]] int to() const { return to_; }

  private:
    int from_;
    int to_;
    std::size_t up_ = 1;          // L
    std::size_t down_ = 1;        // M
    std::size_t taps_ = 0;        // a phase
    std::vector<float> filter_;   // phase after phase, each reversed in time
    std::vector<float> history_;  // the last taps_ - 1 samples, then the new ones
    std::size_t phase_ = 0;       // position of the next output between two inputs, 0..up_-1
    std::size_t skip_ = 0;        // inputs to pass over before the next output
};

}  // namespace linka::media
