// No free agent beside a customer who waits: after each input, whoever may be offered work of a
// queue and has nothing in hand is not idle while an item of that queue may be offered. And the
// better item goes first: nobody is given work while a weightier or longer-waiting item that they
// could serve is left lying. Both are recomputed here from the events and the records alone.
#include "linka/base/text.hpp"
#include "linka/core/index.hpp"
#include "sim/checker.hpp"
#include "sim/free.hpp"

#include <algorithm>
#include <tuple>

namespace linka::sim {
namespace {

/// Lower is better.
using Urgency = std::tuple<int, Instant, core::InteractionId>;

struct Given {
    core::OfferStarted offer;
    std::int64_t seq = 0;
};

class IdleChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "idle"; }

    void see(const core::Record& record, const Ledger&) override {
        if (const auto* e = std::get_if<core::InteractionStarted>(&record.event); e && e->queue) {
            waiting_[e->interaction] = record.seq;
        } else if (const auto* a = std::get_if<core::InteractionAnswered>(&record.event)) {
            waiting_.erase(a->interaction);
        } else if (const auto* r = std::get_if<core::InteractionReturned>(&record.event)) {
            waiting_[r->interaction] = record.seq;
        } else if (const auto* n = std::get_if<core::InteractionEnded>(&record.event)) {
            waiting_.erase(n->interaction);
        } else if (const auto* p = std::get_if<core::DeadlinePassed>(&record.event);
                   p && p->kind == core::DeadlineKind::sleep) {
            // After a crash that forgot a while, deadlines of that while pass one by one.
            if (const auto item = waiting_.find(core::InteractionId{p->id});
                item != waiting_.end()) {
                item->second = record.seq;
            }
        } else if (const auto* o = std::get_if<core::OfferStarted>(&record.event);
                   o && o->decision) {
            offered_.push_back({*o, record.seq});
        }
    }

    void settled(const Moment& moment) override {
        std::vector<core::InteractionId> left;
        for (const auto& [id, since] : waiting_) {
            if (servable(id, moment)) {
                left.push_back(id);
            }
        }
        const std::vector<Given> offered = std::exchange(offered_, {});
        if (left.empty()) {
            return;
        }
        nobody_idle(left, moment);
        best_first(left, offered, moment.ledger);
    }

  private:
    static bool servable(core::InteractionId id, const Moment& moment) {
        const InteractionEntry& entry = moment.ledger.interactions.at(id);
        const auto queue = moment.ledger.queues.find(entry.started.queue);
        const bool given_out = queue != moment.ledger.queues.end() &&
                               entry.started.channel != core::Channel::email &&
                               (queue->second.type == core::QueueType::in ||
                                entry.started.channel != core::Channel::call) &&
                               entry.started.direction != core::CallDirection::out;
        if (!given_out || !entry.open_offers.empty()) {
            return false;
        }
        return !entry.sleeps_until || entry.sleeps_until <= moment.now;
    }

    void nobody_idle(const std::vector<core::InteractionId>& left, const Moment& moment) {
        for (const auto& [id, user] : moment.ledger.users) {
            for (const core::InteractionId item : left) {
                const core::QueueId queue = moment.ledger.interactions.at(item).started.queue;
                const core::Channel channel = moment.ledger.interactions.at(item).started.channel;
                if (user.queues.count(queue) > 0 && may_be_offered(id, channel, moment.ledger)) {
                    violated(text::format("user {} is free and interaction {} of queue {} waits",
                                          id.value, item.value, queue.value));
                    return;
                }
            }
        }
    }

    /// Whoever has a chat in hand may be given another one and no call.
    static core::Channel channel_of(core::InteractionId id, const Ledger& ledger) {
        return ledger.interactions.at(id).started.channel;
    }

    static Urgency urgency(core::InteractionId id, const Ledger& ledger) {
        const InteractionEntry& entry = ledger.interactions.at(id);
        const auto queue = ledger.queues.find(entry.started.queue);
        const auto* offering =
            core::offering_of(queue == ledger.queues.end() ? nullptr : &queue->second);
        return {offering == nullptr ? 0 : offering->weight, entry.at, id};
    }

    void best_first(const std::vector<core::InteractionId>& left, const std::vector<Given>& offered,
                    const Ledger& ledger) {
        for (const auto& [offer, seq] : offered) {
            const auto found = ledger.users.find(offer.user);
            if (found == ledger.users.end()) {
                continue;  // removed since: after a crash the whole journal comes at once
            }
            const UserEntry& user = found->second;
            for (const core::InteractionId item : left) {
                const core::QueueId queue = ledger.interactions.at(item).started.queue;
                // What came later in the same turn, as out of a queue that was left, was not there.
                const bool alike =
                    channel_of(item, ledger) == channel_of(offer.interaction, ledger);
                if (alike && user.queues.count(queue) > 0 && waiting_.at(item) < seq &&
                    urgency(item, ledger) < urgency(offer.interaction, ledger)) {
                    violated(text::format("user {} is given interaction {} before {}",
                                          offer.user.value, offer.interaction.value, item.value));
                }
            }
        }
    }

    std::map<core::InteractionId, std::int64_t> waiting_;  // since which event
    std::vector<Given> offered_;
};

}  // namespace

std::unique_ptr<Checker> idle_checker() {
    return std::make_unique<IdleChecker>();
}

}  // namespace linka::sim
