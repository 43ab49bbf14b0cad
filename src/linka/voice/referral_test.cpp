// A telephone that asked for a transfer hears what became of it before it is hung up.
#include "linka/voice/test_rig.hpp"

#include <tuple>

namespace linka::voice {
namespace {

// A conversation in which the phone asks for a transfer; the core lets it go and rings the target.
struct Transfer : TestRig {
    explicit Transfer(Duration wait = 1h) {
        options.referral_wait = wait;
        start();
        std::tie(caller, phone) = talking();
        port.push(sip::TransferAsked{phone, "511", 0});
        settle();
    }
    void let_go(bool target) {
        core::DialDevice effect;
        effect.leg = id(100);
        effect.device = core::DeviceId{2};
        effect.near = id(caller);
        next = effect.leg.value;
        // As the core says it: what became of the wish may come after the end of the leg.
        std::vector<core::Effect> decision{core::EndLeg{id(phone)},
                                           core::ConfirmTransfer{id(phone)}};
        if (target) {
            decision.insert(decision.begin() + 1, effect);
        }
        carry_out(decision);
        settle_timers();
    }
    // Statuses told, "!" for the last word, then "bye" if the phone was hung up after it.
    std::string told_to_phone() const {
        std::string text;
        for (const auto& command : port.commands) {
            if (const auto* result = std::get_if<sip::TransferResult>(&command)) {
                text += std::to_string(result->status) + (result->over ? "! " : " ");
            } else if (const auto* end = std::get_if<sip::HangUp>(&command)) {
                text += end->leg == phone ? "bye" : "";
            }
        }
        return text;
    }
    LegNumber caller = 0;
    LegNumber phone = 0;
    LegNumber next = 0;
};

TEST(Referral, success_is_told_when_the_target_answers) {
    Transfer rig;
    rig.let_go(true);
    EXPECT_EQ(rig.told_to_phone(), "");
    rig.port.ring(rig.next);
    rig.port.ring(rig.next);
    rig.settle();
    EXPECT_EQ(rig.told_to_phone(), "180 ");
    rig.port.answer(rig.next, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.told_to_phone(), "180 200! bye");
    EXPECT_EQ(rig.end_of(rig.caller), nullptr);
    rig.expect_all_end();
}

TEST(Referral, a_busy_target_is_told_as_such) {
    Transfer rig;
    rig.let_go(true);
    rig.port.end(rig.next, 486);
    rig.settle_timers();
    EXPECT_EQ(rig.told_to_phone(), "486! bye");
    rig.expect_all_end();
}

// The customer comes back to the one who transferred: that telephone's ringing is no success.
TEST(Referral, a_customer_who_comes_back_was_not_taken) {
    Transfer rig;
    rig.let_go(true);
    rig.port.end(rig.next, 486);
    rig.settle_sip();
    const LegNumber back = rig.dial(1, rig.caller).value;
    rig.settle_timers();
    EXPECT_EQ(rig.told_to_phone(), "486! bye");
    rig.port.answer(back, rig.phone_sdp);
    rig.settle();
    EXPECT_EQ(rig.told_to_phone(), "486! bye");
    rig.expect_all_end();
}

TEST(Referral, what_takes_the_customer_at_once_is_told_at_once) {
    Transfer rig;
    rig.let_go(false);
    EXPECT_EQ(rig.told_to_phone(), "200! bye") << "a queue, or two calls that were joined";
    rig.expect_all_end();
}

TEST(Referral, a_refused_transfer_leaves_the_call) {
    Transfer rig;
    rig.carry_out({core::ConfirmTransfer{id(rig.phone), false}});
    rig.settle();
    EXPECT_EQ(rig.told_to_phone(), "603! ");
    EXPECT_EQ(rig.end_of(rig.phone), nullptr);
    rig.expect_all_end();
}

TEST(Referral, a_phone_that_hangs_up_first_hears_nothing_more) {
    Transfer rig;
    rig.let_go(true);
    rig.port.end(rig.phone);
    rig.port.ring(rig.next);
    rig.settle();
    EXPECT_EQ(rig.told_to_phone(), "");
    rig.port.answer(rig.next, rig.phone_sdp);
    rig.settle();
    rig.expect_all_end();
}

TEST(Referral, it_does_not_wait_for_ever) {
    Transfer rig(1us);
    rig.let_go(true);
    EXPECT_EQ(rig.told_to_phone(), "100! bye");
    rig.expect_all_end();
}

}  // namespace
}  // namespace linka::voice
