#include "sim/scenario/sentence.hpp"

#include "linka/base/text.hpp"

namespace linka::sim {

const std::vector<Sentence>& sentences() {
    static const std::vector<Sentence> all = [] {
        std::vector<Sentence> list;
        add_setup(list);
        add_company(list);
        add_user_actions(list);
        add_writing(list);  // whoever writes is taken and waits otherwise than whoever calls
        add_call_actions(list);
        add_phone_actions(list);
        add_phone_expectations(list);
        add_user_expectations(list);
        add_figures(list);
        return list;
    }();
    return all;
}

std::string unknown(std::string_view kind, std::string_view who) {
    return text::format("there is no {} \"{}\"", kind, who);
}

std::string read_destination(const Stage& stage, std::span<const Word> words,
                             core::Destination& destination) {
    using Kind = core::DestinationKind;
    struct Form {
        std::string_view pattern;
        Kind kind;
    };
    static constexpr Form forms[] = {{"queue {who}", Kind::queue},
                                     {"extension {who}", Kind::extension},
                                     {"ring group {who}", Kind::ring_group},
                                     {"menu {who}", Kind::menu},
                                     {"number {who}", Kind::number},
                                     {"voicemail of {who}", Kind::voicemail},
                                     {"announcement {who}", Kind::announcement},
                                     {"voicemail", Kind::voicemail},
                                     {"echo", Kind::echo},
                                     {"hang up", Kind::hangup},
                                     {"busy", Kind::busy},
                                     {"congestion", Kind::congestion}};
    for (const Form& form : forms) {
        const Match found = match(form.pattern, words);
        if (!found.whole) {
            continue;
        }
        destination.kind = form.kind;
        destination.value = found.slots.empty() ? std::string{} : found.slots[0].text;
        if (form.kind == Kind::menu) {
            const auto menu = stage.menu(destination.value);
            if (!menu) {
                return unknown("menu", destination.value);
            }
            destination.value = std::to_string(menu->value);
        }
        return {};
    }
    return "no destination that I know";
}

std::vector<core::QueueId> queue_ids(const std::vector<std::string>& list) {
    std::vector<core::QueueId> ids;
    for (const std::string& name : list) {
        ids.emplace_back(text::to_int(name).value_or(0));
    }
    return ids;
}

core::ActivityId work_of(const Stage& stage, core::UserId user) {
    const Ledger& ledger = stage.ledger();
    for (const core::OfferId offer : ledger.open_offers(user)) {
        return ledger.offers.at(offer).started.activity;
    }
    const auto open = ledger.open_activities(user);
    return open.empty() ? core::ActivityId{} : open.back();
}

std::string in_seconds(Duration time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    return ms % 1000 == 0 ? text::format("{} s", ms / 1000)
                          : text::format("{}.{:03} s", ms / 1000, ms % 1000);
}

}  // namespace linka::sim
