// One person's work runs in order: opened, connected, finished, closed, each once; nobody is left
// with an open activity of a call or a conversation that has ended.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <set>

namespace linka::sim {
namespace {

class ActivityChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "activity"; }

    void see(const core::Record& record, const Ledger&) override {
        if (const auto* e = std::get_if<core::ActivityOpened>(&record.event)) {
            if (!known_.insert(e->activity).second) {
                violated(text::format("activity {} opens twice", e->activity.value));
            }
            running_.insert(e->activity);
        } else if (const auto* c = std::get_if<core::ActivityConnected>(&record.event)) {
            needs_running(c->activity, "connected");
        } else if (const auto* h = std::get_if<core::ActivityHeld>(&record.event)) {
            needs_running(h->activity, "held or resumed");
        } else if (const auto* f = std::get_if<core::ActivityFinished>(&record.event)) {
            needs_running(f->activity, "finished");
            running_.erase(f->activity);
            unsaved_.insert(f->activity);
        } else if (const auto* d = std::get_if<core::ActivityClosed>(&record.event)) {
            if (unsaved_.erase(d->activity) == 0) {
                violated(
                    text::format("activity {} is closed before it is finished", d->activity.value));
            }
        }
    }

    void settled(const Moment& moment) override {
        for (const core::ActivityId id : running_) {
            const core::InteractionId item = moment.ledger.activities.at(id).opened.interaction;
            const auto entry = moment.ledger.interactions.find(item);
            if (entry == moment.ledger.interactions.end()) {
                violated(text::format("activity {} has no interaction", id.value));
                continue;
            }
            if (entry->second.conversation()) {
                if (entry->second.ended) {
                    violated(text::format("activity {} runs and nobody writes", id.value));
                }
                continue;
            }
            const auto call = moment.ledger.calls.find(entry->second.call());
            if (call == moment.ledger.calls.end() || call->second.ended) {
                violated(text::format("activity {} runs without a call", id.value));
            }
        }
    }

    void finished(const Moment&) override {
        for (const core::ActivityId id : running_) {
            violated(text::format("activity {} never finished", id.value));
        }
    }

  private:
    void needs_running(core::ActivityId id, std::string_view what) {
        if (running_.count(id) == 0) {
            violated(text::format("activity {} is {} and does not run", id.value, what));
        }
    }

    std::set<core::ActivityId> known_;
    std::set<core::ActivityId> running_;
    std::set<core::ActivityId> unsaved_;
};

}  // namespace

std::unique_ptr<Checker> activity_checker() {
    return std::make_unique<ActivityChecker>();
}

}  // namespace linka::sim
