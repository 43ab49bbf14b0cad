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
    Way(const core::State& state, const core::Routing& in, const TriedCall& call, Language language)
        : state_(state), in_(in), call_(call), language_(language) {}

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
        Place at = core::place_of(rule->destination);
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

    // Adds the place, and says by which exit the call leaves it; none: there it stays or ends.
    std::optional<Exit> next(const Place& at) {
        const std::vector<Exit> exits = core::exits_of(state_, in_, at);
        const bool is_menu = std::holds_alternative<core::place::Menu>(at);
        const std::string title = std::visit(Title(state_, in_), at);
        if (!is_menu) {
            add(kind_of(at), title, exits.empty() ? std::string() : otherwise(exits.front()));
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
                     Language language) {
    return Way(state, in, call, language).walk();
}

json::Value tree_json(const core::State& state, const core::Routing& in, const std::string& did) {
    const core::Route* rule = core::rule_for(state, in, did, {});
    if (rule == nullptr) {
        return nullptr;
    }
    return json::Object{{"rule", title_of(*rule)},
                        {"announcement", rule->announcement},
                        {"to", Tree(state, in).of(core::place_of(rule->destination))}};
}

}  // namespace linka::api
