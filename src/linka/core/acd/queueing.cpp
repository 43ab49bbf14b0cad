// Waiting in a queue: the door, music, positions, and leaving without having been answered.
#include "linka/core/acd/queueing.hpp"

#include "linka/base/text.hpp"
#include "linka/core/acd/queue_types.hpp"
#include "linka/core/acd/verdict.hpp"
#include "linka/core/acd/waiting.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/call_work.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/work/conversations.hpp"
#include "linka/core/work/offers.hpp"

namespace linka::core {

namespace {

bool is_one_of(const std::vector<EmptyState>& states, EmptyState state) {
    return std::find(states.begin(), states.end(), state) != states.end();
}

// The state, in the words of join_empty, that keeps a user from taking a call now.
std::optional<EmptyState> empty_state(char verdict) {
    switch (verdict) {
        case verdict::ringing:
            return EmptyState::ringing;
        case verdict::on_call:
        case verdict::working:
        case verdict::matrix:
        case verdict::capacity:
            return EmptyState::in_use;
        case verdict::paused:
        case verdict::wrap:
            return EmptyState::paused;
        case verdict::not_ready:
        case verdict::no_device:
        case verdict::unreachable:
        case verdict::device_failed:
            return EmptyState::unavailable;
        default:
            return std::nullopt;
    }
}

bool is_empty(const State& s, QueueId id, const std::vector<EmptyState>& states) {
    const auto index = s.index.queues.find(id);
    if (states.empty() || index == s.index.queues.end()) {
        return false;
    }
    if (index->second.members.empty()) {
        return is_one_of(states, EmptyState::logged_out);
    }
    return std::all_of(
        index->second.members.begin(), index->second.members.end(), [&](UserId user) {
            const auto work = s.index.work.find(user);
            const auto state = work == s.index.work.end()
                                   ? std::nullopt
                                   : empty_state(work->second.verdicts[index->second.channel]);
            return state && is_one_of(states, *state);
        });
}

InteractionId begin(Turn& t, const Call& call, const Queue& queue, bool re_entry) {
    const auto index = t.s.index.queues.find(queue.id);
    const std::size_t ahead = index == t.s.index.queues.end() ? 0 : index->second.waiting.size();
    const InteractionId interaction{t.s.last.interaction + 1};
    const CallDirection direction =
        call.direction == CallDirection::internal ? CallDirection::internal : CallDirection::in;
    t.emit(InteractionStarted{.interaction = interaction,
                              .carrier = carrier::Call{call.id},
                              .queue = queue.id,
                              .direction = direction,
                              .party = party_of(call),
                              .our_address = our_number(call),
                              .re_entry = re_entry,
                              .position = static_cast<int>(ahead) + 1,
                              .waiting_as = ActivityId{t.s.last.activity + 1}});
    return interaction;
}

void announce_before(Turn& t, CallId call, LegId leg, const Queue& queue, bool re_entry) {
    step_to(t, call, step::BeforeQueue{queue.id, re_entry}, t.now() + announcement_max);
    answer(t, leg);
    play(t, leg, {PlayKind::prompt, calls_of(&queue)->announcement});
}

}  // namespace

std::optional<Outcome> refusal(const State& s, const Queue& queue) {
    if (queue.deactivated) {
        return Outcome::refused_closed;
    }
    const auto index = s.index.queues.find(queue.id);
    const std::size_t waiting = index == s.index.queues.end() ? 0 : index->second.waiting.size();
    const auto* calls = calls_of(&queue);
    const auto most = static_cast<std::size_t>(calls == nullptr ? 0 : calls->max_length);
    if (waiting >= Limits::waiting_per_queue_max || (most > 0 && waiting >= most)) {
        return Outcome::refused_full;
    }
    if (calls != nullptr && is_empty(s, queue.id, calls->join_empty)) {
        return Outcome::refused_empty;
    }
    return std::nullopt;
}

void enter_queue(Turn& t, CallId id, QueueEntry entry) {
    const Call* call = find_call(t.s, id);
    const Queue* found = find_queue(t.s, entry.queue);
    if (call == nullptr) {
        return;
    }
    if (calls_of(found) == nullptr || !is_inbound(found->type)) {
        farewell_tone(t, id, "congestion", RefuseCause::congestion);
        return;
    }
    const Queue queue = *found;
    const queue_of::Calls& options = *calls_of(&queue);
    const LegId leg = call->customer;
    end_interaction(t, id, EndedBy::system, Outcome::no_answer);
    if (const std::optional<Outcome> refused = refusal(t.s, queue)) {
        begin(t, *call, queue, entry.re_entry);
        end_interaction(t, id, EndedBy::system, *refused);
        if (const Place next = place_of(options.on_leave); !is_nowhere(next)) {
            t.then(next::Go{id, next});
        } else {
            t.then(next::ComeBack{id, place::Busy{}});
        }
        return;
    }
    if (!options.announcement.empty() && !entry.announced) {
        announce_before(t, id, leg, queue, entry.re_entry);
        return;
    }
    step_to(t, id, step::Waiting{queue.id});
    const InteractionId interaction = begin(t, *call, queue, entry.re_entry);
    t.entered.push_back(interaction);
    answer(t, leg);
    record(t, id, {}, false);
    if (options.position_announcement) {
        announce_position(t, id);
    } else {
        wait_on(t, id);
    }
}

void leave_queue(Turn& t, InteractionId id, Outcome outcome) {
    const Interaction* interaction = find_interaction(t.s, id);
    if (interaction == nullptr || interaction->answered || interaction->ended) {
        return;
    }
    const Call* call = carrying_call(t.s, *interaction);
    if (call == nullptr) {
        end_conversation(t, id, EndedBy::system, outcome);
        return;
    }
    const CallId call_id = call->id;
    const auto* queue = calls_of(find_queue(t.s, interaction->queue));
    const Place next = queue == nullptr ? Place{} : place_of(queue->on_leave);
    for (const OfferId offer : std::vector<OfferId>(interaction->offers)) {
        close_offer(t, offer, OfferOutcome::withdrawn, "system");
    }
    stop_recording(t, call_id);
    end_interaction(t, call_id, EndedBy::system, outcome);
    if (is_nowhere(next)) {
        t.then(next::ComeBack{call_id, next});
    } else {
        t.then(next::Go{call_id, next});
    }
}

void check_empty(Turn& t, QueueId id, void (*follow)(Turn&)) {
    const auto* queue = calls_of(find_queue(t.s, id));
    const auto index = t.s.index.queues.find(id);
    if (queue == nullptr || queue->leave_empty.empty() || index == t.s.index.queues.end() ||
        index->second.waiting.empty() || !is_empty(t.s, id, queue->leave_empty)) {
        return;
    }
    for (const InteractionId waiting : waiting_of_queue(t.s, id)) {
        const Interaction* interaction = find_interaction(t.s, waiting);
        if (interaction != nullptr && interaction->offers.empty()) {
            leave_queue(t, waiting, Outcome::left_empty);
            follow(t);
        }
    }
}

}  // namespace linka::core
