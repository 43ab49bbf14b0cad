// Sentences that furnish the company: "Given queue …", "Given user …".
#include "linka/base/text.hpp"
#include "sim/scenario/sentence.hpp"

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

/// Options that are one length of time.
Duration* time_option(std::string_view pattern, core::Queue& queue) {
    if (pattern == "ring time {time}") {
        return &queue.ring_time;
    }
    if (pattern == "sleep {time}") {
        return &queue.sleep_time;
    }
    if (pattern == "wrap-up {time}") {
        return &queue.wrap_time;
    }
    if (pattern == "longest wait {time}") {
        return &queue.max_wait;
    }
    if (pattern == "answer within {time}") {
        return &queue.answer_within;
    }
    if (pattern == "abandon within {time}") {
        return &queue.abandon_within;
    }
    return nullptr;
}

bool queue_time(std::span<const Word> words, core::Queue& queue) {
    static constexpr std::string_view patterns[] = {
        "ring time {time}",    "sleep {time}",         "wrap-up {time}",
        "longest wait {time}", "answer within {time}", "abandon within {time}"};
    for (const std::string_view pattern : patterns) {
        const Match found = match(pattern, words);
        if (found.whole) {
            *time_option(pattern, queue) = found.slots[0].time;
            return true;
        }
    }
    return false;
}

std::string queue_option(const Stage& stage, std::span<const Word> words, core::Queue& queue) {
    const auto is = [&](std::string_view pattern, Slot* slot = nullptr) {
        Match found = match(pattern, words);
        if (found.whole && slot != nullptr) {
            *slot = std::move(found.slots[0]);
        }
        return found.whole;
    };
    Slot slot;
    if (queue_time(words, queue)) {
        return {};
    }
    if (is("strategy {who}", &slot)) {
        return read_enum(slot.text, queue.strategy);
    }
    if (is("type {who}", &slot)) {
        return read_enum(slot.text, queue.type);
    }
    if (is("records {who}", &slot)) {
        return read_enum(slot.text, queue.record);
    }
    if (is("weight {number}", &slot)) {
        queue.weight = static_cast<int>(slot.number);
    } else if (is("at most {number} waiting", &slot)) {
        queue.max_length = static_cast<int>(slot.number);
    } else if (is("no automatic pause")) {
        queue.auto_pause = false;
    } else if (is("no wrap-up")) {
        queue.wrap_time = Duration{0};
    } else if (is("auto-answer")) {
        queue.auto_answer = true;
    } else if (is("switched off")) {
        queue.deactivated = true;
    } else if (is("greeting {who}", &slot)) {
        queue.announcement = slot.text;
    } else if (is("music {who}", &slot)) {
        queue.music = slot.text;
    } else if (is("tells the position every {time}", &slot)) {
        queue.position_announcement = true;
        queue.position_repeat = slot.time;
    } else if (is("tells the position once")) {
        queue.position_announcement = true;
        queue.position_repeat = Duration{0};
    } else if (is("shows {who}", &slot)) {
        queue.outbound_number = slot.text;
    } else if (is("refuses when all are {list}", &slot)) {
        return read_empty(slot.list, queue.join_empty);
    } else if (is("sends on when all are {list}", &slot)) {
        return read_empty(slot.list, queue.leave_empty);
    } else if (is("then {rest}", &slot)) {
        return read_destination(stage, slot.rest, queue.on_leave);
    } else {
        return "no option of a queue: " + as_text(words);
    }
    return {};
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
