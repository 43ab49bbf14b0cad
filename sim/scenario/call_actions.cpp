// Sentences about what people do with calls in the web app: accept, take, hold, transfer, close.
#include "linka/base/text.hpp"
#include "sim/scenario/sentence.hpp"

namespace linka::sim {
namespace {

/// For deeds on the work that the user has or is offered now.
template <typename Make>
std::string with_work(Stage& stage, const std::string& who, Make make) {
    const auto user = stage.user(who);
    if (!user) {
        return unknown("user", who);
    }
    stage.apply(make(*user, work_of(stage, *user)));
    return {};
}

/// The id by which the caller's item can be taken: of the offer that rings, else as it waits.
core::ActivityId item_of(const Stage& stage, core::CallId call) {
    const Ledger& ledger = stage.ledger();
    for (const auto& [id, entry] : ledger.interactions) {
        if (entry.call() != call || entry.ended) {
            continue;
        }
        for (const core::OfferId offer : entry.open_offers) {
            return ledger.offers.at(offer).started.activity;
        }
        return entry.started.waiting_as;
    }
    return {};
}

std::string take(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    const auto call = stage.call_of(slots[1].text);
    if (!user || !call) {
        return unknown(user ? "caller" : "user", slots[user ? 1 : 0].text);
    }
    stage.apply(core::Take{*user, item_of(stage, *call)});
    return {};
}

std::string transfer(Stage& stage, Slots slots, core::TransferMode mode) {
    const std::string to = slots.size() > 1 ? slots[1].text : std::string{};
    return with_work(stage, slots[0].text, [&](core::UserId user, core::ActivityId work) {
        return core::Transfer{user, work, to, mode};
    });
}

std::string call_through(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    stage.apply(core::CallOut{*user, slots[1].text, core::QueueId{slots[2].number}});
    return {};
}

/// A user calls from the web app, a device dials, anybody else calls in from outside.
std::string call(Stage& stage, Slots slots) {
    const std::string& who = slots[0].text;
    const std::string& number = slots[1].text;
    if (const auto device = stage.device(who)) {
        stage.call_from_device(*device, number);
    } else if (const auto user = stage.user(who)) {
        stage.apply(core::CallOut{*user, number, {}});
    } else {
        stage.call_in(who, {}, number);
    }
    return {};
}

std::string hang_up(Stage& stage, Slots slots) {
    const std::string& who = slots[0].text;
    const auto user = stage.device(who) ? std::nullopt : stage.user(who);
    if (user) {
        stage.apply(core::HangUpActivity{*user, work_of(stage, *user)});
        return {};
    }
    const auto leg = stage.leg(who);
    if (!leg) {
        return unknown("leg of", who);
    }
    stage.world().exchange().hang_up(*leg);
    return {};
}

template <typename Deed>
std::string simple(Stage& stage, Slots slots) {
    return with_work(stage, slots[0].text, [](core::UserId user, core::ActivityId work) {
        Deed deed;
        deed.user = user;
        deed.activity = work;
        return deed;
    });
}

template <typename Deed>
std::string switched(Stage& stage, Slots slots, bool on) {
    return with_work(stage, slots[0].text, [on](core::UserId user, core::ActivityId work) {
        return Deed{user, work, on};
    });
}

/// Of the open work, else of the last that was closed.
std::string describe(Stage& stage, const std::string& who, const core::Description& what,
                     core::ThenDo then = core::ThenDo::nothing) {
    return with_work(stage, who, [&](core::UserId user, core::ActivityId work) {
        for (const auto& [id, entry] : stage.ledger().activities) {
            if (entry.opened.user == user && (!work || !entry.closed)) {
                work = id;
            }
        }
        return core::DescribeActivity{user, work, what, then};
    });
}

void add_transfers(std::vector<Sentence>& all) {
    all.push_back({"{who} transfers to {who}", [](Stage& stage, Slots slots) {
                       return transfer(stage, slots, core::TransferMode::blind);
                   }});
    all.push_back({"{who} consults {who}", [](Stage& stage, Slots slots) {
                       return transfer(stage, slots, core::TransferMode::attended);
                   }});
    all.push_back({"{who} completes the transfer", [](Stage& stage, Slots slots) {
                       return transfer(stage, slots, core::TransferMode::complete);
                   }});
    all.push_back({"{who} cancels the transfer", [](Stage& stage, Slots slots) {
                       return transfer(stage, slots, core::TransferMode::cancel);
                   }});
}

}  // namespace

void add_call_actions(std::vector<Sentence>& all) {
    all.push_back({"{who} calls {who} through queue {number}", call_through});
    all.push_back({"{who} calls {who}", call});
    all.push_back({"{who} ( {who} ) calls {who}", [](Stage& stage, Slots slots) {
                       stage.call_in(slots[0].text, slots[1].text, slots[2].text);
                       return std::string{};
                   }});
    all.push_back({"{who} hangs up", hang_up});
    all.push_back({"{who} accepts", simple<core::Accept>});
    all.push_back({"{who} rejects", simple<core::Reject>});
    all.push_back({"{who} takes {who}", take});
    all.push_back({"{who} holds", [](Stage& stage, Slots slots) {
                       return switched<core::Hold>(stage, slots, true);
                   }});
    all.push_back({"{who} resumes", [](Stage& stage, Slots slots) {
                       return switched<core::Hold>(stage, slots, false);
                   }});
    all.push_back({"{who} mutes", [](Stage& stage, Slots slots) {
                       return switched<core::Mute>(stage, slots, true);
                   }});
    all.push_back({"{who} unmutes", [](Stage& stage, Slots slots) {
                       return switched<core::Mute>(stage, slots, false);
                   }});
    add_transfers(all);
    all.push_back({"{who} sends digits {who}", [](Stage& stage, Slots slots) {
                       return with_work(stage, slots[0].text,
                                        [&](core::UserId user, core::ActivityId work) {
                                            return core::SendDigits{user, work, slots[1].text};
                                        });
                   }});
    all.push_back({"{who} closes", simple<core::CloseActivity>});
    all.push_back({"{who} notes {text}", [](Stage& stage, Slots slots) {
                       return describe(stage, slots[0].text, {.note = slots[1].text});
                   }});
    all.push_back({"{who} closes as noted", [](Stage& stage, Slots slots) {
                       return describe(stage, slots[0].text, {}, core::ThenDo::close);
                   }});
    all.push_back({"{who} postpones for {time}", [](Stage& stage, Slots slots) {
                       const Instant until = stage.world().now() + slots[1].time;
                       return with_work(stage, slots[0].text,
                                        [&](core::UserId user, core::ActivityId work) {
                                            return core::PostponeActivity{user, work, until};
                                        });
                   }});
}

}  // namespace linka::sim
