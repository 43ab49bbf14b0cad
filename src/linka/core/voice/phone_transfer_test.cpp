// Transfers from the telephone itself, and who may step into a call.
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

struct PhoneTransfer : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    UserId jan = w.agent("jan", "512", {6001});
    UserId jana = w.agent("jana", "511", {});
    UserId petr = w.agent("petr", "513", {});
    LegId caller;
    LegId first;

    void SetUp() override {
        w.route("1", {DestinationKind::queue, "6001"});
        caller = w.call("1");
        w.answer("d512");
        first = w.at("d512");
        w.pass(5s);
    }
    LegId arrives(const std::string& device, LegId replaces) {
        const LegId leg{replaces.value + 101};
        w.give(
            CallArrivedReport{leg, device_by_name(w.state, device)->id, {}, "1", {}, {}, replaces});
        return leg;
    }
};

TEST_F(PhoneTransfer, WhoeverIsAskedInTheSecondCallStopsRinging) {
    const LegId second = w.call_from("d512", "511");
    w.answer("d511");
    // In the second call Jana asks Petr, whose telephone rings.
    w.give(Transfer{jana, w.activity_of(jana), "513", TransferMode::attended});
    ASSERT_TRUE(w.at("d513"));
    w.give(TransferAskedReport{first, {}, second});
    EXPECT_TRUE(w.done<ConfirmTransfer>().at(0).accepted);
    EXPECT_FALSE(w.at("d513"));
    EXPECT_EQ(w.offer_of(petr), nullptr);
    w.hang_up(caller);
    EXPECT_TRUE(w.state.legs.empty());
    EXPECT_TRUE(w.state.offers.empty());
}

TEST_F(PhoneTransfer, ARingingConsultationRingsForTheCustomer) {
    const LegId second = w.call_from("d512", "511");
    ASSERT_TRUE(w.at("d511"));
    w.give(TransferAskedReport{first, {}, second});
    EXPECT_TRUE(w.done<ConfirmTransfer>().at(0).accepted);
    EXPECT_FALSE(w.at("d512"));
    w.answer("d511");
    EXPECT_EQ(w.happened<LegsConnected>().back().a, caller);
}

TEST_F(PhoneTransfer, ATargetThatCannotRingIsRefusedAndTheAgentKeepsTheCustomer) {
    w.give(LogOut{jana});
    w.give(TransferAskedReport{first, "511", {}});
    EXPECT_FALSE(w.done<ConfirmTransfer>().at(0).accepted);
    EXPECT_EQ(w.state_of(jan), UserState::talking);
}

TEST_F(PhoneTransfer, AStrangersTelephoneDoesNotStepIn) {
    const LegId leg = arrives("d513", first);
    EXPECT_EQ(w.done<RefuseLeg>().at(0).leg, leg);
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    EXPECT_TRUE(find_leg(w.state, first));
}

TEST_F(PhoneTransfer, AnotherTelephoneOfTheSameUserStepsIn) {
    w.device("tablet");
    w.give(ChangeDevices{jan, {"tablet"}, {}});
    const LegId leg = arrives("tablet", first);
    EXPECT_TRUE(w.done<RefuseLeg>().empty());
    EXPECT_EQ(w.happened<LegsConnected>().back().b, leg);
    EXPECT_EQ(w.state_of(jan), UserState::talking);
}

TEST_F(PhoneTransfer, PutOnHoldByTheAgentIsNoHoldOfTheCustomersTelephone) {
    w.give(Hold{jan, w.activity_of(jan), true});
    EXPECT_FALSE(find_leg(w.state, caller)->held);
    EXPECT_EQ(w.state_of(jan), UserState::hold);
    // What signalling says after a restart changes nothing.
    w.give(LegHeldReport{caller, false});
    EXPECT_TRUE(w.events.empty());
    w.give(LegHeldReport{caller, true});
    EXPECT_TRUE(find_leg(w.state, caller)->held);
}

}  // namespace
}  // namespace linka::core::test
