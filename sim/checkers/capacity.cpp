// Nobody is over capacity: of the calls that we bring to a user one is in the ear at a time (what
// they dial on the phone itself is theirs to juggle), no more is given to them than the
// distribution matrix allows beside what they have open, no more open incoming work than the right
// allows, one device in one pair of hands.
#include "linka/base/text.hpp"
#include "sim/checker.hpp"
#include "sim/free.hpp"

#include <map>

namespace linka::sim {
namespace {

class CapacityChecker final : public Checker {
  public:
    [[nodiscard]] std::string_view name() const override { return "capacity"; }

    void see(const core::Record& record, const Ledger& ledger) override {
        if (const auto* e = std::get_if<core::OfferStarted>(&record.event); e && e->decision) {
            offered(*e, ledger);
        }
        if (const auto* e = std::get_if<core::DeviceJoined>(&record.event)) {
            joined(*e, ledger);
        }
    }

    void settled(const Moment& moment) override {
        for (const auto& [id, user] : moment.ledger.users) {
            int connected = 0;
            for (const core::LegId leg : moment.ledger.legs_of(id)) {
                const LegEntry& entry = moment.ledger.legs.at(leg);
                connected += entry.peer && !entry.started.incoming ? 1 : 0;
            }
            if (connected > 1 && user.record.type == core::UserType::CC) {
                violated(text::format("user {} hears {} calls at once", id.value, connected));
            }
        }
    }

  private:
    void offered(const core::OfferStarted& e, const Ledger& ledger) {
        const core::Channel channel = ledger.interactions.at(e.interaction).started.channel;
        if (!has_room_beside(e.user, channel, ledger)) {
            violated(text::format("user {} is offered a {} beyond the distribution matrix",
                                  e.user.value, name_of(channel)));
        }
        const std::optional<int> most = most_open(e.user, ledger);
        const int incoming = open_incoming(e.user, ledger);
        if (most && incoming >= *most) {
            violated(text::format("user {} has {} open of at most {} and is offered more",
                                  e.user.value, incoming, *most));
        }
    }

    void joined(const core::DeviceJoined& e, const Ledger& ledger) {
        for (const auto& [id, user] : ledger.users) {
            if (id != e.user && user.devices.count(e.device) > 0) {
                violated(text::format("device {} belongs to users {} and {}", e.device.value,
                                      id.value, e.user.value));
            }
        }
    }
};

}  // namespace

std::unique_ptr<Checker> capacity_checker() {
    return std::make_unique<CapacityChecker>();
}

}  // namespace linka::sim
