// Private to core/records: what the checks of records share.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/records/check.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace linka::core {

using Check = std::optional<Fault>;

inline Check fault(std::string field, std::string text) {
    return Fault{std::move(field), std::move(text)};
}

inline bool all_of_set(std::string_view text, std::string_view set) {
    return text.find_first_not_of(set) == std::string_view::npos;
}

inline bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most && all_of_set(text, "0123456789");
}

inline bool within(Duration value, Duration least, Duration most, bool zero) {
    return (zero && value == Duration{}) || (value >= least && value <= most);
}

inline constexpr const char* name_rule =
    "1 to 64 characters without spaces, slashes and quotation marks";

Check check_title(const std::string& title);
/// The same, which may be empty.
Check check_words(const std::string& title);

/// Of what callers hear: no prompt of that name, unless it is empty.
Check check_prompt(const State& s, const std::string& field, const std::string& name);

/// Whether calls may be sent on to that number by themselves: never to those who save lives.
bool may_be_sent_to(const State& s, std::string_view number);

/// Extensions, queues and ring groups share one dial space (product rule 2): whose number it is,
/// for a sentence; empty: it is free for the one that is excepted.
std::string taken_by(const State& s, const std::string& number, UserId except_user,
                     QueueId except_queue, RingGroupId except_group);

}  // namespace linka::core
