#include "linka/api/live/routing_way.hpp"

#include "linka/base/text.hpp"
#include "linka/core/records/pattern.hpp"
#include "linka/core/view.hpp"

#include <set>

namespace linka::api {

namespace {

using core::Exit;
using core::ExitKind;
using core::Place;

std::string numbered(const std::string& number, const std::string& title) {
    return title.empty() || title == number ? number : number + " " + title;
}

std::string owner_of(const core::State& state, const std::string& extension) {
    const core::User* user = core::user_by_extension(state, extension);
    return user == nullptr ? std::string() : user->title;
}

// What a place is called, beside its kind; empty where that says all.
class Title {
  public:
    Title(const core::State& state, const core::Routing& in) : state_(state), in_(in) {}

    std::string operator()(const core::place::Queue& to) const {
        const core::Queue* queue = core::find_queue(state_, to.queue);
        return numbered(std::to_string(to.queue.value), queue == nullptr ? "" : queue->title);
    }
    std::string operator()(const core::place::Extension& to) const {
        return numbered(to.extension, owner_of(state_, to.extension));
    }
    std::string operator()(const core::place::RingGroup& to) const {
        const auto group = in_.ring_groups.find(to.group);
        return numbered(std::to_string(to.group.value),
                        group == in_.ring_groups.end() ? "" : group->second.title);
    }
    std::string operator()(const core::place::Menu& to) const {
        const auto menu = in_.menus.find(to.menu);
        return menu == in_.menus.end() ? std::string() : menu->second.title;
    }
    std::string operator()(const core::place::Voicemail& to) const {
        return to.mailbox.empty() ? "" : numbered(to.mailbox, owner_of(state_, to.mailbox));
    }
    std::string operator()(const core::place::Number& to) const { return to.number; }
    std::string operator()(const core::place::Announcement& to) const { return to.prompt; }
    template <typename Other>
    std::string operator()(const Other& /*to*/) const {
        return {};
    }

  private:
    const core::State& state_;
    const core::Routing& in_;
};

std::string_view kind_of(const Place& place) {
    return std::visit(
        [](const auto& to) { return std::string_view(std::decay_t<decltype(to)>::type); }, place);
}

std::string title_of(const core::Route& rule) {
    return rule.title.empty() ? rule.did : rule.title;
}

class Way {
  public:
    Way(const core::State& state, const core::Routing& in, const TriedCall& call, Instant at,
        Language language)
        : state_(state), in_(in), call_(call), time_(at), language_(language) {}

    json::Array walk() {
        const core::Route* rule = core::rule_for(state_, in_, call_.did, call_.clid);
        if (rule == nullptr) {
            add("no_rule", {},
                say("na toto číslo žádné pravidlo nepasuje: volající uslyší, že není přiděleno",
                    "no rule fits this number: callers hear that it is not in use"));
            return std::move(way_);
        }
        add("rule", title_of(*rule), why(*rule));
        if (!rule->announcement.empty()) {
            add("announcement", rule->announcement,
                say("nejdřív zazní hlášení", "first an announcement is played"));
        }
        tell_hours(*rule);
        Place at = core::place_of(in_, *rule, &calendar::Zone::find, time_);
        for (int places = 0; places < way_places_max; ++places) {
            const std::optional<Exit> exit = next(at);
            if (!exit) {
                return std::move(way_);
            }
            at = exit->to;
        }
        add("loop", {},
            say("dál už se to jen opakuje: hovor se ukončí",
                "from here it only goes round: the call is ended"));
        return std::move(way_);
    }

  private:
    std::string say(std::string_view cs, std::string_view en) const {
        return std::string(language_ == Language::cs ? cs : en);
    }
    void add(std::string_view kind, std::string title, std::string text) {
        way_.push_back(
            json::Object{{"kind", kind}, {"title", std::move(title)}, {"text", std::move(text)}});
    }

    std::string why(const core::Route& rule) const {
        const std::string by = rule.did.empty()
                                   ? say("platí pro každé číslo", "holds for every number")
                               : rule.did.starts_with('_')
                                   ? say("číslu vyhovuje vzor ", "the pattern fits: ") + rule.did
                                   : say("přesně toto číslo", "exactly this number");
        return rule.caller.empty()
                   ? by
                   : by + say(", volající vyhovuje ", ", the caller fits ") + rule.caller;
    }

    void tell_hours(const core::Route& rule) {
        const auto group = in_.time_groups.find(rule.time_group);
        if (group != in_.time_groups.end()) {
            const bool shut = core::is_shut(in_, rule, &calendar::Zone::find, time_);
            add("time_group", group->second.title,
                shut ? say("je zavřeno", "is shut then") : say("je otevřeno", "is open then"));
        }
    }

    // Adds the place, and says by which exit the call leaves it; none: there it stays or ends.
    std::optional<Exit> next(const Place& at) {
        const std::vector<Exit> exits = core::exits_of(state_, in_, at);
        const bool is_menu = std::holds_alternative<core::place::Menu>(at);
        const std::string title = std::visit(Title(state_, in_), at);
        if (!is_menu) {
            const std::string then = exits.empty() ? std::string() : otherwise(exits.front());
            add(kind_of(at), title, joined(who_rings(at), then));
            return std::nullopt;
        }
        if (pressed_ < call_.keys.size()) {
            const std::string key(1, call_.keys[pressed_++]);
            for (const Exit& exit : exits) {
                if (exit.kind == ExitKind::key && exit.key == key) {
                    add("menu", title, say("stiskne ", "presses ") + key);
                    return exit;
                }
            }
            add("menu", title,
                key + say(" tu nic neznamená, menu zazní znovu",
                          " means nothing here; the menu is played again"));
            return Exit{ExitKind::no_key, {}, at};
        }
        for (const Exit& exit : exits) {
            if (exit.kind == ExitKind::no_key) {
                add("menu", title, say("nic nestiskne", "presses nothing"));
                return exit;
            }
        }
        add("menu", title,
            say("nic nestiskne, a hovor se ukončí", "presses nothing, and the call is ended"));
        return std::nullopt;
    }

    static std::string joined(const std::string& first, const std::string& second) {
        return first.empty() || second.empty() ? first + second : first + "; " + second;
    }

    // Of a ring group, each with how long.
    std::string who_rings(const Place& place) const {
        const auto* to = std::get_if<core::place::RingGroup>(&place);
        const auto group = to == nullptr ? in_.ring_groups.end() : in_.ring_groups.find(to->group);
        if (group == in_.ring_groups.end()) {
            return {};
        }
        std::string all;
        for (const core::GroupMember& member : group->second.members) {
            all += (all.empty() ? "" : ", ") +
                   numbered(member.number, owner_of(state_, member.number)) + " " +
                   std::to_string(member.ring / Duration(1s)) + " s";
        }
        switch (group->second.strategy) {
            case core::GroupStrategy::all:
                return say("zvoní naráz: ", "ring at once: ") + all;
            case core::GroupStrategy::in_turn:
                return say("zvoní po jednom: ", "ring one after another: ") + all;
            case core::GroupStrategy::random:
                return say("zvoní po jednom, náhodně: ", "ring one by one, at random: ") + all;
        }
        return all;
    }

    std::string otherwise(const Exit& exit) const {
        const std::string to = std::visit(Title(state_, in_), exit.to);
        const std::string where = to.empty() ? std::string(kind_of(exit.to)) : to;
        return (exit.kind == ExitKind::left
                    ? say("nikdo-li se nedočká: ", "whoever waits too long goes on to: ")
                    : say("nikdo-li nepřijme: ", "if nobody answers: ")) +
               where;
    }

    const core::State& state_;
    const core::Routing& in_;
    const TriedCall& call_;
    Instant time_;
    Language language_;
    json::Array way_;
    std::size_t pressed_ = 0;
};

class Tree {
  public:
    Tree(const core::State& state, const core::Routing& in) : state_(state), in_(in) {}

    json::Object of(const Place& place) {
        json::Object node{{"kind", kind_of(place)},
                          {"title", std::visit(Title(state_, in_), place)}};
        if (!seen_.insert(place).second || ++places_ > tree_places_max) {
            node["again"] = true;
            return node;
        }
        json::Array exits;
        for (const Exit& exit : core::exits_of(state_, in_, place)) {
            exits.push_back(
                json::Object{{"kind", name_of(exit.kind)}, {"key", exit.key}, {"to", of(exit.to)}});
        }
        node["exits"] = std::move(exits);
        return node;
    }

  private:
    const core::State& state_;
    const core::Routing& in_;
    std::set<Place> seen_;
    int places_ = 0;
};

}  // namespace

json::Array way_json(const core::State& state, const core::Routing& in, const TriedCall& call,
                     Instant at, Language language) {
    return Way(state, in, call, at, language).walk();
}

json::Value tree_json(const core::State& state, const core::Routing& in, const core::Route* rule) {
    if (rule == nullptr) {
        return nullptr;
    }
    Tree tree(state, in);
    json::Object out{{"rule", title_of(*rule)},
                     {"announcement", rule->announcement},
                     {"to", tree.of(core::place_of(rule->destination))}};
    const auto group = in.time_groups.find(rule->time_group);
    if (group != in.time_groups.end()) {
        out["time_group"] = group->second.title;
        out["when_shut"] = tree.of(core::place_of(rule->when_shut));
    }
    return out;
}

}  // namespace linka::api
