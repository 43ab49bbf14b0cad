// Are records of routing fit to be saved?
#include "linka/core/flow/place.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/records/check_kit.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/pattern.hpp"
#include "linka/core/records/words.hpp"
#include "linka/core/view.hpp"

#include <set>
#include <string>

namespace linka::core {

namespace {

// What is wrong with a place; empty: nothing.
std::string wrong(const State& s, const Routing& /*in*/, const place::Queue& to) {
    return s.queues.contains(to.queue) ? "" : "no queue ";
}
std::string wrong(const State& s, const Routing& /*in*/, const place::Extension& to) {
    return user_by_extension(s, to.extension) != nullptr ? "" : "no extension ";
}
std::string wrong(const State& /*s*/, const Routing& in, const place::RingGroup& to) {
    return in.ring_groups.contains(to.group) ? "" : "no ring group ";
}
std::string wrong(const State& /*s*/, const Routing& in, const place::Menu& to) {
    return in.menus.contains(to.menu) ? "" : "no menu ";
}
std::string wrong(const State& s, const Routing& in, const place::Voicemail& to) {
    return to.mailbox.empty() ? "" : wrong(s, in, place::Extension{to.mailbox});
}
template <typename Other>
std::string wrong(const State& /*s*/, const Routing& /*in*/, const Other& /*to*/) {
    return {};
}

// It is given once, for good, and to one only.
template <typename Id, typename R>
Check check_own_name(const std::map<Id, R>& all, const R& record) {
    const auto old = all.find(record.id);
    if (old != all.end() && old->second.name != record.name) {
        return fault("name", "never changes");
    }
    if (!record.name.empty() && !is_name(record.name)) {
        return fault("name", name_rule);
    }
    for (const auto& [id, other] : all) {
        if (id != record.id && other.name == record.name) {
            return fault("name", "exists already");
        }
    }
    return {};
}

Check check_hours(const State& s, const Routing& in, const Route& route) {
    if (!route.time_group) {
        return route.when_shut == Destination{}
                   ? Check{}
                   : fault("when_shut", "only with a time group: without one it is never shut");
    }
    if (!in.time_groups.contains(route.time_group)) {
        return fault("time_group", "no such time group");
    }
    if (route.when_shut == Destination{}) {
        return fault("when_shut", "where calls go while the time group is shut");
    }
    return check(s, in, "when_shut", route.when_shut);
}

}  // namespace

Check check(const State& s, const Routing& in, const std::string& field, const Destination& to) {
    const Place place = place_of(to);
    if (const auto* far = std::get_if<place::Number>(&place)) {
        return may_be_sent_to(s, far->number) ? Check{}
                                              : fault(field, "not a number that may be called");
    }
    if (const auto* heard = std::get_if<place::Announcement>(&place)) {
        return heard->prompt.empty() ? fault(field, "a prompt's name")
                                     : check_prompt(s, field, heard->prompt);
    }
    const std::string what =
        std::visit([&](const auto& there) { return wrong(s, in, there); }, place);
    return what.empty() ? Check{} : fault(field, what + to.value);
}

Check check(const State& s, const Routing& in, const Route& route) {
    if (route.id && !in.routes.contains(route.id)) {
        return fault("id", "no such route");
    }
    if (Check name = check_own_name(in.routes, route)) {
        return name;
    }
    if (Check title = check_words(route.title)) {
        return title;
    }
    if (!limits::route_position.has(route.position)) {
        return fault("position", "0 to 10000");
    }
    if (route.language.size() > limits::language_bytes_max) {
        return fault("language", "at most 8 bytes");
    }
    for (const auto& [field, pattern] :
         {std::pair{"did", route.did}, std::pair{"caller", route.caller}}) {
        if (!pattern.empty() && !is_pattern(pattern)) {
            return fault(field, "digits, or a pattern behind _");
        }
    }
    if (Check heard = check_prompt(s, "announcement", route.announcement)) {
        return heard;
    }
    if (Check to = check(s, in, "destination", route.destination)) {
        return to;
    }
    if (Check hours = check_hours(s, in, route)) {
        return hours;
    }
    return route.id ? Check{} : check_count(in.routes.size());
}

Check check(const State& /*s*/, const Routing& in, const TimeGroup& group) {
    const auto old = in.time_groups.find(group.id);
    if (group.id && old == in.time_groups.end()) {
        return fault("id", "no such time group");
    }
    if (Check name = check_own_name(in.time_groups, group)) {
        return name;
    }
    if (Check title = check_title(group.title)) {
        return title;
    }
    const std::vector<calendar::Fault> faults = calendar::check(group.hours);
    if (!faults.empty()) {
        return fault(faults.front().field, faults.front().limit);
    }
    return group.id ? Check{} : check_count(in.time_groups.size());
}

Check check(const State& s, const Routing& in, const Menu& menu) {
    if (menu.id && !in.menus.contains(menu.id)) {
        return fault("id", "no such menu");
    }
    if (menu.name.size() > 64 || menu.language.size() > 8) {
        return fault("name", "at most 64 bytes, language 8");
    }
    if (Check heard = check_prompt(s, "prompt", menu.prompt)) {
        return heard;
    }
    if (Check title = check_title(menu.title)) {
        return title;
    }
    if (menu.timeout < 1s || menu.timeout > 60s) {
        return fault("timeout", "1 to 60 s");
    }
    if (menu.repeats < 0 || menu.repeats > 10) {
        return fault("repeats", "0 to 10");
    }
    std::set<std::string> seen;
    for (const MenuChoice& choice : menu.choices) {
        if (choice.digit.size() != 1 || !all_of_set(choice.digit, "0123456789*#") ||
            !seen.insert(choice.digit).second) {
            return fault("choices", "each digit (0-9 * #) once");
        }
        if (Check to = check(s, in, "choices", choice.destination)) {
            return to;
        }
    }
    if (Check to = check(s, in, "on_nothing", menu.on_nothing)) {
        return to;
    }
    return menu.id ? Check{} : check_count(in.menus.size());
}

Check check(const State& s, const Routing& in, const RingGroup& group) {
    if (group.id.value < 1 || group.id.value > limits::queue_number_max) {
        return fault("id", "a number of 1 to 8 digits");
    }
    const std::string number = std::to_string(group.id.value);
    if (std::string taken = taken_by(s, number, {}, {}, group.id); !taken.empty()) {
        return fault("id", taken);
    }
    // None: those who were in it are gone. Calls go on as if nobody answered.
    if (group.members.size() > 50) {
        return fault("members", "at most 50");
    }
    for (const GroupMember& member : group.members) {
        if (user_by_extension(s, member.number) == nullptr && !may_be_sent_to(s, member.number)) {
            return fault("members", member.number + " is no extension and may not be called");
        }
        if (!limits::member_ring.has(member.ring)) {
            return fault("members", "each rings 5 to 300 s");
        }
    }
    if (Check title = check_title(group.title)) {
        return title;
    }
    if (Check to = check(s, in, "on_no_answer", group.on_no_answer)) {
        return to;
    }
    return in.ring_groups.contains(group.id) ? Check{} : check_count(in.ring_groups.size());
}

}  // namespace linka::core
