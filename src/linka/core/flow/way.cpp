#include "linka/core/flow/way.hpp"

#include "linka/core/records/pattern.hpp"
#include "linka/core/view.hpp"
#include "linka/core/voice/number.hpp"

namespace linka::core {

namespace {

class Exits {
  public:
    Exits(const State& s, const Routing& in) : s_(s), in_(in) {}

    void of(const place::Menu& from) {
        const auto menu = in_.menus.find(from.menu);
        if (menu == in_.menus.end()) {
            return;
        }
        for (const MenuChoice& choice : menu->second.choices) {
            add(ExitKind::key, choice.destination, choice.digit);
        }
        add(ExitKind::no_key, menu->second.on_nothing);
    }
    void of(const place::Queue& from) {
        if (const auto* calls = calls_of(find_queue(s_, from.queue))) {
            add(ExitKind::left, calls->on_leave);
        }
    }
    void of(const place::RingGroup& from) {
        const auto group = in_.ring_groups.find(from.group);
        if (group != in_.ring_groups.end()) {
            add(ExitKind::no_answer, group->second.on_no_answer);
        }
    }
    template <typename Other>
    void of(const Other& /*from*/) {}

    std::vector<Exit> take() { return std::move(found_); }

  private:
    void add(ExitKind kind, const Destination& destination, const std::string& key = {}) {
        Place to = place_of(destination);
        if (!is_nowhere(to)) {
            found_.push_back({kind, key, std::move(to)});
        }
    }

    const State& s_;
    const Routing& in_;
    std::vector<Exit> found_;
};

}  // namespace

const Route* rule_for(const State& s, const Routing& in, std::string_view number,
                      std::string_view caller) {
    const std::vector<std::string> callers = forms_of(caller, s.settings.country);
    const Route* route = best_route(in.routes, number, callers);
    if (route != nullptr && !route->did.empty()) {
        return route;
    }
    for (const std::string& prefix : {"+" + s.settings.country, "00" + s.settings.country}) {
        if (number.starts_with(prefix)) {
            return best_route(in.routes, number.substr(prefix.size()), callers);
        }
    }
    return route;
}

bool is_shut(const Routing& in, const Route& rule, FindZone zones, Instant at) {
    const auto group = in.time_groups.find(rule.time_group);
    if (group == in.time_groups.end()) {
        return false;
    }
    const calendar::Hours& hours = group->second.hours;
    std::shared_ptr<const calendar::Zone> zone = zones(hours.zone);
    if (zone == nullptr) {
        zone = zones("UTC");
    }
    return zone != nullptr && !calendar::is_open(hours, *zone, at);
}

Place place_of(const Routing& in, const Route& rule, FindZone zones, Instant at) {
    return place_of(is_shut(in, rule, zones, at) ? rule.when_shut : rule.destination);
}

std::vector<Exit> exits_of(const State& s, const Routing& in, const Place& from) {
    Exits exits(s, in);
    std::visit([&](const auto& place) { exits.of(place); }, from);
    return exits.take();
}

}  // namespace linka::core
