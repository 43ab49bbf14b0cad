// The journal counts without gaps and never goes back in time.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

namespace linka::sim {
namespace {

class JournalChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "journal"; }

    void see(const core::Record& record, const Ledger&) override {
        if (record.seq != last_seq_ + 1) {
            violated(text::format("event {} follows on {}", record.seq, last_seq_));
        }
        if (record.at < last_at_) {
            violated(text::format("event {} goes back in time", record.seq));
        }
        last_seq_ = record.seq;
        last_at_ = record.at;
    }

  private:
    std::int64_t last_seq_ = 0;
    Instant last_at_;
};

}  // namespace

std::unique_ptr<Checker> journal_checker() {
    return std::make_unique<JournalChecker>();
}

}  // namespace linka::sim
