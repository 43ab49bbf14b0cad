// Sounds of system recordings: what somebody gave (a file of almost any format, or a text) becomes
// a file that the media worker plays as it is, 16 kHz mono WAV, without silence at its ends and as
// loud as the prompts of the system. ffmpeg and espeak-ng do the work, as processes with limits;
// call these on a worker, they block. A file is named by its content and never changes, so a call
// that plays it is not disturbed when the recording gets another. It knows no records.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

/// What may be sent: five minutes of stereo WAV of 48 kHz have room in it twice over as 16 kHz
/// mono.
inline constexpr std::size_t prompt_upload_bytes_max = 32U << 20;

struct PromptSound {
    std::string file;  // its name in the directory, without the ending
    Duration length{};
};

/// Where they lie below the data directory: the worker knows the folder by core::own_prompts.
std::string prompt_sounds_of(const std::string& data_directory);

/// Keeps the sound in `bytes`, durable when this returns. Errors: `invalid` says what is wrong with
/// it (no sound, too long …); `full` if there is no room; `unavailable`, `timed_out`.
Result<PromptSound> keep_prompt_sound(std::string_view bytes, const std::string& directory);

/// The name of the file that the text is spoken into: the same text has the same. `language`: cs;
/// anything else is English.
std::string spoken_name(std::string_view text, std::string_view language);
/// Speaks it, unless it was spoken before. Errors as above.
Result<PromptSound> speak_prompt(std::string_view text, std::string_view language,
                                 const std::string& directory);

/// How long that file is. `not_found` if there is none. Quick.
Result<Duration> prompt_sound_length(const std::string& file, const std::string& directory);

/// Makes room while the directory holds more than `bytes_max`: removes the oldest files that are
/// not among `named`, but for those younger than an hour, which somebody may be about to name.
/// Error: `full` if what is named is more than that already.
Status make_room_for_prompts(const std::string& directory, const std::set<std::string>& named,
                             std::int64_t bytes_max, Instant now);

/// 16 kHz samples: silence at both ends cut, as loud as speech is to be. Empty: nothing is heard.
std::vector<std::int16_t> level_speech(std::vector<std::int16_t> samples);

}  // namespace linka::api
