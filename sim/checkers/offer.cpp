// An offer has one owner and ends exactly once; it begins only for work that waits and for someone
// who may have it; `missed` needs the whole ring time, and whoever takes the work has the offer
// accepted, all others withdrawn.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <map>

namespace linka::sim {
namespace {

class OfferChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "offer"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::OfferStarted>(&record.event)) {
            started(*e, ledger);
        } else if (const auto* n = std::get_if<core::OfferEnded>(&record.event)) {
            ended(*n, record.at, ledger);
        } else if (const auto* r = std::get_if<core::InteractionReturned>(&record.event)) {
            if (accepted_.erase(r->interaction) == 0) {
                violated(text::format("interaction {} returns unaccepted", r->interaction.value));
            }
            done_[r->offer] = core::OfferOutcome::rejected;
        }
    }

    void settled(const Moment& moment) override {
        for (const auto& [id, user] : open_) {
            const OfferEntry& offer = moment.ledger.offers.at(id);
            if (offer.started.until && offer.started.until < moment.now) {
                violated(text::format("offer {} rings beyond its time", id.value));
            }
            const auto& entry = moment.ledger.interactions.at(offer.started.interaction);
            if (entry.ended || (offer.started.queue && entry.answered)) {
                violated(text::format("offer {} is of work that does not wait", id.value));
            }
        }
    }

    void finished(const Moment&) override {
        for (const auto& [id, user] : open_) {
            violated(text::format("offer {} to user {} never ended", id.value, user.value));
        }
    }

  private:
    void started(const core::OfferStarted& e, const Ledger& ledger) {
        for (const auto& [id, user] : open_) {
            if (user == e.user) {
                violated(text::format("user {} is offered {} while {} rings", user.value,
                                      e.offer.value, id.value));
            }
        }
        const auto entry = ledger.interactions.find(e.interaction);
        // A colleague may be rung for a conversation that runs: consultation, transfer.
        if (entry == ledger.interactions.end() || entry->second.ended ||
            (e.queue && entry->second.answered)) {
            violated(text::format("offer {} of work that does not wait", e.offer.value));
        }
        if (!open_.emplace(e.offer, e.user).second || done_.count(e.offer) > 0) {
            violated(text::format("offer {} starts twice", e.offer.value));
        }
        if (e.decision) {
            eligible(e, ledger);
        }
    }

    /// What the queue's rules ask of whoever is given its work (not of who takes it themselves).
    void eligible(const core::OfferStarted& e, const Ledger& ledger) {
        const UserEntry& user = ledger.users.at(e.user);
        const bool in = user.logged_in && user.ready && !user.pause;
        if (!in || user.queues.count(e.queue) == 0) {
            violated(text::format("offer {} to user {}, who is not there for queue {}",
                                  e.offer.value, e.user.value, e.queue.value));
        }
        if (is_written(e.offer, ledger)) {
            return;  // needs no telephone
        }
        bool reachable = false;
        for (const core::DeviceId id : user.devices) {
            const DeviceEntry& device = ledger.devices.at(id);
            reachable =
                reachable || device.reachable || device.record.type == core::DeviceType::external;
        }
        if (!reachable) {
            violated(
                text::format("offer {} to user {}, who has no phone", e.offer.value, e.user.value));
        }
        for (const core::LegId leg : ledger.legs_of(e.user)) {
            const LegEntry& entry = ledger.legs.at(leg);
            if (entry.answered || entry.started.incoming) {
                violated(text::format("offer {} to user {}, who is on the phone", e.offer.value,
                                      e.user.value));
            }
        }
    }

    static bool is_written(core::OfferId id, const Ledger& ledger) {
        const core::InteractionId item = ledger.offers.at(id).started.interaction;
        return static_cast<bool>(ledger.interactions.at(item).conversation());
    }

    void ended(const core::OfferEnded& e, Instant at, const Ledger& ledger) {
        if (open_.erase(e.offer) == 0) {
            violated(text::format("offer {} ends and is not open", e.offer.value));
            return;
        }
        done_[e.offer] = e.outcome;
        const OfferEntry& offer = ledger.offers.at(e.offer);
        if (e.outcome == core::OfferOutcome::missed) {
            rang(e, ledger);
            if (at < offer.started.until && offer.started.queue) {
                early(e, offer, ledger);
            }
        }
        if (e.outcome == core::OfferOutcome::accepted && offer.started.queue) {
            auto& by = accepted_[offer.started.interaction];
            if (by) {
                violated(text::format("interaction {} is accepted by offers {} and {}",
                                      offer.started.interaction.value, by.value, e.offer.value));
            }
            by = e.offer;
        }
    }

    /// Nobody misses what did not ring.
    void rang(const core::OfferEnded& e, const Ledger& ledger) {
        for (const auto& [id, leg] : ledger.legs) {
            if (leg.started.offer == e.offer && leg.rang) {
                return;
            }
        }
        if (is_written(e.offer, ledger)) {
            return;  // the card on the desk is always seen
        }
        violated(text::format("offer {} is missed and never rang", e.offer.value));
    }

    /// Before the time is over an offer is missed only when all its devices had shorter ring times
    /// of their own, or gave up by themselves.
    void early(const core::OfferEnded& e, const OfferEntry& offer, const Ledger& ledger) {
        const UserEntry& user = ledger.users.at(offer.started.user);
        const bool rings = !is_written(e.offer, ledger);
        for (const core::DeviceRight& right : user.record.devices) {
            if (rings && right.ring > Duration{0}) {
                return;
            }
        }
        for (const auto& [id, leg] : ledger.legs) {
            if (leg.started.offer == e.offer && leg.rang && leg.ended && leg.ended->by_peer &&
                leg.ended->cause == core::LegCause::no_answer) {
                return;
            }
        }
        violated(text::format("offer {} is missed before its time", e.offer.value));
    }

    std::map<core::OfferId, core::UserId> open_;
    std::map<core::OfferId, core::OfferOutcome> done_;
    std::map<core::InteractionId, core::OfferId> accepted_;
};

}  // namespace

std::unique_ptr<Checker> offer_checker() {
    return std::make_unique<OfferChecker>();
}

}  // namespace linka::sim
