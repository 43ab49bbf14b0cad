// Tones: call progress tones of the Czech network (ČSN and ITU-T E.180 supplement 2: 425 Hz), the
// beep of a voicemail, and the DTMF pairs of ITU-T Q.23.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace linka::media {

/// One or two frequencies, on and off in turn, for one round of the cadence or `length_ms`.
struct Tone {
    double low = 425.0;   // Hz
    double high = 0.0;    // Hz, 0: one frequency only
    double level = 0.14;  // of full scale, each frequency
    int on_ms = 1000;
    int off_ms = 0;
    int length_ms = 1000;
};

/// "ringback", "busy", "congestion", "beep"; followed by " MS" it lasts that long (at most ten
/// minutes) instead of one round.
std::optional<Tone> tone_named(std::string_view value);
/// The pair for 0-9, *, #, A-D.
std::optional<Tone> dtmf_tone(char digit, int length_ms);

/// Gives a tone's samples piece by piece; edges are softened over 4 ms, so that nothing clicks.
class ToneGenerator {
  public:
    ToneGenerator(Tone tone, int sample_rate) : tone_(tone), rate_(sample_rate) {}
    /// Fills as much of `out` as the tone lasts; fewer samples: it is over.
    std::size_t read(std::span<std::int16_t> out);

  private:
    Tone tone_;
    int rate_;
    std::int64_t position_ = 0;  // samples given so far
};

}  // namespace linka::media
