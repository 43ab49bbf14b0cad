// Where a call stands: the words of CallStepped::step and Call::step.
#pragma once

#include <string_view>

namespace linka::core::step {

inline constexpr std::string_view announcement = "announcement";  // plays `value`, then `next`
inline constexpr std::string_view menu = "menu";                  // `value`: menu id
inline constexpr std::string_view queue = "queue";                // waits in queue `value`
inline constexpr std::string_view extension = "extension";        // rings user `value`
inline constexpr std::string_view group = "group";                // rings ring group `value`
inline constexpr std::string_view number = "number";              // rings outside
inline constexpr std::string_view own_device = "own_device";      // the caller's own device rings
inline constexpr std::string_view greeting = "greeting";          // voicemail of `value`
inline constexpr std::string_view message = "message";            // voicemail is recorded
inline constexpr std::string_view echo = "echo";
inline constexpr std::string_view talk = "talk";          // the two sides are (or were) connected
inline constexpr std::string_view farewell = "farewell";  // plays `value`, then ends

}  // namespace linka::core::step
