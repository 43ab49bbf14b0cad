// A recording starts once, runs only while its call lives, is told to stop when the call is over,
// and finishes once. Nothing is recorded twice at a time.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <map>
#include <set>

namespace linka::sim {
namespace {

class RecordingChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "recording"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::RecordingStarted>(&record.event)) {
            if (!known_.insert(e->recording).second) {
                violated(text::format("recording {} starts twice", e->recording.value));
            }
            const auto call = ledger.calls.find(e->call);
            if (call == ledger.calls.end() || call->second.ended) {
                violated(text::format("recording {} of no call", e->recording.value));
            }
            running_.insert(e->recording);
        } else if (const auto* f = std::get_if<core::RecordingEnded>(&record.event)) {
            if (running_.erase(f->recording) == 0) {
                violated(
                    text::format("recording {} finishes and does not run", f->recording.value));
            }
        }
    }

    void settled(const Moment& moment) override {
        if (moment.effects_pending) {
            return;
        }
        for (const auto& [id, recorder] : moment.exchange.recorders()) {
            const auto entry = moment.ledger.recordings.find(id);
            if (!recorder.running || entry == moment.ledger.recordings.end()) {
                continue;
            }
            const auto call = moment.ledger.calls.find(entry->second.started.call);
            if (call != moment.ledger.calls.end() && call->second.ended) {
                violated(text::format("recording {} runs on after its call", id.value));
            }
        }
    }

    void finished(const Moment&) override {
        for (const core::RecordingId id : running_) {
            violated(text::format("recording {} never finished", id.value));
        }
    }

  private:
    std::set<core::RecordingId> known_;
    std::set<core::RecordingId> running_;
};

}  // namespace

std::unique_ptr<Checker> recording_checker() {
    return std::make_unique<RecordingChecker>();
}

}  // namespace linka::sim
