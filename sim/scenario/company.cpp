// Sentences that furnish the rest: pauses, routes, menus, ring groups, settings, and the demo
// company as a whole.
#include "linka/base/text.hpp"
#include "sim/scenario/demo.hpp"
#include "sim/scenario/sentence.hpp"

namespace linka::sim {
namespace {

std::string set_pause(Stage& stage, Slots slots) {
    core::Pause pause;
    pause.name = slots[0].text;
    pause.title = slots[0].text;
    const std::span<const Word> rest = slots.size() > 1 ? slots[1].rest : std::span<const Word>{};
    for (const auto& option : cut_at_commas(rest)) {
        Match found = match("at most {time}", option);
        if (found.whole) {
            pause.max_duration = found.slots[0].time;
        } else if (match("then Lazy", option).whole) {
            pause.auto_pause = true;
        } else if (match("blocks direct calls", option).whole) {
            pause.prevent_direct_calls = true;
        } else if (match("unpaid", option).whole) {
            pause.paid = false;
        } else {
            return "no option of a pause";
        }
    }
    stage.apply(core::SavePause{pause});
    return {};
}

std::string set_route(Stage& stage, Slots slots) {
    core::Route route;
    const bool has_caller = slots.size() == 3;
    route.did = slots[0].text == "anything" ? std::string{} : slots[0].text;
    if (has_caller) {
        route.caller = slots[1].text;
    }
    const auto parts = cut_at_commas(slots.back().rest);
    if (parts.empty()) {
        return "a destination is missing";
    }
    for (std::size_t index = 1; index < parts.size(); ++index) {
        const Match found = match("after announcement {who}", parts[index]);
        if (!found.whole) {
            return "no option of a route";
        }
        route.announcement = found.slots[0].text;
    }
    if (std::string wrong = read_destination(stage, parts[0], route.destination); !wrong.empty()) {
        return wrong;
    }
    stage.apply(core::SaveRoute{route});
    return {};
}

std::string set_menu(Stage& stage, Slots slots) {
    core::Menu menu;
    menu.name = "menu" + slots[0].text;
    menu.title = slots[0].text;
    menu.prompt = "menu_main";
    for (const auto& option : cut_at_commas(slots[1].rest)) {
        Match found;
        const auto is = [&](std::string_view pattern) {
            found = match(pattern, option);
            return found.whole;
        };
        std::string wrong;
        if (is("prompt {who}")) {
            menu.prompt = found.slots[0].text;
        } else if (is("waits {time}")) {
            menu.timeout = found.slots[0].time;
        } else if (is("repeats {number}")) {
            menu.repeats = static_cast<int>(found.slots[0].number);
        } else if (is("otherwise {rest}")) {
            wrong = read_destination(stage, found.slots[0].rest, menu.on_nothing);
        } else if (is("{who} leads to {rest}")) {
            core::MenuChoice choice;
            choice.digit = found.slots[0].text;
            wrong = read_destination(stage, found.slots[1].rest, choice.destination);
            menu.choices.push_back(choice);
        } else {
            wrong = "no option of a menu";
        }
        if (!wrong.empty()) {
            return wrong;
        }
    }
    const core::Reply& reply = stage.apply(core::SaveMenu{menu});
    stage.remember_menu(slots[0].text, core::MenuId{reply.record_id});
    return {};
}

std::string set_group(Stage& stage, Slots slots) {
    core::RingGroup group;
    group.id = core::RingGroupId{slots[0].number};
    group.title = "Group";
    if (!enum_from_name(slots[1].text, group.strategy)) {
        return unknown("strategy", slots[1].text);
    }
    for (const auto& option : cut_at_commas(slots[2].rest)) {
        Match found = match("{who} for {time}", option);
        if (found.whole) {
            group.members.push_back({found.slots[0].text, found.slots[1].time});
            continue;
        }
        found = match("otherwise {rest}", option);
        if (!found.whole) {
            return "no member of a ring group";
        }
        if (std::string wrong = read_destination(stage, found.slots[0].rest, group.on_no_answer);
            !wrong.empty()) {
            return wrong;
        }
    }
    stage.apply(core::SaveRingGroup{group});
    return {};
}

std::string set_matrix(Stage& stage, Slots slots) {
    core::Channel open{};
    core::Channel offered{};
    if (!enum_from_name(slots[0].text, open) || !enum_from_name(slots[2].text, offered)) {
        return "no channel";
    }
    core::Settings settings = stage.ledger().settings;
    auto* row = core::part_of(settings.distribution, open);
    int* cell = row == nullptr ? nullptr : core::part_of(*row, offered);
    if (cell == nullptr) {
        return "no channel of the distribution matrix";
    }
    *cell = static_cast<int>(slots[1].number);
    stage.apply(core::SaveSettings{settings});
    return {};
}

}  // namespace

void add_company(std::vector<Sentence>& all) {
    all.push_back(
        {"Given the demo company", [](Stage& stage, Slots) { return furnish_demo(stage); }});
    all.push_back({"Given pause {who}", set_pause});
    all.push_back({"Given pause {who} , {rest}", set_pause});
    all.push_back({"Given number {who} leads to {rest}", set_route});
    all.push_back({"Given number {who} from {who} leads to {rest}", set_route});
    all.push_back({"Given menu {who} : {rest}", set_menu});
    all.push_back({"Given ring group {number} {who} : {rest}", set_group});
    all.push_back({"Given device {who}", [](Stage& stage, Slots slots) {
                       return stage.device_or_new(slots[0].text) ? std::string{} : "not saved";
                   }});
    all.push_back({"Given device {who} is shared", [](Stage& stage, Slots slots) {
                       core::Device device =
                           stage.device_record(stage.device_or_new(slots[0].text));
                       device.shared = true;
                       stage.save(device);
                       return std::string{};
                   }});
    all.push_back({"Given prompts last {time}", [](Stage& stage, Slots slots) {
                       stage.set_prompt_length(slots[0].time);
                       return std::string{};
                   }});
    all.push_back({"Given beside an open {who} {number} more {who} may come", set_matrix});
    all.push_back({"beside an open {who} {number} more {who} may come", set_matrix});
    all.push_back({"Given no outside line", [](Stage& stage, Slots) {
                       stage.apply(core::RemoveTrunk{core::TrunkId{1}});
                       return std::string{};
                   }});
}

}  // namespace linka::sim
