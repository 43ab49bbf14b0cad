// Are system recordings fit to be saved, and what names them?
#include "linka/base/plain_name.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/records/check_kit.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/prompt.hpp"
#include "linka/core/records/words.hpp"

namespace linka::core {

namespace {

bool is_file_or_empty(const std::string& name) {
    return name.empty() || (is_plain_name(name) && !has_hidden(name));
}

}  // namespace

Check check_prompt(const State& s, const std::string& field, const std::string& name) {
    return name.empty() || is_prompt(s, name) ? Check{} : fault(field, "no recording " + name);
}

Check check(const State& s, const Prompt& prompt) {
    const auto old = s.prompts.find(prompt.id);
    if (prompt.id && old == s.prompts.end()) {
        return fault("id", "no such recording");
    }
    if (!is_name(prompt.name) || !is_plain_name(prompt.name)) {
        return fault("name", name_rule);
    }
    if (old != s.prompts.end() && old->second.name != prompt.name) {
        return fault("name", "never changes");
    }
    const Prompt* same = prompt_named(s, prompt.name);
    if (same != nullptr && same->id != prompt.id) {
        return fault("name", "exists already");
    }
    if (Check title = check_title(prompt.title)) {
        return title;
    }
    if (!prompt.language.empty() && prompt.language != "cs" && prompt.language != "en") {
        return fault("language", "cs, en or nothing");
    }
    if (prompt.text.size() > limits::prompt_text_bytes_max) {
        return fault("text", "at most 2000 bytes");
    }
    if (has_hidden(prompt.text, Lines::many)) {
        return fault("text", "without characters that are not seen");
    }
    if (!is_file_or_empty(prompt.file) || !is_file_or_empty(prompt.spoken)) {
        return fault("file", "a name without a path");
    }
    // A text is heard once it was spoken.
    if (prompt.file.empty() && prompt.spoken.empty()) {
        return fault("file", "a file, or a text to be spoken");
    }
    if (prompt.length < Duration{} ||
        prompt.length > std::chrono::seconds(limits::prompt_seconds_max)) {
        return fault("file", "at most 5 minutes");
    }
    return prompt.id ? Check{} : check_count(s.prompts.size());
}

}  // namespace linka::core
