// Sentences about customers who write instead of calling: chats, messages and e-mail.
#include "linka/base/text.hpp"
#include "sim/scenario/sentence.hpp"

namespace linka::sim {
namespace {

std::string write(Stage& stage, Slots slots) {
    const std::string& who = slots[0].text;
    const bool again = stage.written(who) != nullptr;
    stage.apply(core::ConversationArrivedReport{stage.conversation(who),
                                                core::QueueId{slots[1].number},
                                                {who + "@example.com", who},
                                                "info@example.com",
                                                again});
    return {};
}

/// By what is open, offered or waits of somebody who writes.
core::ActivityId work_on(const Stage& stage, const InteractionEntry& entry) {
    const Ledger& ledger = stage.ledger();
    const core::InteractionId id = entry.started.interaction;
    for (const auto& [work, activity] : ledger.activities) {
        if (activity.opened.interaction == id && !activity.closed) {
            return work;
        }
    }
    for (const core::OfferId offer : entry.open_offers) {
        return ledger.offers.at(offer).started.activity;
    }
    return entry.started.waiting_as;
}

/// For deeds on the work about a customer who writes.
template <typename Make>
std::string on_writing(Stage& stage, Slots slots, Make make) {
    const auto user = stage.user(slots[0].text);
    const InteractionEntry* entry = stage.written(slots[1].text);
    if (!user || entry == nullptr) {
        return unknown(user ? "customer who writes" : "user", slots[user ? 1 : 0].text);
    }
    stage.apply(make(*user, work_on(stage, *entry)));
    return {};
}

std::string expect_writing_waits(Stage& stage, Slots slots) {
    const InteractionEntry* entry = stage.written(slots[0].text);
    if (entry == nullptr) {
        return unknown("customer who writes", slots[0].text);
    }
    if (entry->answered || entry->ended) {
        return entry->ended ? "it is over" : "somebody has it";
    }
    return entry->started.queue.value == slots[1].number
               ? std::string{}
               : text::format("waits in {}", entry->started.queue.value);
}

std::string expect_written_with(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    const InteractionEntry* entry = stage.written(slots[1].text);
    if (!user || entry == nullptr) {
        return unknown(user ? "customer who writes" : "user", slots[user ? 1 : 0].text);
    }
    const bool has = entry->answered && !entry->ended && entry->user == *user;
    return has ? std::string{} : (entry->ended ? "it is over" : "they do not have it");
}

std::string expect_offered(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    const InteractionEntry* entry = stage.written(slots[1].text);
    if (!user || entry == nullptr) {
        return unknown(user ? "customer who writes" : "user", slots[user ? 1 : 0].text);
    }
    for (const core::OfferId offer : stage.ledger().open_offers(*user)) {
        if (stage.ledger().offers.at(offer).started.interaction == entry->started.interaction) {
            return {};
        }
    }
    return "is not offered it";
}

std::string expect_no_offer(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    return stage.ledger().open_offers(*user).empty() ? std::string{} : "is offered something";
}

std::string expect_over(Stage& stage, Slots slots) {
    const InteractionEntry* entry = stage.written(slots[0].text);
    if (entry == nullptr) {
        return unknown("customer who writes", slots[0].text);
    }
    const std::string outcome(entry->ended ? name_of(entry->outcome) : "running");
    return outcome == slots[1].text ? std::string{} : outcome;
}

std::string be_ready_to_write(Stage& stage, Slots slots) {
    const auto user = stage.user(slots[0].text);
    if (!user) {
        return unknown("user", slots[0].text);
    }
    stage.apply(core::LogIn{*user});
    if (stage.last_reply().kind == core::Reply::Kind::ok) {
        stage.apply(core::ChangeQueues{*user, queue_ids(slots[1].list), {}});
    }
    if (stage.last_reply().kind == core::Reply::Kind::ok) {
        stage.apply(core::BecomeReady{*user});
    }
    return {};
}

}  // namespace

void add_writing(std::vector<Sentence>& all) {
    all.push_back({"Given {who} is ready without a phone in {list}", be_ready_to_write});
    all.push_back({"{who} writes to queue {number}", write});
    all.push_back({"{who} stops writing", [](Stage& stage, Slots slots) {
                       stage.apply(
                           core::ConversationEndedReport{stage.conversation(slots[0].text)});
                       return std::string{};
                   }});
    all.push_back({"{who} is sent on to queue {number}", [](Stage& stage, Slots slots) {
                       stage.apply(core::ConversationMovedReport{stage.conversation(slots[0].text),
                                                                 core::QueueId{slots[1].number}});
                       return std::string{};
                   }});
    all.push_back({"{who} takes the writing of {who}", [](Stage& stage, Slots slots) {
                       return on_writing(stage, slots, [](core::UserId user, auto work) {
                           return core::Take{user, work};
                       });
                   }});
    all.push_back({"{who} closes the writing of {who}", [](Stage& stage, Slots slots) {
                       return on_writing(stage, slots, [](core::UserId user, auto work) {
                           return core::CloseActivity{user, work, {}, {}};
                       });
                   }});
    all.push_back({"{who} puts off the writing of {who}", [](Stage& stage, Slots slots) {
                       return on_writing(stage, slots, [](core::UserId user, auto work) {
                           return core::PostponeActivity{user, work};
                       });
                   }});
    all.push_back({"the writing of {who} waits in queue {number}", expect_writing_waits});
    all.push_back({"the writing of {who} ended : {who}", expect_over});
    all.push_back({"{who} writes with {who}", expect_written_with});
    all.push_back({"{who} is offered the writing of {who}", expect_offered});
    all.push_back({"{who} is offered nothing", expect_no_offer});
}

}  // namespace linka::sim
