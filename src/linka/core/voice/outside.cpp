// Every way to the public network passes here: which numbers may be called at all, and who may have
// them called by what. Dialled, transferred (from the page and by the telephone's REFER),
// redirected
// (*170 and the record), a ring group's or a routing rule's number, an external device.
#include "linka/core/voice/outside.hpp"

#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/flow/way.hpp"
#include "linka/core/records/pattern.hpp"
#include "linka/core/records/profile.hpp"
#include "linka/core/records/right_to_call.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/number.hpp"

#include <set>

namespace linka::core {

namespace {

// At once to one number: redirected by a person, whose mobile it is; by a ring group or a rule,
// behind which there may be a whole office.
constexpr std::size_t forwards_max = 3;
constexpr std::size_t sent_on_max = 50;

bool has_right_to_call_out(const State& s, const User& user) {
    if (may_call_without_queue(s, user)) {
        return true;
    }
    return user.type == UserType::CC &&
           std::any_of(user.queues.begin(), user.queues.end(), [&](const QueueRight& right) {
               const Queue* queue = find_queue(s, right.queue);
               return queue != nullptr && !queue->deactivated && is_outbound(queue->type);
           });
}

// Legs that ring or talk outside at this number because something sent them on there.
std::size_t sent_on_to(const State& s, std::string_view number) {
    return static_cast<std::size_t>(
        std::count_if(s.legs.begin(), s.legs.end(), [&](const auto& pair) {
            const Leg& leg = pair.second;
            if (leg.device || leg.incoming || leg.number != number) {
                return false;
            }
            const Call* call = find_call(s, leg.call);
            return call == nullptr || call->direction != CallDirection::out;
        }));
}

// The rule that takes a call to this number if it is one of our own: such a call comes back by the
// line that it leaves by.
const Route* route_of_own(const State& s, std::string_view number) {
    for (const std::string& form : forms_of(number, s.settings.country)) {
        const Route* route = best_route(s.routing.routes, form, {std::string{}});
        if (route != nullptr && !route->did.empty()) {
            return route;
        }
    }
    return nullptr;
}

// Follows where a call to `to` would go by itself, and looks for the user.
class ReturnPath {
  public:
    ReturnPath(const State& s, UserId user) : s_(s), user_(user) {}

    [[nodiscard]] bool leads_number(std::string_view number) {
        if (const Place near = inside(s_, number); !is_nowhere(near)) {
            return leads(near);
        }
        const Route* route = route_of_own(s_, number);
        return route != nullptr && leads(place_of(route->destination));
    }

  private:
    static constexpr std::size_t places_max = 1'000;

    bool leads(const Place& to) {
        if (!seen_.insert(to).second || seen_.size() > places_max) {
            return false;
        }
        return std::visit([&](const auto& there) { return leads_from(there); }, to);
    }
    bool leads_from(const place::Extension& there) {
        const User* user = user_by_extension(s_, there.extension);
        if (user == nullptr) {
            return false;
        }
        return user->id == user_ ||
               (!user->forwarding_number.empty() && leads_number(user->forwarding_number));
    }
    bool leads_from(const place::Number& there) { return leads_number(there.number); }
    bool leads_from(const place::RingGroup& there) {
        const auto group = s_.routing.ring_groups.find(there.group);
        if (group == s_.routing.ring_groups.end()) {
            return false;
        }
        const auto& members = group->second.members;
        return leads_on(there) ||
               std::any_of(members.begin(), members.end(),
                           [&](const GroupMember& member) { return leads_number(member.number); });
    }
    template <typename Other>
    bool leads_from(const Other& there) {
        return leads_on(there);
    }
    bool leads_on(const Place& from) {
        const std::vector<Exit> exits = exits_of(s_, s_.routing, from);
        return std::any_of(exits.begin(), exits.end(),
                           [&](const Exit& exit) { return leads(exit.to); });
    }

    const State& s_;
    const UserId user_;
    std::set<Place> seen_;
};

// Calls that are sent on may come back to where they were sent on from, by our own lines or by a
// redirection far away that nobody here knows of.
bool goes_round(const State& s, const User* who, const std::string& number) {
    const bool comes_back = who != nullptr ? ReturnPath(s, who->id).leads_number(number)
                                           : route_of_own(s, number) != nullptr;
    return comes_back || sent_on_to(s, number) >= (who != nullptr ? forwards_max : sent_on_max);
}

}  // namespace

bool is_emergency(const State& s, std::string_view number) {
    const auto& all = s.settings.emergency;
    return std::find(all.begin(), all.end(), number) != all.end();
}

Place inside(const State& s, std::string_view number) {
    // Nothing of ours may stand before the number that saves lives, however it came to be called
    // so.
    if (is_emergency(s, number)) {
        return {};
    }
    if (user_by_extension(s, number) != nullptr) {
        return place::Extension{std::string(number)};
    }
    const std::int64_t value = text::to_int(number).value_or(0);
    if (s.queues.contains(QueueId{value})) {
        return place::Queue{QueueId{value}};
    }
    if (s.routing.ring_groups.contains(RingGroupId{value})) {
        return place::RingGroup{RingGroupId{value}};
    }
    return {};
}

std::optional<std::string> outside(const State& s, std::string_view typed) {
    const std::string number = normal_number(typed, s.settings.country);
    if (is_emergency(s, number)) {
        return number;
    }
    const bool digits = number.find_first_not_of("0123456789") == std::string::npos;
    const auto begins = [&](const std::string& prefix) {
        return !prefix.empty() && number.starts_with(prefix);
    };
    const std::string own = "00" + s.settings.country;
    const auto& allowed = s.settings.allowed_prefixes;
    const auto& premium = s.settings.premium;
    const bool open = begins(own) || std::any_of(allowed.begin(), allowed.end(), begins);
    const bool shut = std::any_of(premium.begin(), premium.end(), begins);
    const bool whole = number.starts_with("00") && number.size() >= 8 && number.size() <= 20;
    const bool right_length = !begins(own) || number.size() == own.size() + 9;
    if (!digits || !open || shut || !whole || !right_length) {
        return std::nullopt;
    }
    return number;
}

std::optional<Blocker> right_to_call_blocker(const State& s, const User* who,
                                             std::string_view number) {
    const auto right = s.rights_to_call.find(who != nullptr ? who->right_to_call : RightToCallId{});
    if (right == s.rights_to_call.end() || is_emergency(s, number) ||
        may_call(right->second, number, s.settings.country)) {
        return std::nullopt;
    }
    return Blocker{BlockerCode::right_to_call, {right->second.title}};
}

std::vector<Blocker> outside_blockers(const State& s, const User* who, std::string_view typed,
                                      OutsideWay way) {
    std::vector<Blocker> out;
    const std::optional<std::string> number = outside(s, typed);
    if (trunk_out(s) == nullptr) {
        out.push_back({BlockerCode::no_trunk, {}});
    }
    if (!number) {
        out.push_back({BlockerCode::not_allowed_number, {std::string(typed)}});
        return out;
    }
    const bool emergency = is_emergency(s, *number);
    if (who != nullptr && !emergency && !has_right_to_call_out(s, *who)) {
        out.push_back({BlockerCode::no_right, {who->title}});
    }
    if (const auto blocker = right_to_call_blocker(s, who, *number)) {
        out.push_back(*blocker);
    }
    if (way == OutsideWay::sent_on && goes_round(s, who, *number)) {
        out.push_back({BlockerCode::leads_back, {std::string(typed)}});
    }
    return out;
}

std::vector<Blocker> forward_blockers(const State& s, const User& user, std::string_view number) {
    std::vector<Blocker> out = outside_blockers(s, &user, number, OutsideWay::asked_for);
    // That there is no line just now is no reason not to note where calls are to go.
    std::erase_if(out, [](const Blocker& b) { return b.code == BlockerCode::no_trunk; });
    const std::optional<std::string> far = outside(s, number);
    if (far && is_emergency(s, *far)) {
        out.push_back({BlockerCode::not_allowed_number, {std::string(number)}});
    }
    if (ReturnPath(s, user.id).leads_number(number)) {
        out.push_back({BlockerCode::leads_back, {std::string(number)}});
    }
    return out;
}

LegId dial_outside(Turn& t, const Dial& what, const User* who) {
    if (!outside_blockers(t.s, who, what.number, OutsideWay::sent_on).empty()) {
        return {};
    }
    Dial dialled = what;
    dialled.number = *outside(t.s, what.number);
    return dial(t, dialled);
}

std::string customer_of(const Call& call) {
    return call.direction == CallDirection::out  ? call.number
           : call.direction == CallDirection::in ? call.caller
                                                 : std::string{};
}

}  // namespace linka::core
