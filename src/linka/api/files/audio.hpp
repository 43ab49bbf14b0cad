// A recording in other forms: WAV and MP3 for programs that know no Opus, and the outline of its
// waveform for the player. ffmpeg does the work, as a process; call these on a worker, they block.
#pragma once

#include "linka/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace linka::api {

enum class AudioFormat { opus, wav, mp3 };

/// What a recording is called in this form, as the ending of a file's name: "mp3".
std::string_view ending_of(AudioFormat format);
std::string_view content_type_of(AudioFormat format);

/// `source` as WAV or MP3: the path of a file in `cache`, made if it is not there yet. The cache
/// keeps the newest few. Errors: `unavailable` without ffmpeg, `timed_out` when it takes too long.
Result<std::string> convert_audio(const std::string& source, AudioFormat format,
                                  const std::string& cache);

/// The path of a JSON file beside `source`, made if it is not there yet:
/// {"duration":seconds,"points":n,"left":[…],"right":[…]}, the loudest sample of each of the n (800
/// at most) equal parts of each side, 0..1.
Result<std::string> peaks_of(const std::string& source, const std::string& cache);

/// The JSON text for a file of raw audio: 16-bit little-endian, two channels interleaved.
std::string peaks_text(const std::string& raw_file, int rate, std::size_t points_max);

}  // namespace linka::api
