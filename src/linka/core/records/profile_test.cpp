// What a profile lets those do who have it.
#include "linka/core/records/profile.hpp"

#include "linka/core/people/borrowing.hpp"
#include "linka/core/people/can.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

struct Profiles : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    UserId jan = w.agent("jan", "512", {6001});
    UserId jana = w.agent("jana", "511", {});
    Profile night;
    LegId caller;
    LegId first;

    void SetUp() override {
        w.route("1", {DestinationKind::queue, "6001"});
        night.name = "night";
        night.title = "Night";
        save_profile();
        night.id = ProfileId{w.reply.record_id};
        give(night.id);
    }
    void save_profile() {
        w.give(SaveProfile{night});
        ASSERT_EQ(w.reply.kind, Reply::Kind::ok) << w.reply.field << ": " << w.reply.text;
    }
    void give(ProfileId profile) {
        User user = w.state.users.at(jan);
        user.profile = profile;
        w.save(user);
    }
    void set(Transfers transfers) {
        night.transfers = transfers;
        save_profile();
    }
    void talk() {
        caller = w.call("1");
        w.answer("d512");
        first = w.at("d512");
        w.pass(5s);
    }
    bool refused(TransferMode mode) {
        w.give(Transfer{jan, w.activity_of(jan), "511", mode});
        return w.blocked(BlockerCode::transfer_kind);
    }
    bool refers(const std::string& to, LegId replaces) {
        w.give(TransferAskedReport{first, to, replaces});
        return w.done<ConfirmTransfer>().at(0).accepted;
    }
    bool rings() const { return static_cast<bool>(w.at("d512")); }
};

TEST_F(Profiles, LimitWhatIsOpenUnlessSomebodyHasALimitOfTheirOwn) {
    const auto next_rings = [&] {
        caller = w.call("1");
        const bool rang = rings();
        w.hang_up(caller);
        return rang;
    };
    talk();
    w.hang_up(caller);
    w.give(PostponeActivity{jan, w.activity_of(jan), w.now + 1h, {}});
    w.pass(1min);
    EXPECT_TRUE(next_rings());
    night.max_activities = 1;
    save_profile();
    EXPECT_FALSE(next_rings()) << "at once, for whoever has it";
    User user = w.state.users.at(jan);
    user.max_activities = 2;
    w.save(user);
    EXPECT_TRUE(next_rings()) << "their own comes first";
}

// Goal: whoever asks why nothing rings is told that what they have open is in the way.
TEST_F(Profiles, SayWhenWhatIsOpenKeepsCallsAway) {
    const auto in_the_way = [&] {
        std::string codes;
        for (const Blocker& blocker : can(w.state, jan, Action::receive_calls)) {
            codes += std::string(name_of(blocker.code)) + " ";
        }
        return codes;
    };
    EXPECT_EQ(in_the_way(), "");
    talk();
    EXPECT_EQ(in_the_way(), "") << "a call that goes on is seen";
    w.hang_up(caller);
    w.pass(15min);
    EXPECT_EQ(in_the_way(), "open_work ") << "the form is not saved, and the matrix is zeros";
    w.give(PostponeActivity{jan, w.activity_of(jan), w.now + 1h, {}});
    EXPECT_EQ(in_the_way(), "");
    night.max_activities = 1;
    save_profile();
    EXPECT_EQ(in_the_way(), "at_capacity ") << "at once, for whoever has it";
    night.max_activities = 2;
    save_profile();
    EXPECT_EQ(in_the_way(), "");
}

// Goal: as of other records there are so many. Method: as many as there may be, put into the state.
TEST_F(Profiles, AreNoMoreThanAThousand) {
    const auto made = [&](std::size_t there) {
        while (w.state.profiles.size() < there) {
            Profile more = night;
            more.id = ProfileId{w.state.profiles.rbegin()->first.value + 1};
            more.name = "p" + std::to_string(more.id.value);
            w.state.profiles.emplace(more.id, more);
        }
        Profile fresh;
        fresh.name = "fresh";
        fresh.title = "Fresh";
        const auto fault = check(w.state, fresh);
        return fault ? fault->field + ": " + fault->text : std::string();
    };
    EXPECT_EQ(made(999), "");
    EXPECT_EQ(made(1000), "name: there are 1000 already, and no more than 1000 can be");
    EXPECT_FALSE(check(w.state, night)) << "those that are there change";
}

TEST_F(Profiles, LetPeopleCallOutWithoutAQueue) {
    EXPECT_TRUE(World::has(can(w.state, jan, Action::call_out), BlockerCode::no_outbound_queue));
    w.give(SetForward{jan, "777123456"});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
    night.call_without_queue = true;
    save_profile();
    EXPECT_TRUE(can(w.state, jan, Action::call_out).empty());
    w.give(SetForward{jan, "777123456"});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
}

TEST_F(Profiles, RefuseTheOtherKindOfTransfer) {
    talk();
    set(Transfers::none);
    EXPECT_TRUE(refused(TransferMode::blind));
    EXPECT_EQ(w.reply.blockers.front().subjects, std::vector<std::string>{"Night"});
    EXPECT_TRUE(refused(TransferMode::attended));
    set(Transfers::attended);
    EXPECT_TRUE(refused(TransferMode::blind));
    EXPECT_TRUE(World::has(can(w.state, jan, Action::transfer_blind), BlockerCode::transfer_kind));
    EXPECT_TRUE(can(w.state, jan, Action::transfer_attended).empty());
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    EXPECT_FALSE(refused(TransferMode::attended));
    w.answer("d511");
    w.give(Transfer{jan, w.activity_of(jan), {}, TransferMode::complete});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(jana), UserState::talking);
}

TEST_F(Profiles, LetBlindTransfersAloneThrough) {
    talk();
    set(Transfers::blind);
    EXPECT_TRUE(refused(TransferMode::attended));
    EXPECT_FALSE(w.at("d511"));
    EXPECT_FALSE(refused(TransferMode::blind));
    EXPECT_TRUE(w.at("d511"));
}

TEST_F(Profiles, CountHandingOverWhileItStillRingsAsBlind) {
    talk();
    set(Transfers::attended);
    ASSERT_FALSE(refused(TransferMode::attended));
    EXPECT_TRUE(refused(TransferMode::complete));
    EXPECT_TRUE(w.at("d511")) << "it goes on ringing";
    EXPECT_FALSE(refused(TransferMode::cancel));
}

TEST_F(Profiles, HoldForTransfersFromTheTelephone) {
    talk();
    set(Transfers::attended);
    EXPECT_FALSE(refers("511", {}));
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    set(Transfers::blind);
    EXPECT_TRUE(refers("511", {}));
    EXPECT_TRUE(w.at("d511"));
}

TEST_F(Profiles, HoldForTelephonesThatJoinTwoCalls) {
    talk();
    const LegId second = w.call_from("d512", "511");
    set(Transfers::attended);
    EXPECT_FALSE(refers({}, second)) << "it rings";
    EXPECT_TRUE(w.at("d511"));
    w.answer("d511");
    set(Transfers::blind);
    EXPECT_FALSE(refers({}, second)) << "they speak with each other";
    set(Transfers::attended);
    EXPECT_TRUE(refers({}, second));
    EXPECT_EQ(w.state_of(jana), UserState::talking);
}

TEST_F(Profiles, ListTelephonesToLogInTo) {
    const DeviceId desk = w.device("desk");
    Device own = w.state.devices.at(desk);
    own.shared = false;
    w.give(SaveDevice{own});
    w.own(jana, "desk");
    const User& user = w.state.users.at(jan);
    EXPECT_FALSE(may_log_in(w.state, user, w.state.devices.at(desk)));
    night.devices = {desk};
    save_profile();
    EXPECT_TRUE(may_log_in(w.state, user, w.state.devices.at(desk)));
    const std::vector<DeviceId> all = devices_to_borrow(w.state, user);
    EXPECT_EQ(std::count(all.begin(), all.end(), desk), 1);
    w.give(ChangeDevices{jan, {"desk"}, {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    w.give(ChangeDevices{jan, {}, {"desk"}});
    w.give(RemoveDevice{desk});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    EXPECT_EQ(w.reply.blockers.front().subjects, std::vector<std::string>{"Night"});
    EXPECT_EQ(w.reply.blockers.front().records, std::vector<SubjectRecord>{night.id});
    w.give(RemoveRecords{.records = {.devices = {desk}}});
    EXPECT_TRUE(w.state.profiles.at(night.id).devices.empty()) << "together with others";
}

TEST_F(Profiles, AreReadBeforeTheyAreSaved) {
    const auto wrong = [&](auto change) {
        Profile profile = night;
        change(profile);
        w.give(SaveProfile{profile});
        return w.reply.field;
    };
    const DeviceId web = w.device("821", DeviceType::web);
    const DeviceId desk = device_by_name(w.state, "d511")->id;
    EXPECT_EQ(wrong([](Profile& p) { p.max_activities = 0; }), "max_activities");
    EXPECT_EQ(wrong([](Profile& p) { p.max_activities = 1001; }), "max_activities");
    EXPECT_EQ(wrong([&](Profile& p) { p.devices = {web}; }), "devices") << "where its page is";
    EXPECT_EQ(wrong([&](Profile& p) { p.devices = {desk, desk}; }), "devices");
    EXPECT_EQ(wrong([](Profile& p) { p.devices = {DeviceId{99}}; }), "devices");
    EXPECT_EQ(wrong([](Profile& p) { p.title = ""; }), "title");
    EXPECT_EQ(wrong([](Profile& p) { p.id = {}; }), "name") << "there is one";
    EXPECT_EQ(wrong([](Profile& p) { p.id = ProfileId{99}; }), "id");
    User user = w.state.users.at(jan);
    user.profile = ProfileId{99};
    w.give(SaveUser{user});
    EXPECT_EQ(w.reply.field, "profile");
}

TEST_F(Profiles, StayWhileSomebodyHasThem) {
    w.give(RemoveProfile{night.id});
    EXPECT_TRUE(w.blocked(BlockerCode::in_use));
    EXPECT_EQ(w.reply.blockers.front().subjects, std::vector<std::string>{"jan"});
    EXPECT_EQ(w.reply.blockers.front().records, std::vector<SubjectRecord>{jan});
    give({});
    w.give(RemoveProfile{night.id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.profiles.empty());
    w.give(RemoveProfile{night.id});
    EXPECT_EQ(w.reply.kind, Reply::Kind::not_found);
}

}  // namespace
}  // namespace linka::core::test
