// Users without an extension: they work like others, but nobody dials them.
#include "linka/core/records/references.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core::test {
namespace {

constexpr const char* far_customer = "00420601000009";

struct NoExtension : ::testing::Test {
    World w;
    QueueId in = w.queue(6001);
    QueueId out = w.queue(6002, [](Queue& q) { q.type = QueueType::out; });
    UserId jan = without_extension("jan", "d512");

    UserId without_extension(const std::string& name, const std::string& device) {
        User user = w.person(name, "");
        user.queues = {{in, QueueLogin::automatic, 0}, {out, QueueLogin::automatic, 0}};
        user.devices.push_back({w.device(device), {}, {}});
        const UserId id = w.save(user);
        w.give(LogIn{id});
        w.give(ChangeDevices{id, {device}, {}});
        w.give(BecomeReady{id});
        return id;
    }
};

TEST_F(NoExtension, AreAsManyAsOneLikes) {
    without_extension("petr", "d513");
    User eva = w.person("eva", "5");
    w.give(SaveUser{eva});
    EXPECT_EQ(w.reply.field, "extension") << "one that is given has a form";
    EXPECT_TRUE(w.state.index.users_by_extension.empty());
}

TEST_F(NoExtension, CannotBeCalledAndAreToldWhy) {
    EXPECT_TRUE(World::has(can(w.state, jan, Action::be_called), BlockerCode::no_extension));
    EXPECT_TRUE(can(w.state, jan, Action::receive_calls).empty());
}

TEST_F(NoExtension, AnswerCallsOfQueues) {
    w.route("1", {DestinationKind::queue, "6001"});
    const LegId caller = w.call("1");
    w.answer("d512");
    EXPECT_EQ(w.state_of(jan), UserState::talking);
    w.hang_up(caller);
    w.give(CloseActivity{jan, w.activity_of(jan), {}, {}});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
}

TEST_F(NoExtension, AreNamedWhenTheyCallSomebodyBack) {
    w.route("1", {DestinationKind::queue, "6001"});
    w.give(BecomeUnready{jan});
    w.hang_up(w.call("1", far_customer));
    w.give(BecomeReady{jan});
    w.give(CallOut{jan, far_customer, {}});
    ASSERT_EQ(w.reply.kind, Reply::Kind::ok);
    ASSERT_EQ(w.state.missed.size(), 1U);
    EXPECT_EQ(w.state.missed.begin()->second.tried_by, jan);
}

TEST_F(NoExtension, AreRemovedWhateverLeadsToNobody) {
    w.route("2", {DestinationKind::voicemail, ""});
    EXPECT_TRUE(References(w.state, {.users = {jan}}).names(w.state, {&w.state.routing}).empty());
    w.give(LogOut{jan});
    w.give(RemoveUser{jan});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
}

TEST_F(NoExtension, IsRefusedWhileSomethingLeadsToTheOneThatGoes) {
    const UserId eva = w.save(w.person("eva", "514"));
    w.route("2", {DestinationKind::extension, "514"});
    for (const char* extension : {"", "515"}) {
        User changed = *find_user(w.state, eva);
        changed.extension = extension;
        w.give(SaveUser{changed});
        EXPECT_TRUE(w.blocked(BlockerCode::in_use)) << extension;
    }
    w.give(RemoveRoute{w.state.routing.routes.begin()->first});
    User changed = *find_user(w.state, eva);
    changed.extension.clear();
    w.give(SaveUser{changed});
    EXPECT_EQ(w.reply.kind, Reply::Kind::ok);
}

}  // namespace
}  // namespace linka::core::test
