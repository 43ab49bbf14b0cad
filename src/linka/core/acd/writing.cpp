// Customers who write: they come to a queue, leave it, or are sent to another.
#include "linka/core/acd/writing.hpp"

#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/acd/queueing.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/work/conversations.hpp"

namespace linka::core {

namespace {

const Interaction* live_of(const State& s, ConversationId id) {
    const auto found = s.index.conversations.find(id);
    return found == s.index.conversations.end() ? nullptr : find_interaction(s, found->second);
}

void begin(Turn& t, const InteractionStarted& what, const Queue& queue) {
    const std::optional<Outcome> refused = refusal(t.s, queue);
    t.emit(what);
    if (refused) {
        end_conversation(t, what.interaction, EndedBy::system, *refused);
    } else if (what.channel != Channel::email) {
        t.entered.push_back(what.interaction);
    }
}

InteractionStarted waits_in(const State& s, const Queue& queue) {
    const auto index = s.index.queues.find(queue.id);
    const std::size_t ahead = index == s.index.queues.end() ? 0 : index->second.waiting.size();
    InteractionStarted started;
    started.interaction = InteractionId{s.last.interaction + 1};
    started.channel = channel_of(queue.type);
    started.queue = queue.id;
    started.position = static_cast<int>(ahead) + 1;
    started.waiting_as = ActivityId{s.last.activity + 1};
    return started;
}

// It waits in this queue, as what it was before.
void wait_again(Turn& t, const Interaction& before, const Queue& queue) {
    end_conversation(t, before.id, EndedBy::transfer, Outcome::closed);
    InteractionStarted started = waits_in(t.s, queue);
    started.carrier = before.carrier;
    started.party = before.party;
    started.our_address = before.our_address;
    started.re_entry = true;
    begin(t, started, queue);
}

std::string named(const std::string& text) {
    return text.size() <= 256 && text::is_utf8(text) ? text : std::string{};
}

}  // namespace

void apply(Turn& t, const ConversationArrivedReport& input) {
    const Queue* queue = find_queue(t.s, input.queue);
    if (!input.conversation || queue == nullptr || !is_written(queue->type) ||
        live_of(t.s, input.conversation) != nullptr) {
        return;
    }
    InteractionStarted started = waits_in(t.s, *queue);
    started.carrier = carrier::Conversation{input.conversation};
    started.party = {named(input.party.address), named(input.party.name)};
    started.our_address = named(input.our_address);
    started.re_entry = input.again;
    begin(t, started, Queue(*queue));
}

void apply(Turn& t, const ConversationEndedReport& input) {
    if (const Interaction* live = live_of(t.s, input.conversation)) {
        end_conversation(t, live->id, EndedBy::caller, Outcome::abandoned);
    }
}

void apply(Turn& t, const ConversationMovedReport& input) {
    const Interaction* live = live_of(t.s, input.conversation);
    const Queue* queue = find_queue(t.s, input.queue);
    if (live != nullptr && queue != nullptr && queue->id != live->queue &&
        channel_of(queue->type) == live->channel) {
        wait_again(t, Interaction(*live), Queue(*queue));
    }
}

void give_back_chats(Turn& t, UserId user) {
    for (const ActivityId id : activities_of_user(t.s, user)) {
        const Activity* work = find_activity(t.s, id);
        const Interaction* found =
            work == nullptr || work->finished || work->channel != Channel::chat
                ? nullptr
                : find_interaction(t.s, work->interaction);
        const Queue* queue = found == nullptr ? nullptr : find_queue(t.s, found->queue);
        if (queue != nullptr) {
            wait_again(t, Interaction(*found), Queue(*queue));
        }
    }
}

}  // namespace linka::core
