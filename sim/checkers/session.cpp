// What a user is said to be doing is what they are doing: nobody stays "ringing" when nothing
// rings, "talking" when the call is over, or "idle" with a customer in the ear.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"

#include <algorithm>

namespace linka::sim {
namespace {

using core::UserState;

class SessionChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "session"; }

    void settled(const Moment& moment) override {
        for (const auto& [id, user] : moment.ledger.users) {
            if (!user.logged_in) {
                empty_handed(id, user, moment.ledger);
            } else {
                look(id, user, moment.ledger);
            }
        }
    }

  private:
    void empty_handed(core::UserId id, const UserEntry& user, const Ledger& ledger) {
        if (!user.devices.empty() || !user.queues.empty() || user.pause) {
            violated(text::format("user {} is logged out and keeps things", id.value));
        }
        if (user.record.type == core::UserType::CC && is_rung(id, ledger)) {
            violated(text::format("user {} is logged out and still rung", id.value));
        }
    }

    // By a queue or on a telephone of the company; redirected calls follow who has gone home.
    static bool is_rung(core::UserId id, const Ledger& ledger) {
        const auto offers = ledger.open_offers(id);
        const auto legs = ledger.legs_of(id);
        return std::any_of(offers.begin(), offers.end(), [&](core::OfferId offer) {
            return ledger.offers.at(offer).started.queue ||
                   std::none_of(legs.begin(), legs.end(), [&](core::LegId leg) {
                       const core::LegStarted& started = ledger.legs.at(leg).started;
                       return started.offer == offer && !started.device;
                   });
        });
    }

    void look(core::UserId id, const UserEntry& user, const Ledger& ledger) {
        const auto legs = ledger.legs_of(id);
        const bool on_phone = std::any_of(legs.begin(), legs.end(), [&](core::LegId leg) {
            // Who dials on a phone is on it, answered or not.
            return ledger.legs.at(leg).answered || ledger.legs.at(leg).started.incoming;
        });
        const bool in_ear = std::any_of(legs.begin(), legs.end(), [&](core::LegId leg) {
            return static_cast<bool>(ledger.legs.at(leg).peer);
        });
        const auto offers = ledger.open_offers(id);
        const bool rings = std::any_of(offers.begin(), offers.end(), [&](core::OfferId offer) {
            const core::InteractionId item = ledger.offers.at(offer).started.interaction;
            return static_cast<bool>(ledger.interactions.at(item).call());
        });
        switch (user.state) {
            case UserState::talking:
            case UserState::hold:
                expect(on_phone, id, user, "has no call");
                break;
            case UserState::ringing:
                expect(rings || !legs.empty(), id, user, "nothing rings");
                expect(!in_ear, id, user, "hears somebody");
                break;
            case UserState::working:
                expect(!in_ear, id, user, "hears somebody");
                expect(!ledger.open_activities(id).empty(), id, user, "has nothing open");
                break;
            case UserState::wrap:
            case UserState::paused:
                expect(static_cast<bool>(user.pause), id, user, "has no pause");
                expect(!in_ear, id, user, "hears somebody");
                break;
            case UserState::not_ready:
                expect(!user.ready, id, user, "is ready");
                break;
            case UserState::no_device:
                expect(user.ready && !user.pause, id, user, "is not ready or has a pause");
                break;
            case UserState::idle:
                expect(user.ready && !user.pause, id, user, "is not ready or has a pause");
                expect(!on_phone && !rings, id, user, "has a call");
                break;
            case UserState::logged_out:
                break;
        }
    }

    void expect(bool holds, core::UserId id, const UserEntry& user, std::string_view what) {
        if (!holds) {
            violated(text::format("user {} is {} and {}", id.value, name_of(user.state), what));
        }
    }
};

}  // namespace

std::unique_ptr<Checker> session_checker() {
    return std::make_unique<SessionChecker>();
}

}  // namespace linka::sim
