// Sentences that furnish the company: "Given queue …", "Given user …".
#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "sim/scenario/sentence.hpp"

#include <optional>

namespace linka::sim {
namespace {

std::string as_text(std::span<const Word> words) {
    std::string text;
    for (const Word& word : words) {
        text += (text.empty() ? "" : " ") + word.text;
    }
    return text;
}

template <typename E>
std::string read_enum(std::string_view name, E& value) {
    return enum_from_name(name, value) ? std::string{} : unknown("value", name);
}

std::string read_empty(const std::vector<std::string>& names,
                       std::vector<core::EmptyState>& states) {
    for (const std::string& name : names) {
        core::EmptyState state{};
        if (std::string wrong = read_enum(name, state); !wrong.empty()) {
            return wrong;
        }
        states.push_back(state);
    }
    return {};
}

/// Is it an option of so long a time? Then it is set.
bool sets_time(std::span<const Word> words, std::string_view pattern, Duration& time) {
    const Match found = match(pattern, words);
    if (found.whole) {
        time = found.slots[0].time;
    }
    return found.whole;
}

/// What is wrong; none: it is no such option.
using Tried = std::optional<std::string>;

class Option {
  public:
    explicit Option(std::span<const Word> words) : words_(words) {}
    bool is(std::string_view pattern) {
        Match found = match(pattern, words_);
        if (found.whole && !found.slots.empty()) {
            slot = std::move(found.slots[0]);
        }
        return found.whole;
    }
    Slot slot;

  private:
    std::span<const Word> words_;
};

Tried common_option(std::span<const Word> words, core::Queue& queue) {
    Option option(words);
    if (sets_time(words, "wrap-up {time}", queue.wrap_time) ||
        sets_time(words, "answer within {time}", queue.answer_within) ||
        sets_time(words, "abandon within {time}", queue.abandon_within)) {
        return "";
    }
    if (option.is("type {who}")) {
        core::QueueType type{};
        std::string wrong = read_enum(option.slot.text, type);
        core::set_type(queue, type);
        return wrong;
    }
    if (option.is("no wrap-up")) {
        queue.wrap_time = Duration{0};
    } else if (option.is("switched off")) {
        queue.deactivated = true;
    } else {
        return std::nullopt;
    }
    return "";
}

Tried offering_option(std::span<const Word> words, core::Offering& offering) {
    Option option(words);
    if (sets_time(words, "ring time {time}", offering.ring_time) ||
        sets_time(words, "sleep {time}", offering.sleep_time) ||
        sets_time(words, "longest wait {time}", offering.max_wait)) {
        return "";
    }
    if (option.is("strategy {who}")) {
        return read_enum(option.slot.text, offering.strategy);
    }
    if (option.is("weight {number}")) {
        offering.weight = static_cast<int>(option.slot.number);
    } else if (option.is("no automatic pause")) {
        offering.auto_pause = false;
    } else {
        return std::nullopt;
    }
    return "";
}

Tried calls_option(const Stage& stage, std::span<const Word> words, core::queue_of::Calls& calls) {
    Option option(words);
    if (option.is("records {who}")) {
        return read_enum(option.slot.text, calls.record);
    }
    if (option.is("refuses when all are {list}")) {
        return read_empty(option.slot.list, calls.join_empty);
    }
    if (option.is("sends on when all are {list}")) {
        return read_empty(option.slot.list, calls.leave_empty);
    }
    if (option.is("then {rest}")) {
        return read_destination(stage, option.slot.rest, calls.on_leave);
    }
    if (option.is("at most {number} waiting")) {
        calls.max_length = static_cast<int>(option.slot.number);
    } else if (option.is("auto-answer")) {
        calls.auto_answer = true;
    } else if (option.is("greeting {who}")) {
        calls.announcement = option.slot.text;
    } else if (option.is("music {who}")) {
        calls.music = option.slot.text;
    } else if (sets_time(words, "tells the position every {time}", calls.position_repeat)) {
        calls.position_announcement = true;
    } else if (option.is("tells the position once")) {
        calls.position_announcement = true;
        calls.position_repeat = Duration{0};
    } else if (option.is("shows {who}")) {
        calls.outbound_number = option.slot.text;
    } else {
        return std::nullopt;
    }
    return "";
}

std::string queue_option(const Stage& stage, std::span<const Word> words, core::Queue& queue) {
    Tried tried = common_option(words, queue);
    if (core::Offering* offering = core::offering_of(&queue); !tried && offering != nullptr) {
        tried = offering_option(words, *offering);
    }
    if (core::queue_of::Calls* calls = core::calls_of(&queue); !tried && calls != nullptr) {
        tried = calls_option(stage, words, *calls);
    }
    return tried.value_or("no option of such a queue: " + as_text(words));
}

std::string set_queue(Stage& stage, core::QueueId id, std::string_view title,
                      std::span<const Word> options) {
    core::Queue queue = stage.has_queue(id) ? stage.queue_record(id) : core::Queue{};
    queue.id = id;
    if (!title.empty()) {
        queue.title = title;
    }
    for (const auto& option : cut_at_commas(options)) {
        if (std::string wrong = queue_option(stage, option, queue); !wrong.empty()) {
            return wrong;
        }
    }
    stage.save(queue);
    return {};
}

std::string device_right(Stage& stage, std::span<const Word> words, core::User& user,
                         bool& matched) {
    matched = true;
    core::DeviceRight right;
    Match found = match("device {who}", words);
    if (!found.whole) {
        found = match("device {who} for {time}", words);
        if (found.whole) {
            right.ring = found.slots[1].time;
        }
    }
    if (!found.whole) {
        found = match("device {who} after {time}", words);
        if (found.whole) {
            right.delay = found.slots[1].time;
        }
    }
    if (!found.whole) {
        found = match("device {who} after {time} for {time}", words);
        if (found.whole) {
            right.delay = found.slots[1].time;
            right.ring = found.slots[2].time;
        }
    }
    if (!found.whole) {
        matched = false;
        return {};
    }
    right.device = stage.device_or_new(found.slots[0].text);
    user.devices.push_back(right);
    return {};
}

std::string queue_right(std::span<const Word> words, core::User& user, bool& matched) {
    static constexpr std::string_view patterns[] = {"queue {number}", "queue {number} {who}",
                                                    "queue {number} penalty {number}",
                                                    "queue {number} {who} penalty {number}"};
    for (const std::string_view pattern : patterns) {
        const Match found = match(pattern, words);
        if (!found.whole) {
            continue;
        }
        matched = true;
        core::QueueRight right;
        right.queue = core::QueueId{found.slots[0].number};
        for (std::size_t index = 1; index < found.slots.size(); ++index) {
            const Slot& slot = found.slots[index];
            if (slot.text.empty()) {
                right.penalty = static_cast<int>(slot.number);
            } else if (std::string wrong = read_enum(slot.text, right.login); !wrong.empty()) {
                return wrong;
            }
        }
        user.queues.push_back(right);
        return {};
    }
    matched = false;
    return {};
}

core::Profile profile_named(const Stage& stage, const std::string& title) {
    for (const auto& [id, profile] : stage.ledger().profiles) {
        if (profile.title == title) {
            return profile;
        }
    }
    core::Profile fresh;
    fresh.name = title;
    fresh.title = title;
    return fresh;
}

std::string profile_option(Stage& stage, std::span<const Word> words, core::Profile& profile) {
    Option option(words);
    if (option.is("transfers {who}")) {
        return read_enum(option.slot.text, profile.transfers);
    }
    if (option.is("at most {number} open")) {
        profile.max_activities = static_cast<int>(option.slot.number);
    } else if (option.is("calls without a queue")) {
        profile.call_without_queue = true;
    } else if (option.is("device {who}")) {
        profile.devices.push_back(stage.device_or_new(option.slot.text));
    } else {
        return "no option of a profile: " + as_text(words);
    }
    return {};
}

std::string set_profile(Stage& stage, Slots slots) {
    core::Profile profile = profile_named(stage, slots[0].text);
    for (const auto& option : cut_at_commas(slots[1].rest)) {
        if (std::string wrong = profile_option(stage, option, profile); !wrong.empty()) {
            return wrong;
        }
    }
    stage.apply(core::SaveProfile{profile});
    return {};
}

std::string user_option(Stage& stage, std::span<const Word> words, core::User& user) {
    bool matched = false;
    std::string wrong = device_right(stage, words, user, matched);
    if (!matched) {
        wrong = queue_right(words, user, matched);
    }
    if (matched) {
        return wrong;
    }
    Match found;
    const auto is = [&](std::string_view pattern) {
        found = match(pattern, words);
        return found.whole;
    };
    if (is("at most {number} open")) {
        user.max_activities = static_cast<int>(found.slots[0].number);
    } else if (is("calls without a queue")) {
        user.call_without_queue = true;
    } else if (is("profile {who}")) {
        user.profile = profile_named(stage, found.slots[0].text).id;
        return user.profile ? std::string{} : unknown("profile", found.slots[0].text);
    } else if (is("back office")) {
        user.type = core::UserType::BO;
        user.access = core::Access::back_office;
    } else if (is("access {who}")) {
        return read_enum(found.slots[0].text, user.access);
    } else if (is("records {who}")) {
        return read_enum(found.slots[0].text, user.record);
    } else if (is("shows {who}")) {
        user.caller_number = found.slots[0].text;
    } else if (is("forwards to {who}")) {
        user.forwarding_number = found.slots[0].text;
    } else {
        return "no option of a user: " + as_text(words);
    }
    return {};
}

std::string set_user(Stage& stage, const std::string& title, const std::string& extension,
                     std::span<const Word> options) {
    core::User user;
    if (const auto known = stage.user(title)) {
        user = stage.user_record(*known);
    } else {
        user.name = "user" + extension;
        user.title = title;
        user.record = core::RecordMode::disabled;
    }
    if (!extension.empty()) {
        user.extension = extension;
    }
    for (const auto& option : cut_at_commas(options)) {
        if (std::string wrong = user_option(stage, option, user); !wrong.empty()) {
            return wrong;
        }
    }
    stage.save(user);
    return {};
}

}  // namespace

void add_setup(std::vector<Sentence>& all) {
    all.push_back({"Given queue {number} {text}", [](Stage& stage, Slots slots) {
                       return set_queue(stage, core::QueueId{slots[0].number}, slots[1].text, {});
                   }});
    all.push_back({"Given queue {number} {text} , {rest}", [](Stage& stage, Slots slots) {
                       return set_queue(stage, core::QueueId{slots[0].number}, slots[1].text,
                                        slots[2].rest);
                   }});
    all.push_back({"Given queue {number} has {rest}", [](Stage& stage, Slots slots) {
                       return set_queue(stage, core::QueueId{slots[0].number}, {}, slots[1].rest);
                   }});
    all.push_back({"Given profile {who} has {rest}", set_profile});
    all.push_back({"Given user {who} extension {who}", [](Stage& stage, Slots slots) {
                       return set_user(stage, slots[0].text, slots[1].text, {});
                   }});
    all.push_back({"Given user {who} extension {who} , {rest}", [](Stage& stage, Slots slots) {
                       return set_user(stage, slots[0].text, slots[1].text, slots[2].rest);
                   }});
    all.push_back({"Given user {who} has {rest}", [](Stage& stage, Slots slots) {
                       return set_user(stage, slots[0].text, {}, slots[1].rest);
                   }});
}

}  // namespace linka::sim
