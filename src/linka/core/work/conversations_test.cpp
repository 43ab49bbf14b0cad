// Conversations in writing, where scenarios cannot look: what is accepted and refused, what stays
// in the index, and reports that make no sense. tests/scenario/chat_*.txt and email_*.txt tell the
// rest.
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/testing/world.hpp"

namespace linka::core {
namespace {

using test::World;

struct Conversations : ::testing::Test {
    World w;
    QueueId chat = w.queue(7001, [](Queue& queue) { set_type(queue, QueueType::chat); });
    QueueId mail = w.queue(7002, [](Queue& queue) { set_type(queue, QueueType::email); });

    void writes(std::int64_t conversation, QueueId queue) {
        w.give(ConversationArrivedReport{
            ConversationId{conversation}, queue, {"karel@example.com", "Karel"}, {}, false});
    }
};

TEST_F(Conversations, are_asked_of_everybody_and_the_first_has_it) {
    Queue queue = w.state.queues.at(chat);
    offering_of(&queue)->strategy = Strategy::all;
    w.give(SaveQueue{queue});
    const UserId jan = w.agent("jan", "512", {7001});
    const UserId eva = w.agent("eva", "514", {7001});
    writes(1, chat);
    ASSERT_NE(w.offer_of(jan), nullptr);
    ASSERT_NE(w.offer_of(eva), nullptr);
    w.give(Accept{eva, w.offer_of(eva)->activity});
    EXPECT_EQ(w.reply.activity, w.activity_of(eva));
    EXPECT_EQ(w.offer_of(jan), nullptr);
    EXPECT_EQ(w.ever<OfferEnded>().back().reason, "colleague");
    const Activity& work = w.state.activities.at(w.activity_of(eva));
    EXPECT_EQ(work.title, "Karel");
    EXPECT_EQ(work.channel, Channel::chat);
    EXPECT_EQ(find_talk(w.state, work.id), nullptr) << "only calls talk";
    EXPECT_EQ(w.state_of(eva), UserState::idle) << "the state is that of calls";
}

TEST_F(Conversations, are_not_what_a_call_is) {
    const UserId jan = w.agent("jan", "512", {7001});
    writes(1, chat);
    w.give(Accept{jan, w.offer_of(jan)->activity});
    const ActivityId work = w.activity_of(jan);
    for (const Input& input : {Input(Hold{jan, work, true}), Input(Mute{jan, work, true}),
                               Input(HangUpActivity{jan, work}), Input(SendDigits{jan, work, "1"}),
                               Input(Transfer{jan, work, "512", TransferMode::blind})}) {
        EXPECT_EQ(w.give(input).kind, Reply::Kind::not_found) << input.index();
    }
    EXPECT_EQ(w.give(PostponeActivity{jan, work, {}, {}}).kind, Reply::Kind::blocked);
    EXPECT_EQ(w.give(CloseActivity{jan, work, {}, "solved"}).kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.interactions.empty());
    EXPECT_TRUE(w.state.index.conversations.empty());
}

TEST_F(Conversations, come_only_to_queues_of_what_is_written) {
    const QueueId calls = w.queue(6001);
    writes(1, calls);
    writes(2, QueueId{6999});
    writes(0, chat);
    EXPECT_TRUE(w.ever<InteractionStarted>().empty());
    writes(3, mail);
    w.give(ConversationMovedReport{ConversationId{3}, chat});
    EXPECT_EQ(w.ever<InteractionStarted>().size(), 1U) << "a mail is no chat";
    w.give(ConversationEndedReport{ConversationId{9}});
    w.give(ConversationMovedReport{ConversationId{9}, chat});
    EXPECT_EQ(w.state.index.conversations.size(), 1U);
}

TEST_F(Conversations, have_options_of_their_own) {
    Queue queue = w.state.queues.at(chat);
    queue.options = queue_of::Calls{};
    EXPECT_EQ(w.give(SaveQueue{queue}).field, "options");
    queue = w.state.queues.at(mail);
    EXPECT_EQ(offering_of(&queue), nullptr) << "e-mail waits until somebody deals with it";
    queue.options = queue_of::Messages{};
    EXPECT_EQ(w.give(SaveQueue{queue}).field, "options");
    queue = w.state.queues.at(chat);
    offering_of(&queue)->max_wait = 4s;
    EXPECT_EQ(w.give(SaveQueue{queue}).field, "max_wait");
    offering_of(&queue)->max_wait = 60s;
    EXPECT_EQ(w.give(SaveQueue{queue}).kind, Reply::Kind::ok);
    Queue campaign;
    campaign.id = QueueId{8001};
    campaign.title = "Kampaň";
    campaign.type = QueueType::dialer;
    EXPECT_EQ(w.give(SaveQueue{campaign, true}).field, "type");
}

TEST_F(Conversations, end_with_their_people_and_queues) {
    const UserId jan = w.agent("jan", "512", {7001});
    writes(1, chat);
    w.give(Accept{jan, w.offer_of(jan)->activity});
    writes(2, mail);
    RemoveRecords together;
    together.records.users = {jan};
    together.records.queues = {chat, mail};
    ASSERT_EQ(w.give(together).kind, Reply::Kind::ok);
    EXPECT_TRUE(w.state.interactions.empty());
    EXPECT_TRUE(w.state.activities.empty());
    EXPECT_TRUE(w.state.index.conversations.empty());
}

TEST_F(Conversations, do_not_reach_queues_by_telephone) {
    w.agent("jan", "512", {7001});
    w.route("226000002", {DestinationKind::queue, "7001"});
    const LegId caller = w.call("226000002");
    EXPECT_TRUE(w.ever<OfferStarted>().empty());
    w.hang_up(caller);
    EXPECT_TRUE(w.ever<InteractionStarted>().empty());
}

}  // namespace
}  // namespace linka::core
