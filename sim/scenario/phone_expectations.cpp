// Sentences about what phones must do and what must be heard.
#include "linka/base/text.hpp"
#include "sim/scenario/sentence.hpp"

#include <algorithm>
#include <set>

namespace linka::sim {
namespace {

const char* state_word(const Wire* wire) {
    if (wire == nullptr) {
        return "has no leg";
    }
    switch (wire->state) {
        case WireState::dialled:
            return "is dialled";
        case WireState::ringing:
            return wire->incoming ? "hears it ring" : "rings";
        case WireState::answered:
            return "is connected";
        case WireState::ended:
            return "has ended";
    }
    return "?";
}

const Wire* wire_of(const Stage& stage, std::string_view who) {
    const auto leg = stage.leg(who);
    return leg ? stage.exchange().find(*leg) : nullptr;
}

std::string expect_ring(Stage& stage, Slots slots) {
    for (const std::string& who : slots[0].list) {
        if (!stage.rings(who)) {
            return text::format("{} {}", who, state_word(wire_of(stage, who)));
        }
    }
    return {};
}

std::string expect_silence(Stage& stage, Slots slots) {
    for (const std::string& who : slots[0].list) {
        if (stage.rings(who)) {
            return who + " rings";
        }
    }
    return {};
}

/// Names of everything that rings now.
std::set<std::string> ringing(const Stage& stage) {
    std::set<std::string> names;
    for (const auto& [leg, wire] : stage.exchange().wires()) {
        if (wire.incoming || wire.state != WireState::ringing) {
            continue;
        }
        const auto it = stage.ledger().devices.find(wire.device);
        names.insert(it == stage.ledger().devices.end() ? wire.number : it->second.record.name);
    }
    return names;
}

std::string expect_only(Stage& stage, const std::set<std::string>& wanted) {
    const std::set<std::string> found = ringing(stage);
    if (found == wanted) {
        return {};
    }
    return text::format("these ring: {}",
                        found.empty() ? "none" : text::format("{}", fmt::join(found, ", ")));
}

std::string expect_only_list(Stage& stage, Slots slots) {
    return expect_only(stage, {slots[0].list.begin(), slots[0].list.end()});
}

std::string expect_stop(Stage& stage, Slots slots) {
    const std::string& who = slots[0].text;
    const Wire* wire = wire_of(stage, who);
    if (wire == nullptr) {
        return who + " never rang";
    }
    if (stage.rings(who)) {
        return who + " rings";
    }
    if (slots.size() < 2) {
        return {};
    }
    const auto& legs = stage.ledger().legs;
    const auto leg = legs.find(wire->leg);
    const auto offer = leg == legs.end() ? stage.ledger().offers.end()
                                         : stage.ledger().offers.find(leg->second.started.offer);
    if (offer == stage.ledger().offers.end() || !offer->second.ended) {
        return who + " rang for no offer that has ended";
    }
    const std::string_view outcome = name_of(offer->second.outcome);
    return outcome == slots[1].text ? std::string{} : text::format("it was {}", outcome);
}

std::string expect_sound(Stage& stage, const std::string& who, std::string_view kind,
                         std::string_view value) {
    const Wire* wire = wire_of(stage, who);
    if (wire == nullptr) {
        return unknown("leg of", who);
    }
    std::string heard;
    for (const core::Sound& sound : wire->sounds) {
        if (sound.kind == kind && (value.empty() || sound.value == value)) {
            return {};
        }
        heard += ' ' + sound.kind + ':' + sound.value;
    }
    return text::format("{} {} and hears{}", who, state_word(wire),
                        heard.empty() ? " nothing" : heard);
}

std::string expect_position(Stage& stage, Slots slots) {
    return expect_sound(stage, slots[0].text, "number", std::to_string(slots[1].number));
}

std::string expect_nothing(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    if (wire == nullptr) {
        return unknown("leg of", slots[0].text);
    }
    const bool silent = wire->sounds.empty() && !wire->peer && !wire->echo;
    return silent ? std::string{} : slots[0].text + " hears something";
}

std::string expect_ringback(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    const bool early = wire != nullptr && wire->ringback && wire->state == WireState::ringing;
    return early ? std::string{} : expect_sound(stage, slots[0].text, "tone", "ringback");
}

std::string expect_echo(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    return wire != nullptr && wire->echo ? std::string{} : slots[0].text + " hears no echo";
}

bool talk(const Stage& stage, const std::string& a, const std::string& b) {
    const auto ours = stage.living_legs(a);
    const auto theirs = stage.living_legs(b);
    return std::any_of(ours.begin(), ours.end(), [&](core::LegId one) {
        const Wire* wire = stage.exchange().find(one);
        return wire != nullptr && wire->sounds.empty() &&
               std::count(theirs.begin(), theirs.end(), wire->peer) > 0;
    });
}

std::string expect_talk(Stage& stage, Slots slots) {
    const bool both =
        talk(stage, slots[0].text, slots[1].text) && talk(stage, slots[1].text, slots[0].text);
    return both ? std::string{} : "they do not hear each other";
}

std::string expect_no_talk(Stage& stage, Slots slots) {
    const bool one =
        talk(stage, slots[0].text, slots[1].text) || talk(stage, slots[1].text, slots[0].text);
    return one ? "they hear each other" : std::string{};
}

std::string expect_turned_away(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    if (wire == nullptr || !wire->refused) {
        return text::format("{} {}", slots[0].text, state_word(wire));
    }
    return name_of(wire->cause) == slots[1].text
               ? std::string{}
               : text::format("turned away: {}", name_of(wire->cause));
}

std::string expect_gone(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    return wire != nullptr && wire->state == WireState::ended
               ? std::string{}
               : text::format("{} {}", slots[0].text, state_word(wire));
}

std::string expect_there(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    return wire != nullptr && wire->state == WireState::answered
               ? std::string{}
               : text::format("{} {}", slots[0].text, state_word(wire));
}

std::string expect_shown(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    const std::string shown = wire == nullptr ? "nothing" : wire->shown;
    return shown == slots[1].text ? std::string{} : "it shows " + shown;
}

std::string expect_muted(Stage& stage, Slots slots) {
    const auto legs = stage.living_legs(slots[0].text);
    const bool muted = std::any_of(legs.begin(), legs.end(), [&](core::LegId leg) {
        const Wire* wire = stage.exchange().find(leg);
        return wire != nullptr && wire->muted;
    });
    return muted ? std::string{} : slots[0].text + " can be heard";
}

std::string expect_digits(Stage& stage, Slots slots) {
    const Wire* wire = wire_of(stage, slots[0].text);
    const std::string digits = wire == nullptr ? std::string{} : wire->digits;
    return digits == slots[1].text ? std::string{} : "it got \"" + digits + '"';
}

}  // namespace

void add_phone_expectations(std::vector<Sentence>& all) {
    all.push_back({"nothing rings", [](Stage& stage, Slots) { return expect_only(stage, {}); }});
    all.push_back({"only {list} rings", expect_only_list});
    all.push_back({"only {list} ring", expect_only_list});
    all.push_back({"{list} rings", expect_ring});
    all.push_back({"{list} ring", expect_ring});
    all.push_back({"{list} does not ring", expect_silence});
    all.push_back({"{list} do not ring", expect_silence});
    all.push_back({"{who} stops ringing", expect_stop});
    all.push_back({"{who} stops ringing ( {who} )", expect_stop});
    all.push_back({"{who} hears music", [](Stage& stage, Slots slots) {
                       return expect_sound(stage, slots[0].text, "music", {});
                   }});
    all.push_back({"{who} hears nothing", expect_nothing});
    all.push_back({"{who} hears ringing", expect_ringback});
    all.push_back({"{who} hears an echo", expect_echo});
    all.push_back({"{who} hears position {number}", expect_position});
    all.push_back({"{who} hears tone {who}", [](Stage& stage, Slots slots) {
                       return expect_sound(stage, slots[0].text, "tone", slots[1].text);
                   }});
    all.push_back({"{who} hears prompt {who}", [](Stage& stage, Slots slots) {
                       return expect_sound(stage, slots[0].text, "prompt", slots[1].text);
                   }});
    all.push_back({"{who} talks to {who}", expect_talk});
    all.push_back({"{who} does not talk to {who}", expect_no_talk});
    all.push_back({"{who} is turned away : {who}", expect_turned_away});
    all.push_back({"{who} is gone", expect_gone});
    all.push_back({"{who} is connected", expect_there});
    all.push_back({"{who} shows {who}", expect_shown});
    all.push_back({"{who} cannot be heard", expect_muted});
    all.push_back({"{who} gets digits {who}", expect_digits});
}

}  // namespace linka::sim
