#include "sim/scenario/script.hpp"

#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::sim {
namespace {

Error at_fault(int line, int column, std::string_view what) {
    return fail(ErrorCode::invalid, text::format("line {}, column {}: {}", line, column, what));
}

std::string joined(std::span<const Word> words) {
    std::string text;
    for (const Word& word : words) {
        const bool tight = word.text == "," || word.text == ")" || word.text == ":" ||
                           word.text == "'s" || (!text.empty() && text.back() == '(');
        if (!text.empty() && !tight) {
            text += ' ';
        }
        text += word.quoted ? '"' + word.text + '"' : word.text;
    }
    return text;
}

/// "10:00:05" as time since midnight.
std::optional<Duration> time_of_day(std::string_view word) {
    const auto parts = text::split(word, ':');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto hour = text::to_int(parts[0]);
    const auto minute = text::to_int(parts[1]);
    const auto second = text::to_int(parts[2]);
    if (!hour || !minute || !second || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 ||
        *second < 0 || *second > 59) {
        return std::nullopt;
    }
    return Duration{std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                    std::chrono::seconds{*second}};
}

/// Takes `[and|but] is refused: a, b` off the end of a sentence.
std::vector<std::string> take_refusal(std::span<const Word>& words) {
    for (std::size_t at = 1; at + 3 < words.size(); ++at) {
        const Match tail = match("is refused : {list}", words.subspan(at));
        if (!tail.whole) {
            continue;
        }
        const std::string& joint = words[at - 1].text;
        words = words.first(at > 1 && (joint == "and" || joint == "but") ? at - 1 : at);
        return tail.slots[0].list;
    }
    return {};
}

class Reader {
  public:
    explicit Reader(std::span<const std::string_view> patterns) : patterns_(patterns) {}

    Result<Script> read(std::string_view text);

  private:
    Status read_line(std::string_view line);
    Status read_sentence(std::span<const Word> words);
    /// Takes a time off the front of the line.
    std::size_t take_time(std::span<const Word> words);

    std::span<const std::string_view> patterns_;
    Script script_;
    int line_ = 0;
    std::optional<Duration> at_;
    std::optional<Duration> after_;
};

Result<Script> Reader::read(std::string_view text) {
    if (text.size() > script_bytes_max) {
        return fail(ErrorCode::full, text::format("a scenario over {} bytes", script_bytes_max));
    }
    if (!text::is_utf8(text)) {
        return fail(ErrorCode::invalid, "not UTF-8 text");
    }
    for (const std::string_view line : text::split(text, '\n')) {
        ++line_;
        const std::string_view trimmed = text::trim(line);
        if (script_.goal.empty() && !trimmed.empty() && trimmed.front() == '#') {
            script_.goal = std::string{text::trim(trimmed.substr(1))};
            continue;
        }
        if (const Status status = read_line(line); !status) {
            return status.error();
        }
    }
    if (script_.goal.empty()) {
        return fail(ErrorCode::invalid, "line 1: the goal is missing (a comment: # …)");
    }
    return std::move(script_);
}

std::size_t Reader::take_time(std::span<const Word> words) {
    at_.reset();
    after_.reset();
    if (words.empty()) {
        return 0;
    }
    at_ = time_of_day(words[0].text);
    if (at_) {
        return 1;
    }
    Duration time{};
    if (words.size() >= 3 && words[0].text == "after" &&
        read_time(words[1].text, words[2].text, time)) {
        after_ = time;
        return 3;
    }
    return 0;
}

Status Reader::read_line(std::string_view line) {
    const auto words = words_of(line);
    if (!words) {
        return fail(ErrorCode::invalid, text::format("line {}, column {}: {}", line_,
                                                     words.error().field, words.error().text));
    }
    std::span<const Word> rest = *words;
    rest = rest.subspan(take_time(rest));
    while (!rest.empty()) {
        const auto end = std::find_if(rest.begin(), rest.end(), [](const Word& word) {
            return !word.quoted && word.text == ";";
        });
        const auto length = static_cast<std::size_t>(end - rest.begin());
        if (const Status status = read_sentence(rest.first(length)); !status) {
            return status;
        }
        rest = rest.subspan(std::min(length + 1, rest.size()));
    }
    return Done{};
}

Status Reader::read_sentence(std::span<const Word> words) {
    while (!words.empty() && !words[0].quoted &&
           (words[0].text == "then" || words[0].text == "and" || words[0].text == "but")) {
        words = words.subspan(1);
    }
    if (words.empty()) {
        return Done{};
    }
    if (script_.steps.size() >= steps_max) {
        return at_fault(line_, words[0].column, text::format("more than {} steps", steps_max));
    }
    const std::vector<std::string> refused = take_refusal(words);
    std::size_t reached = 0;
    for (std::size_t index = 0; index < patterns_.size(); ++index) {
        Match found = match(patterns_[index], words);
        if (found.whole) {
            script_.steps.push_back({line_, words[0].column, joined(words), at_, after_, index,
                                     std::move(found.slots), refused});
            at_.reset();
            after_.reset();
            return Done{};
        }
        reached = std::max(reached, found.reached);
    }
    if (reached >= words.size()) {
        const Word& last = words.back();
        return at_fault(line_, last.column,
                        text::format("something is missing after \"{}\"", last.text));
    }
    const Word& word = words[reached];
    return at_fault(line_, word.column,
                    text::format("I do not understand \"{}\" (after \"{}\")", word.text,
                                 joined(words.first(reached))));
}

}  // namespace

Result<Script> read_script(std::string_view text, std::span<const std::string_view> patterns) {
    return Reader{patterns}.read(text);
}

}  // namespace linka::sim
