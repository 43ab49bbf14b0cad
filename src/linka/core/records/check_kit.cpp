#include "linka/core/records/check_kit.hpp"

#include "linka/base/text.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/words.hpp"
#include "linka/core/view.hpp"
#include "linka/core/voice/outside.hpp"

#include <algorithm>

namespace linka::core {

Check check_words(const std::string& title) {
    if (title.size() > limits::title_bytes_max) {
        return fault("title", "at most 256 bytes");
    }
    return has_hidden(title) ? fault("title", "without characters that are not seen") : Check{};
}

Check check_title(const std::string& title) {
    return is_blank(title) || title.size() > limits::title_bytes_max
               ? fault("title", "1 to 256 bytes")
               : check_words(title);
}

bool may_be_sent_to(const State& s, std::string_view number) {
    const std::optional<std::string> far = outside(s, number);
    return far && !is_emergency(s, *far);
}

std::string taken_by(const State& s, const std::string& number, UserId except_user,
                     QueueId except_queue, RingGroupId except_group) {
    const User* user = user_by_extension(s, number);
    if (user != nullptr && user->id != except_user) {
        return "used by user " + user->name;
    }
    const std::int64_t value = text::to_int(number).value_or(0);
    if (s.queues.contains(QueueId{value}) && QueueId{value} != except_queue &&
        std::to_string(value) == number) {
        return "used by queue " + number;
    }
    // What is free in the sandbox alone is free when that is applied.
    const RingGroupId group{value};
    if ((s.routing.ring_groups.contains(group) || s.draft.ring_groups.contains(group)) &&
        group != except_group && std::to_string(value) == number) {
        return "used by ring group " + number;
    }
    const auto& emergency = s.settings.emergency;
    if (std::find(emergency.begin(), emergency.end(), number) != emergency.end()) {
        return "an emergency number";
    }
    return {};
}

}  // namespace linka::core
