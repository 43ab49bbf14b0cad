// The beginning of a shift in one step, and what it remembers.
#include "linka/core/people/start.hpp"

#include "linka/core/acd/queue_types.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

using Names = std::vector<std::string>;
using Queues = std::vector<QueueId>;

struct Shift : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    QueueId other = w.queue(6006);
    QueueId out = w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
    DeviceId desk = w.device("332");
    DeviceId page = w.device("823", DeviceType::web);
    UserId jan = [this] {
        User user = w.person("jan", "512");
        user.queues = {{in, QueueLogin::automatic, 0},
                       {out, QueueLogin::manual, 0},
                       {other, QueueLogin::manual, 0}};
        user.devices = {{desk, {}, {}}, {page, {}, {}}};
        return w.save(user);
    }();
    UserId eva = [this] {
        User user = w.person("eva", "514");
        user.queues = {{in, QueueLogin::manual, 0}};
        return w.save(user);
    }();

    Names devices(UserId user) {
        Names names;
        for (const DeviceId id : devices_of_user(w.state, user)) {
            names.push_back(device_name(w.state, id));
        }
        return names;
    }
    StartPlan plan(UserId user) { return plan_start(w.state, w.state.users.at(user), {}); }
};

TEST_F(Shift, WhoNeverWorkedBeginsAtTheirWebPhoneInAllTheirQueues) {
    EXPECT_EQ(plan(jan).devices, Names{"823"});
    EXPECT_EQ(plan(jan).queues, (Queues{in, out, other}));
    w.give(Start{jan});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(jan), UserState::idle);
    EXPECT_EQ(devices(jan), Names{"823"});
    EXPECT_TRUE(is_in_queue(w.state, jan, out));
}

TEST_F(Shift, WhatWasUsedLastIsFoundAgainAfterSigningOut) {
    w.give(Start{jan, Names{"332"}, Queues{other}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    w.give(ChangeQueues{jan, {}, {in}});
    w.give(LogOut{jan});
    EXPECT_TRUE(devices(jan).empty());
    // The world compares the state with a replay and a snapshot after every step: a restart knows
    // it.
    w.give(LogIn{jan});
    EXPECT_EQ(plan(jan).devices, Names{"332"});
    EXPECT_EQ(plan(jan).queues, (Queues{in, other})) << "6001 was joined by itself at log-in";
    w.give(Start{jan});
    EXPECT_EQ(devices(jan), Names{"332"});
    EXPECT_FALSE(is_in_queue(w.state, jan, out));
}

TEST_F(Shift, WhatIsTriedWithoutWorkingIsNotRemembered) {
    w.give(Start{jan, Names{"332"}, {}});
    w.give(LogOut{jan});
    w.give(LogIn{jan});
    w.give(ChangeDevices{jan, {"823"}, {}});
    w.give(LogOut{jan});
    EXPECT_EQ(plan(jan).devices, Names{"332"});
}

TEST_F(Shift, WhatMayNoLongerBeUsedIsLeftOutAndNamed) {
    w.give(Start{jan, Names{"332"}, Queues{in, other}});
    w.give(LogOut{jan});
    Device device = w.state.devices.at(desk);
    device.shared = false;
    w.give(SaveDevice{device});
    User user = w.state.users.at(jan);
    user.devices = {{page, {}, {}}};
    user.queues = {{in, QueueLogin::manual, 0}};
    w.save(user);
    EXPECT_EQ(plan(jan).left_out, (Names{"332", "6006"}));
    w.give(Start{jan});
    EXPECT_TRUE(w.blocked(BlockerCode::no_device)) << "nothing of what was used is left";
    w.give(Start{jan, Names{"823"}, {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.reply.left_out, Names{"6006"});
}

TEST_F(Shift, AllOfItOrNothing) {
    w.give(Start{eva, Names{"332"}, {}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    w.give(Start{jan, Names{"332", "823"}, Queues{QueueId{6001}, QueueId{6099}}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::blocked);
    ASSERT_EQ(w.reply.blockers.size(), 2U);
    EXPECT_EQ(w.reply.blockers[0], (Blocker{BlockerCode::device_in_use, {"332", "eva"}}));
    EXPECT_EQ(w.reply.blockers[1], (Blocker{BlockerCode::no_right, {"6099"}}));
    EXPECT_FALSE(is_logged_in(w.state, jan));
    w.give(Start{jan, Names{"332"}, {}, true});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
    EXPECT_EQ(w.state_of(eva), UserState::no_device);
}

TEST_F(Shift, WhoHasNoDeviceIsShownThoseToBorrow) {
    Device office;
    office.name = office.title = "320";
    w.give(SaveDevice{office});
    const DeviceId phone{w.reply.record_id};
    User clerk = w.person("ucetni", "520");
    clerk.type = UserType::BO;
    clerk.devices = {{phone, {}, {}}};
    w.save(clerk);
    EXPECT_EQ(devices_to_borrow(w.state, w.state.users.at(eva)),
              (std::vector<DeviceId>{desk, phone}));
    w.give(Start{eva});
    EXPECT_TRUE(w.blocked(BlockerCode::no_device));
    w.give(Start{eva, Names{"320"}, {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok) << "a back-office telephone is not asked for";
}

TEST_F(Shift, CampaignsAreNotMadeAndQueuesThatAreOffNotJoined) {
    Queue mail;
    mail.id = QueueId{6003};
    mail.title = "E-maily";
    mail.type = QueueType::dialer;
    w.give(SaveQueue{mail, true});
    EXPECT_EQ(w.reply.field, "type");
    set_type(mail, QueueType::email);
    mail.deactivated = true;
    w.give(SaveQueue{mail, true});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok) << "one that is off may be kept";
    w.give(LogIn{jan});
    User user = w.state.users.at(eva);
    user.queues.push_back({mail.id, QueueLogin::automatic, 0});
    w.save(user);
    w.give(LogIn{eva});
    EXPECT_FALSE(is_in_queue(w.state, eva, mail.id));
    w.give(ChangeQueues{eva, {mail.id}, {}});
    EXPECT_TRUE(w.blocked(BlockerCode::no_right));
    EXPECT_EQ(plan(eva).queues, Queues{in});
}

}  // namespace
}  // namespace linka::core::test
