// A user's time: exactly one state at any moment, and the states add up to the logged-in time, to
// the microsecond.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

namespace linka::sim {
namespace {

class TimeChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "time"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::UserStateChanged>(&record.event)) {
            if (ledger.users.at(e->user).record.type == core::UserType::BO) {
                violated(text::format("back-office user {} has times", e->user.value));
            }
        }
    }

    void settled(const Moment& moment) override {
        for (const auto& [id, user] : moment.ledger.users) {
            if (user.logged_in != (user.state != core::UserState::logged_out)) {
                violated(text::format("user {} is {} and {}", id.value, name_of(user.state),
                                      user.logged_in ? "logged in" : "logged out"));
            }
        }
    }

    void finished(const Moment& moment) override {
        for (const auto& [id, user] : moment.ledger.users) {
            Duration sum{};
            for (const auto& [state, spent] : user.spent) {
                sum += state == core::UserState::logged_out ? Duration{0} : spent;
            }
            Duration logged_in = user.logged_in_for;
            if (user.logged_in) {
                sum += moment.now - user.state_since;
                logged_in += moment.now - user.login;
            }
            if (sum != logged_in) {
                violated(text::format("user {}: states {} us, logged in {} us", id.value,
                                      sum.count(), logged_in.count()));
            }
        }
    }
};

}  // namespace

std::unique_ptr<Checker> time_checker() {
    return std::make_unique<TimeChecker>();
}

}  // namespace linka::sim
