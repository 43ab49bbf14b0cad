#include "linka/core/records/prompt.hpp"

#include "linka/core/flow/prompts.hpp"
#include "linka/core/records/references.hpp"

#include <algorithm>

namespace linka::core {

namespace {

bool is_heard(const State& state, std::string_view name) {
    return !References::to_prompt(std::string(name)).names(state, {&state.routing}).empty();
}

}  // namespace

const Prompt* prompt_named(const State& state, std::string_view name) {
    const auto found = std::find_if(state.prompts.begin(), state.prompts.end(),
                                    [&](const auto& entry) { return entry.second.name == name; });
    return found == state.prompts.end() ? nullptr : &found->second;
}

std::string own_sound(const State& state, std::string_view name, std::string_view language) {
    const Prompt* own = prompt_named(state, name);
    if (own == nullptr ||
        (prompt::is_sound(name) && !own->language.empty() && own->language != language)) {
        return {};
    }
    return own->file.empty() ? own->spoken : own->file;
}

bool is_prompt(const State& state, std::string_view name) {
    const bool music = name == prompt::default_music;  // and nothing else, whatever replaces it
    return !music && (prompt::is_systems(name) || prompt_named(state, name) != nullptr ||
                      is_heard(state, name));
}

bool is_music(const State& state, std::string_view name) {
    return name == prompt::default_music || prompt_named(state, name) != nullptr ||
           is_heard(state, name);
}

}  // namespace linka::core
