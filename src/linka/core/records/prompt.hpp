// The company's own prompts (system recordings) beside those that the system has itself: whether
// there is one of a name, and what is heard instead of the system's.
#pragma once

#include "linka/core/state.hpp"

#include <string>
#include <string_view>

namespace linka::core {

/// The folder of prompts and music that the company made, where the system's are in those of their
/// languages. Names of files in it are by their content.
inline constexpr std::string_view own_prompts = "own";

/// Null: the company has none of that name.
const Prompt* prompt_named(const State& state, std::string_view name);

/// The file in `own_prompts` that is heard when a call in `language` hears `name`; empty: what the
/// system has. One in a language of its own replaces the system's in that language only.
std::string own_sound(const State& state, std::string_view name, std::string_view language);

/// Whether that may be named as what callers hear: the company's, the system's, or what callers
/// hear already, which may be a file that somebody laid into the folder of a language.
bool is_prompt(const State& state, std::string_view name);
/// The same of music.
bool is_music(const State& state, std::string_view name);

}  // namespace linka::core
