// Each checker must be able to fail: small journals that break one rule each, told by hand, and a
// good one that breaks none.
#include "linka/core/state.hpp"
#include "sim/checker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace linka::sim {
namespace {

using namespace core;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// Nobody answers, nothing takes time.
class Nobody final : public Manners {
  public:
    Duration latency() override { return Duration{0}; }
    int refusal(const Wire&) override { return 0; }
    Duration length(const std::vector<Sound>&) override { return 1s; }
    bool answers_remotely(DeviceId) override { return false; }
    void rang(const Wire&) override {}
};

/// Tells one checker a journal.
class Tale {
  public:
    explicit Tale(std::unique_ptr<Checker> checker)
        : checker_(std::move(checker)),
          exchange_(
              nobody_, [](Duration, const Input&) {},
              [](Duration, const std::function<void()>&) {}) {}

    Tale& tell(Event event) {
        record_ = {record_.seq + 1, record_.at + 1s, std::move(event)};
        return tell_again();
    }
    /// The last record a second time.
    Tale& tell_again() {
        ledger_.fold(record_);
        checker_->see(record_, ledger_);
        return *this;
    }
    /// Somebody ready on a phone in queue 6001: user 1, device 1.
    Tale& agent() {
        User user;
        user.id = UserId{1};
        user.queues = {{QueueId{6001}, QueueLogin::manual, 0}};
        Device device;
        device.id = DeviceId{1};
        Queue queue;
        queue.id = QueueId{6001};
        tell(QueueSaved{queue}).tell(DeviceSaved{device}).tell(UserSaved{user});
        tell(DeviceReachabilityChanged{DeviceId{1}, true, false}).tell(UserLoggedIn{UserId{1}});
        tell(DeviceJoined{UserId{1}, DeviceId{1}}).tell(QueueJoined{UserId{1}, QueueId{6001}, 0});
        return tell(UserReady{UserId{1}}).state(UserState::idle);
    }
    /// Whose profile this is.
    Tale& with(Profile profile) {
        profile.id = ProfileId{1};
        User user;
        user.id = UserId{1};
        user.profile = profile.id;
        return tell(ProfileSaved{std::move(profile)}).tell(UserSaved{user});
    }
    /// Another one: user 2, device 2.
    Tale& second_agent() {
        User user;
        user.id = UserId{2};
        Device device;
        device.id = DeviceId{2};
        tell(DeviceSaved{device}).tell(UserSaved{user});
        tell(DeviceReachabilityChanged{DeviceId{2}, true, false}).tell(UserLoggedIn{UserId{2}});
        tell(DeviceJoined{UserId{2}, DeviceId{2}}).tell(QueueJoined{UserId{2}, QueueId{6001}, 0});
        return tell(UserReady{UserId{2}});
    }
    Tale& state(UserState state) {
        UserStateChanged changed;
        changed.user = UserId{1};
        changed.state = state;
        return tell(changed);
    }
    /// Call 1 with leg 1 waits as interaction 1.
    Tale& caller() {
        CallStarted call;
        call.call = CallId{1};
        LegStarted leg;
        leg.leg = LegId{1};
        leg.call = CallId{1};
        leg.incoming = true;
        return tell(call).tell(leg).tell(waits(1));
    }
    static InteractionStarted waits(std::int64_t id) {
        InteractionStarted item;
        item.interaction = InteractionId{id};
        item.carrier = carrier::Call{CallId{1}};
        item.queue = QueueId{6001};
        return item;
    }
    Tale& offer(std::int64_t id, std::int64_t user = 1) {
        OfferStarted offered;
        offered.offer = OfferId{id};
        offered.interaction = InteractionId{1};
        offered.queue = QueueId{6001};
        offered.user = UserId{user};
        offered.until = record_.at + 20s;
        offered.decision = DecisionId{id};
        return tell(offered);
    }
    Tale& settle() {
        checker_->settled(moment());
        return *this;
    }
    std::vector<std::string> found(bool at_the_end = false) {
        settle();
        if (at_the_end) {
            checker_->finished(moment());
        }
        return checker_->take();
    }
    Instant now() const { return record_.at; }

  private:
    Moment moment() { return {ledger_, exchange_, state_, record_.at, false}; }

    Nobody nobody_;
    std::unique_ptr<Checker> checker_;
    Exchange exchange_;
    Ledger ledger_;
    State state_;
    Record record_{0, Instant{1'000'000'000}, {}};
};

#define EXPECT_FINDS(found, text) EXPECT_THAT(found, Contains(HasSubstr(text)))

TEST(Checkers, journal_with_a_gap) {
    Tale tale(journal_checker());
    tale.tell(UserReady{UserId{1}}).tell_again();
    EXPECT_FINDS(tale.found(), "event 1 follows on 1");
}

TEST(Checkers, customer_in_two_places) {
    Tale tale(place_checker());
    tale.caller().tell(Tale::waits(2));
    EXPECT_FINDS(tale.found(), "call 1 waits as 1 and as 2");
}

TEST(Checkers, interaction_ended_twice_or_as_what_it_was_not) {
    Tale twice(place_checker());
    twice.caller().tell(InteractionEnded{InteractionId{1}, Outcome::abandoned}).tell_again();
    EXPECT_FINDS(twice.found(), "ends and is not open");
    Tale wrong(place_checker());
    wrong.caller().tell(InteractionEnded{InteractionId{1}, Outcome::answered});
    EXPECT_FINDS(wrong.found(), "ends as answered");
    Tale never(place_checker());
    never.caller();
    EXPECT_FINDS(never.found(true), "still waits");
}

TEST(Checkers, offer_that_ends_twice_or_never) {
    Tale twice(offer_checker());
    twice.agent().caller().offer(1).tell(OfferEnded{OfferId{1}, OfferOutcome::rejected, {}});
    EXPECT_THAT(twice.found(), IsEmpty());
    twice.tell_again();
    EXPECT_FINDS(twice.found(), "ends and is not open");
    Tale never(offer_checker());
    never.agent().caller().offer(1);
    EXPECT_FINDS(never.found(true), "never ended");
}

TEST(Checkers, offer_to_somebody_who_is_not_there) {
    Tale tale(offer_checker());
    tale.agent().caller().tell(UserUnready{UserId{1}}).offer(1);
    EXPECT_FINDS(tale.found(), "who is not there");
}

TEST(Checkers, offer_to_a_vanished_phone) {
    Tale tale(offer_checker());
    tale.agent().caller().tell(DeviceReachabilityChanged{DeviceId{1}, false, false}).offer(1);
    EXPECT_FINDS(tale.found(), "who has no phone");
}

TEST(Checkers, two_offers_at_once_and_two_winners) {
    Tale both(offer_checker());
    both.agent().caller().offer(1).offer(2);
    EXPECT_FINDS(both.found(), "is offered 2 while 1 rings");
    Tale winners(offer_checker());
    winners.agent().caller().offer(1).tell(OfferEnded{OfferId{1}, OfferOutcome::accepted, {}});
    winners.offer(2).tell(OfferEnded{OfferId{2}, OfferOutcome::accepted, {}});
    EXPECT_FINDS(winners.found(), "accepted by offers 1 and 2");
}

TEST(Checkers, missed_before_its_time_or_without_having_rung) {
    Tale tale(offer_checker());
    LegStarted leg;
    leg.leg = LegId{2};
    leg.offer = OfferId{1};
    tale.agent().caller().offer(1).tell(leg).tell(LegRang{LegId{2}, false});
    tale.tell(OfferEnded{OfferId{1}, OfferOutcome::missed, {}});
    EXPECT_FINDS(tale.found(), "missed before its time");
    Tale silent(offer_checker());
    silent.agent().caller().offer(1).tell(OfferEnded{OfferId{1}, OfferOutcome::missed, {}});
    EXPECT_FINDS(silent.found(), "never rang");
}

TEST(Checkers, a_second_time_while_somebody_else_is_free) {
    Tale tale(turn_checker());
    tale.agent().second_agent().caller().offer(1);
    tale.tell(OfferEnded{OfferId{1}, OfferOutcome::missed, {}}).offer(2);
    EXPECT_FINDS(tale.found(), "and 2 is free");
    Tale round(turn_checker());
    round.agent().second_agent().caller().offer(1);
    round.tell(OfferEnded{OfferId{1}, OfferOutcome::missed, {}}).offer(2, 2);
    round.tell(OfferEnded{OfferId{2}, OfferOutcome::missed, {}}).offer(3);
    EXPECT_THAT(round.found(), IsEmpty()) << "everybody has had it: the next round";
}

TEST(Checkers, more_work_than_allowed) {
    Tale tale(capacity_checker());
    tale.agent();
    User user;
    user.id = UserId{1};
    user.max_activities = 1;
    ActivityOpened open;
    open.activity = ActivityId{1};
    open.user = UserId{1};
    tale.tell(UserSaved{user}).caller().tell(open).offer(1);
    EXPECT_FINDS(tale.found(), "has 1 open of at most 1");
}

const ActivityOpened first_work{.activity = ActivityId{1}, .user = UserId{1}};

TEST(Checkers, more_work_than_the_profile_allows) {
    Tale tale(capacity_checker());
    Profile few;
    few.max_activities = 1;
    tale.agent().with(few).caller().tell(first_work).offer(1);
    EXPECT_FINDS(tale.found(), "has 1 open of at most 1");
}

TEST(Checkers, a_transfer_that_the_profile_forbids) {
    Profile none;
    none.transfers = Transfers::none;
    const CallTransferred transferred{CallId{1}, UserId{1}, ActivityId{1}, {}, "511"};
    Tale blind(transfer_checker());
    blind.agent().with(none).caller().tell(first_work).tell(transferred);
    EXPECT_FINDS(blind.found(), "transfers a call blind");
    Tale attended(transfer_checker());
    attended.agent().with(none).caller().tell(first_work);
    attended.tell(ConsultationStarted{CallId{1}, ActivityId{1}, {}, "511", {}});
    EXPECT_FINDS(attended.found(), "asks somebody");
    Tale hung_up(transfer_checker());
    hung_up.agent().with(none).caller().tell(first_work);
    hung_up.tell(ConsultationEnded{CallId{1}, false}).tell(transferred);
    EXPECT_THAT(hung_up.found(), IsEmpty()) << "the customer is not lost with the one who hangs up";
}

// Goal: the checker goes by the matrix of the moment, in which one more call may come or not.
TEST(Checkers, more_than_the_distribution_matrix_allows) {
    ActivityOpened open;
    open.activity = ActivityId{1};
    open.user = UserId{1};
    Tale none(capacity_checker());
    none.agent().caller().tell(open).offer(1);
    EXPECT_FINDS(none.found(), "is offered a call beyond the distribution matrix");
    SettingsSaved saved;
    saved.settings.distribution.call.call = 1;
    Tale one(capacity_checker());
    one.tell(saved).agent().caller().tell(open).offer(1);
    EXPECT_THAT(one.found(), IsEmpty());
}

TEST(Checkers, one_device_in_two_hands) {
    Tale tale(capacity_checker());
    tale.agent().tell(DeviceJoined{UserId{2}, DeviceId{1}});
    EXPECT_FINDS(tale.found(), "belongs to users 1 and 2");
}

TEST(Checkers, free_agent_beside_a_waiting_customer) {
    Tale tale(idle_checker());
    tale.agent().caller();
    EXPECT_FINDS(tale.found(), "user 1 is free and interaction 1");
}

TEST(Checkers, sleeping_item_is_not_yet_servable) {
    Tale tale(idle_checker());
    tale.agent().caller().offer(1).tell(OfferEnded{OfferId{1}, OfferOutcome::rejected, {}});
    EXPECT_THAT(tale.found(), IsEmpty());
    for (int second = 0; second < 6; ++second) {
        tale.tell(DeadlinePassed{});
    }
    EXPECT_FINDS(tale.found(), "is free");
}

TEST(Checkers, sleep_ends_with_the_next_offer) {
    Tale tale(idle_checker());
    tale.agent().caller().offer(1).tell(OfferEnded{OfferId{1}, OfferOutcome::withdrawn, {}});
    OfferEnded failed{OfferId{2}, OfferOutcome::withdrawn, "unreachable"};
    failed.device = DeviceId{2};
    tale.second_agent().offer(2, 2).tell(failed);
    EXPECT_FINDS(tale.found(), "is free");
}

TEST(Checkers, less_urgent_item_given_first) {
    Queue urgent;
    urgent.id = QueueId{6002};
    offering_of(&urgent)->weight = 0;
    InteractionStarted item = Tale::waits(2);
    item.queue = urgent.id;
    for (const bool waited : {true, false}) {
        Tale tale(idle_checker());
        tale.agent().tell(QueueSaved{urgent}).tell(QueueJoined{UserId{1}, urgent.id, 0}).caller();
        waited ? tale.tell(item).offer(1) : tale.offer(1).tell(item);
        const std::vector<std::string> found = tale.found();
        EXPECT_EQ(found.size(), waited ? 1U : 0U);
        if (waited) {
            EXPECT_FINDS(found, "user 1 is given interaction 1 before 2");
        }
    }
}

TEST(Checkers, logged_out_and_rung) {
    Tale tale(session_checker());
    tale.agent().caller().tell(QueueLeft{UserId{1}, QueueId{6001}});
    tale.tell(DeviceLeft{UserId{1}, DeviceId{1}, {}}).tell(UserLoggedOut{UserId{1}});
    OfferStarted redirected;
    redirected.offer = OfferId{1};
    redirected.interaction = InteractionId{1};
    redirected.user = UserId{1};
    LegStarted leg;
    leg.leg = LegId{2};
    leg.call = CallId{1};
    leg.user = UserId{1};
    leg.offer = OfferId{1};
    tale.tell(redirected).tell(leg);
    EXPECT_THAT(tale.found(), IsEmpty());
    leg.device = DeviceId{1};
    tale.tell(leg);
    EXPECT_FINDS(tale.found(), "is logged out and still rung");
}

TEST(Checkers, back_office_user_counted) {
    Tale tale(figures_checker());
    User user;
    user.id = UserId{2};
    user.type = UserType::BO;
    tale.agent().tell(UserSaved{user}).caller().offer(1, 2);
    EXPECT_FINDS(tale.found(), "back-office user 2 is counted");
}

TEST(Checkers, logged_out_and_idle_at_once) {
    Tale tale(time_checker());
    tale.agent().tell(UserLoggedOut{UserId{1}});
    EXPECT_FINDS(tale.found(), "is idle and logged out");
}

TEST(Checkers, times_that_do_not_add_up) {
    Tale tale(time_checker());
    tale.agent().tell(UserLoggedOut{UserId{1}}).state(UserState::logged_out);
    EXPECT_FINDS(tale.found(true), "user 1: states");
}

TEST(Checkers, leg_connected_before_its_answer) {
    Tale tale(leg_checker());
    LegStarted second;
    second.leg = LegId{2};
    second.call = CallId{1};
    tale.caller().tell(second).tell(LegsConnected{CallId{1}, LegId{1}, LegId{2}});
    EXPECT_FINDS(tale.found(), "leg 2 is connected and not answered");
    EXPECT_FINDS(tale.found(true), "leg 1 never ended");
}

TEST(Checkers, call_that_leaves_something_behind) {
    Tale tale(call_checker());
    tale.caller().tell(CallEnded{CallId{1}});
    EXPECT_FINDS(tale.found(), "call 1 has ended, its leg 1 has not");
    Tale empty(call_checker());
    empty.caller().tell(LegEnded{LegId{1}, CallId{1}});
    EXPECT_FINDS(empty.found(), "call 1 has no leg and lives");
}

TEST(Checkers, activity_closed_before_it_is_finished) {
    Tale tale(activity_checker());
    ActivityOpened open;
    open.activity = ActivityId{1};
    open.interaction = InteractionId{1};
    tale.caller().tell(open).tell(ActivityClosed{ActivityId{1}, {}, {}});
    EXPECT_FINDS(tale.found(), "closed before it is finished");
}

TEST(Checkers, recording_that_never_finishes) {
    Tale tale(recording_checker());
    RecordingStarted recording;
    recording.recording = RecordingId{1};
    recording.call = CallId{1};
    tale.caller().tell(recording);
    EXPECT_FINDS(tale.found(true), "recording 1 never finished");
}

TEST(Checkers, locked_in_a_call_that_is_over) {
    Tale tale(session_checker());
    tale.agent().state(UserState::talking);
    EXPECT_FINDS(tale.found(), "is talking and has no call");
    tale.state(UserState::ringing);
    EXPECT_FINDS(tale.found(), "is ringing and nothing rings");
}

TEST(Checkers, a_good_day_breaks_no_rule) {
    for (auto& checker : all_checkers()) {
        Tale tale(std::move(checker));
        tale.agent().caller().offer(1).state(UserState::ringing);
        EXPECT_THAT(tale.found(), IsEmpty());
    }
}

}  // namespace
}  // namespace linka::sim
