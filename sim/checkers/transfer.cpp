// Nobody transfers a call in a way that their profile forbids. Who hangs up while somebody is asked
// hands the customer over all the same, so that nobody is lost.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <set>

namespace linka::sim {
namespace {

class TransferChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "transfer"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::ConsultationStarted>(&record.event)) {
            const core::UserId user = ledger.activities.at(e->activity).opened.user;
            if (!may(ledger, user, core::Transfers::attended)) {
                violated(text::format("user {} asks somebody before a transfer and may not",
                                      user.value));
            }
        }
        if (const auto* e = std::get_if<core::ConsultationEnded>(&record.event)) {
            asked_.insert(e->call);
        }
        if (const auto* e = std::get_if<core::CallTransferred>(&record.event)) {
            if (asked_.count(e->call) == 0 && !may(ledger, e->user, core::Transfers::blind)) {
                violated(text::format("user {} transfers a call blind and may not", e->user.value));
            }
        }
    }

    void settled(const Moment& /*moment*/) override { asked_.clear(); }

  private:
    std::set<core::CallId> asked_;  // until now, within one input

    static bool may(const Ledger& ledger, core::UserId user, core::Transfers kind) {
        const core::Profile* profile = ledger.profile_of(user);
        return profile == nullptr || profile->transfers == kind ||
               profile->transfers == core::Transfers::both;
    }
};

}  // namespace

std::unique_ptr<Checker> transfer_checker() {
    return std::make_unique<TransferChecker>();
}

}  // namespace linka::sim
