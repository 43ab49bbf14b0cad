// The names of the prompts and tones that the core asks for. Each prompt is a file in prompts/ for
// every language; a queue's, menu's or route's own prompt is played by the name in its record.
#pragma once

#include <array>
#include <string_view>

namespace linka::core::prompt {

inline constexpr std::string_view queue_position = "queue_position";  // a number follows
inline constexpr std::string_view extension_unavailable = "extension_unavailable";
inline constexpr std::string_view extension_busy = "extension_busy";
inline constexpr std::string_view number_unavailable = "number_unavailable";
inline constexpr std::string_view number_busy = "number_busy";
inline constexpr std::string_view number_no_answer = "number_no_answer";
inline constexpr std::string_view not_allowed_number = "not_allowed_number";
inline constexpr std::string_view not_logged_in = "not_logged_in";
inline constexpr std::string_view not_ready = "not_ready";
inline constexpr std::string_view no_outbound_queue = "no_outbound_queue";
inline constexpr std::string_view not_possible = "not_possible";  // any other refusal
inline constexpr std::string_view voicemail_greeting = "voicemail_greeting";
inline constexpr std::string_view done = "done";  // a feature code has been obeyed

inline constexpr std::array all{queue_position,
                                extension_unavailable,
                                extension_busy,
                                number_unavailable,
                                number_busy,
                                number_no_answer,
                                not_allowed_number,
                                not_logged_in,
                                not_ready,
                                no_outbound_queue,
                                not_possible,
                                voicemail_greeting,
                                done};

}  // namespace linka::core::prompt
