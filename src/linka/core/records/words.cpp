#include "linka/core/records/words.hpp"

#include "linka/core/records/limits.hpp"

#include <algorithm>
#include <array>

namespace linka::core {

namespace {

// The first and the last of a run of characters, as UTF-8: in bytes they are ordered like in
// numbers.
struct Run {
    std::string_view first;
    std::string_view last;
};

constexpr std::array hidden_runs{
    Run{"\xc2\x80", "\xc2\x9f"},                  // further controls
    Run{"\xc2\xad", "\xc2\xad"},                  // soft hyphen
    Run{"\xcd\x8f", "\xcd\x8f"},                  // joiner of graphemes
    Run{"\xd8\x9c", "\xd8\x9c"},                  // Arabic letter mark
    Run{"\xe1\x85\x9f", "\xe1\x85\xa0"},          // Hangul fillers
    Run{"\xe1\x9e\xb4", "\xe1\x9e\xb5"},          // Khmer vowels that are not written
    Run{"\xe1\xa0\x8e", "\xe1\xa0\x8e"},          // Mongolian vowel separator
    Run{"\xe2\x80\x8b", "\xe2\x80\x8b"},          // zero width space
    Run{"\xe2\x80\x8e", "\xe2\x80\x8f"},          // marks of direction
    Run{"\xe2\x80\xa8", "\xe2\x80\xae"},          // ends of lines, turns of direction
    Run{"\xe2\x81\xa0", "\xe2\x81\xaf"},          // word joiner, isolates
    Run{"\xef\xbb\xbf", "\xef\xbb\xbf"},          // byte order mark
    Run{"\xef\xbe\xa0", "\xef\xbe\xa0"},          // Hangul filler of half width
    Run{"\xef\xbf\xb9", "\xef\xbf\xbb"},          // annotations
    Run{"\xf0\x9d\x85\xb3", "\xf0\x9d\x85\xba"},  // beams and slurs of music
    Run{"\xf3\xa0\x80\x80", "\xf3\xa0\x87\xaf"},  // tags and variants of ideographs
};
constexpr std::array blank_runs{
    Run{" ", " "},
    Run{"\xc2\xa0", "\xc2\xa0"},          // space that does not break
    Run{"\xe1\x9a\x80", "\xe1\x9a\x80"},  // Ogham
    Run{"\xe2\x80\x80", "\xe2\x80\x8d"},  // of printers, joiners
    Run{"\xe2\x80\xaf", "\xe2\x80\xaf"},
    Run{"\xe2\x81\x9f", "\xe2\x81\x9f"},
    Run{"\xe2\xa0\x80", "\xe2\xa0\x80"},  // Braille without points
    Run{"\xe3\x80\x80", "\xe3\x80\x80"},  // ideographic
    Run{"\xe3\x85\xa4", "\xe3\x85\xa4"},  // Hangul filler
    Run{"\xef\xb8\x80", "\xef\xb8\x8f"},  // variants of what stands before
};

// Of a character by its first byte; of what is no beginning 1.
std::size_t character_size(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte >= 0xf0 ? 4U : byte >= 0xe0 ? 3U : byte >= 0xc0 ? 2U : 1U;
}

bool is_control(std::string_view character) {
    const auto byte = static_cast<unsigned char>(character.front());
    return byte < ' ' || byte == 0x7f;
}

bool is_break(std::string_view character) {
    return character == "\n" || character == "\r" || character == "\t";
}

template <typename Runs>
bool in_runs(const Runs& runs, std::string_view character) {
    return std::any_of(runs.begin(), runs.end(), [&](const Run& run) {
        return character.size() == run.first.size() && character >= run.first &&
               character <= run.last;
    });
}

template <typename Test>
bool any_character(std::string_view text, Test test) {
    while (!text.empty()) {
        const std::string_view character = text.substr(0, character_size(text.front()));
        if (test(character)) {
            return true;
        }
        text.remove_prefix(character.size());
    }
    return false;
}

}  // namespace

bool has_hidden(std::string_view text, Lines lines) {
    return any_character(text, [&](std::string_view character) {
        return (is_control(character) && !(lines == Lines::many && is_break(character))) ||
               in_runs(hidden_runs, character);
    });
}

bool is_blank(std::string_view text) {
    return !any_character(text, [](std::string_view character) {
        return !in_runs(blank_runs, character) && !in_runs(hidden_runs, character) &&
               !is_control(character);
    });
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= limits::name_bytes_max && text != "." && text != ".." &&
           text.find_first_of("/\"\\") == std::string_view::npos && !has_hidden(text) &&
           !any_character(
               text, [](std::string_view character) { return in_runs(blank_runs, character); });
}

}  // namespace linka::core
