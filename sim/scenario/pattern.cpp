#include "sim/scenario/pattern.hpp"

#include "linka/base/text.hpp"

namespace linka::sim {
namespace {

bool is_mark(const Word& word) {
    return !word.quoted && (word.text == "," || word.text == ";" || word.text == "(" ||
                            word.text == ")" || word.text == ":" || word.text == "'s");
}

/// Takes `a, b and c`; how many words were used.
std::size_t take_list(std::span<const Word> words, Slot& slot) {
    std::size_t used = 0;
    while (used < words.size() && !is_mark(words[used])) {
        slot.list.push_back(words[used].text);
        ++used;
        const bool more = used + 1 < words.size() && !words[used].quoted &&
                          (words[used].text == "," || words[used].text == "and");
        if (!more) {
            break;
        }
        ++used;
    }
    return used;
}

/// Fills one slot of `kind` from the front of `words`; 0 if it does not fit.
std::size_t take(std::string_view kind, std::span<const Word> words, Slot& slot) {
    if (kind == "{rest}") {
        slot.rest.assign(words.begin(), words.end());
        return words.size();
    }
    if (words.empty() || is_mark(words[0])) {
        return 0;
    }
    const Word& first = words[0];
    if (kind == "{who}") {
        slot.text = first.text;
        return 1;
    }
    if (kind == "{text}") {
        slot.text = first.text;
        return first.quoted ? 1 : 0;
    }
    if (kind == "{number}") {
        const auto number = text::to_int(first.text);
        slot.number = number.value_or(0);
        return number ? 1 : 0;
    }
    if (kind == "{time}") {
        return words.size() > 1 && read_time(first.text, words[1].text, slot.time) ? 2 : 0;
    }
    if (kind == "{list}") {
        return take_list(words, slot);
    }
    return 0;
}

}  // namespace

bool read_time(std::string_view number, std::string_view unit, Duration& time) {
    const auto count = text::to_int(number);
    if (!count || *count < 0 || *count > 172'800'000) {
        return false;
    }
    if (unit == "ms") {
        time = std::chrono::milliseconds{*count};
    } else if (unit == "s") {
        time = std::chrono::seconds{*count};
    } else if (unit == "min") {
        time = std::chrono::minutes{*count};
    } else if (unit == "h") {
        time = std::chrono::hours{*count};
    } else {
        return false;
    }
    return time <= 48h;
}

Match match(std::string_view pattern, std::span<const Word> words) {
    Match found;
    std::size_t at = 0;
    for (const std::string_view part : text::split(pattern, ' ')) {
        if (part.front() == '{') {
            Slot slot;
            const std::size_t used = take(part, words.subspan(at), slot);
            if (used == 0 && part != "{rest}") {
                found.reached = at;
                return found;
            }
            at += used;
            found.slots.push_back(std::move(slot));
            continue;
        }
        if (at >= words.size() || words[at].quoted || words[at].text != part) {
            found.reached = at;
            return found;
        }
        ++at;
    }
    found.reached = at;
    found.whole = at == words.size();
    return found;
}

std::vector<std::vector<Word>> cut_at_commas(std::span<const Word> words) {
    std::vector<std::vector<Word>> parts(1);
    int depth = 0;
    for (const Word& word : words) {
        const bool mark = !word.quoted;
        depth += mark && word.text == "(" ? 1 : 0;
        depth -= mark && word.text == ")" ? 1 : 0;
        if (mark && word.text == "," && depth <= 0) {
            parts.emplace_back();
        } else {
            parts.back().push_back(word);
        }
    }
    if (parts.back().empty()) {
        parts.pop_back();
    }
    return parts;
}

}  // namespace linka::sim
