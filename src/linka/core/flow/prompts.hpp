// The names of the prompts that the core asks for, and of those that the system has besides for
// queues, menus and rules. Each is a file in prompts/ for every language. What a record plays is
// named in it, a prompt of the company's own (records/prompt.hpp) as well.
#pragma once

#include <algorithm>
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

/// What nothing plays unless a record says so.
inline constexpr std::array offered{
    std::string_view("welcome"),       std::string_view("menu_main"),
    std::string_view("please_wait"),   std::string_view("queue_full"),
    std::string_view("queue_closed"),  std::string_view("no_agent"),
    std::string_view("call_recorded"), std::string_view("timeout_goodbye"),
    std::string_view("goodbye")};

inline constexpr std::string_view default_music = "default";

/// Whether the system has a prompt of this name.
inline bool is_systems(std::string_view name) {
    return std::find(all.begin(), all.end(), name) != all.end() ||
           std::find(offered.begin(), offered.end(), name) != offered.end();
}

/// Whether the system has a sound of this name: a prompt, or its music.
inline bool is_sound(std::string_view name) {
    return name == default_music || is_systems(name);
}

}  // namespace linka::core::prompt
