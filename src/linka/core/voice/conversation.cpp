// What people do in a call, and with the work that it leaves: accept, take, hold, mute, digits,
// hang up, close, postpone.
#include "linka/core/voice/conversation.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/core/acd/queueing.hpp"
#include "linka/core/flow/outside.hpp"
#include "linka/core/flow/steps.hpp"
#include "linka/core/people/can.hpp"
#include "linka/core/people/sessions.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/work/missed_turn.hpp"
#include "linka/core/work/offers.hpp"

namespace linka::core {

namespace {

static_assert(limits::note_bytes_max == 65'536 && limits::digits_max == 64);

// The user's own open activity; answers not_found if there is none.
const Activity* own(Turn& t, UserId user, ActivityId id) {
    const Activity* activity = find_activity(t.s, id);
    if (activity == nullptr || activity->user != user) {
        t.not_found();
        return nullptr;
    }
    return activity;
}

// The leg of a live conversation; answers not_found if it is over.
const Leg* live_leg(Turn& t, const Activity& activity) {
    const Leg* leg = activity.finished ? nullptr : leg_of_activity(t.s, activity.id);
    if (leg == nullptr) {
        t.not_found();
    }
    return leg;
}

void start_wrap(Turn& t, const Activity& closed) {
    const Queue* queue = find_queue(t.s, closed.queue);
    const Session* session = find_session(t.s, closed.user);
    if (queue == nullptr || session == nullptr || !session->logged_in || session->pause ||
        queue->wrap_time <= Duration{}) {
        return;
    }
    start_pause(t, closed.user, system_pause(t, PauseType::wrap), closed.queue, closed.id);
}

bool may_see(const User& user, QueueId queue) {
    return user.access == Access::admin ||
           std::any_of(user.queues.begin(), user.queues.end(),
                       [&](const QueueRight& right) { return right.queue == queue; });
}

bool waits(const State& s, const Interaction& interaction) {
    const auto queue = s.index.queues.find(interaction.queue);
    return queue != s.index.queues.end() &&
           queue->second.waiting.contains({interaction.started, interaction.id});
}

}  // namespace

void connect_sides(Turn& t, CallId id, LegId customer, LegId agent) {
    for (const LegId leg : {customer, agent}) {
        answer(t, leg);
    }
    connect(t, id, customer, agent);
    const Leg* speaker = find_leg(t.s, agent);
    close_missed(t, customer_of(*find_call(t.s, id)),
                 speaker == nullptr ? UserId{} : speaker->user);
    ActivityId work;
    for (const LegId leg_id : {customer, agent}) {
        const Leg* leg = find_leg(t.s, leg_id);
        if (leg != nullptr && find_activity(t.s, leg->activity) != nullptr) {
            work = leg->activity;
            t.emit(ActivityConnected{leg->activity, leg_id});
        }
    }
    record(t, id, work, true);
}

void hold(Turn& t, ActivityId id, bool on) {
    const Activity* activity = find_activity(t.s, id);
    const Leg* leg = leg_of_activity(t.s, id);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr || find_talk(t.s, id)->held == on || !is_step<step::Talk>(call->step)) {
        return;
    }
    const CallId call_id = call->id;
    const LegId customer = call->customer;
    const LegId agent = call->agent;
    const LegId other = leg->id == agent ? customer : agent;
    const UserId user = activity->user;
    if (find_leg(t.s, other) == nullptr) {
        return;
    }
    t.emit(ActivityHeld{id, on});
    t.emit(LegHeldChanged{other, on, user});
    if (on) {
        disconnect(t, call_id);
        const Interaction* interaction =
            find_interaction(t.s, find_call(t.s, call_id)->interaction);
        const Queue* queue = interaction == nullptr ? nullptr : find_queue(t.s, interaction->queue);
        play(t, other, {PlayKind::music, queue == nullptr ? "default" : queue->music}, true);
    } else {
        connect(t, call_id, customer, agent);
    }
}

bool return_to_queue(Turn& t, const Call& before, const Leg& gone) {
    const Interaction* found = find_interaction(t.s, before.interaction);
    const Activity* work = find_activity(t.s, gone.activity);
    const Leg* customer = find_leg(t.s, before.customer);
    const bool just_answered = found != nullptr && found->queue && found->accepted && work &&
                               found->direction != CallDirection::out && found->answered &&
                               !found->ended && found->answered + dropped_within >= t.now();
    if (!just_answered || customer == nullptr || before.consultation.by ||
        work->interaction != found->id || found->user != gone.user) {
        return false;
    }
    const InteractionReturned returned{found->id, found->accepted, gone.user, work->id};
    const Queue* queue = find_queue(t.s, found->queue);
    if (queue == nullptr) {
        return false;
    }
    const Queue of = *queue;
    disconnect(t, before.id);
    if (of.record == RecordMode::immediately) {
        recording_effect(t, before.id);
    } else {
        stop_recording(t, before.id);
    }
    t.emit(ActivityFinished{returned.activity, EndedBy::agent});
    t.emit(ActivityClosed{returned.activity, {}, {}});
    step_to(t, before.id, step::Waiting{of.id});
    t.emit(returned);
    wait_on(t, before.id);
    if (of.auto_pause) {
        start_pause(t, returned.user, system_pause(t, PauseType::lajdak), of.id, returned.activity);
    }
    return true;
}

void apply(Turn& t, const Accept& input) {
    const Offer* offer = offer_of_activity(t.s, input.activity);
    if (offer == nullptr || offer->user != input.user) {
        t.not_found();
        return;
    }
    if (const auto* call = std::get_if<carrier::Call>(&offer->carrier)) {
        accept(t, *offer, *call);
    }
}

void apply(Turn& t, const Reject& input) {
    const Offer* offer = offer_of_activity(t.s, input.activity);
    if (offer == nullptr || offer->user != input.user) {
        t.not_found();
        return;
    }
    end_offer(t, offer->id, OfferOutcome::rejected);
}

void apply(Turn& t, const Take& input) {
    const Interaction* found = interaction_of_activity(t.s, input.activity);
    const Offer* offered = offer_of_activity(t.s, input.activity);
    if (offered != nullptr && offered->user == input.user) {
        apply(t, Accept{input.user, input.activity});
        return;
    }
    const User user = *find_user(t.s, input.user);
    // What they may not see is not there: the answer tells nobody what rings in other queues.
    if (found == nullptr || !waits(t.s, *found) || !may_see(user, found->queue)) {
        t.not_found();
        return;
    }
    const Interaction interaction = *found;
    const Queue* queue = find_queue(t.s, interaction.queue);
    std::vector<Blocker> blockers = take_blockers(t.s, user.id);
    if (!blockers.empty() || queue == nullptr) {
        t.refuse(std::move(blockers));
        return;
    }
    const Duration ring = queue->ring_time;
    for (const OfferId offer : interaction.offers) {
        close_offer(t, offer, OfferOutcome::withdrawn, "colleague");
    }
    const std::vector<DeviceId> devices = devices_of_user(t.s, user.id);
    const bool remote = devices.size() == 1 && answers_for(t.s, user.id, devices.front());
    const OfferId offer =
        start_offer(t, {interaction.id, interaction.queue, user.id, ring, {}, remote});
    if (const Offer* started = find_offer(t.s, offer)) {
        t.reply.activity = started->activity;
    } else {
        t.refuse(BlockerCode::device_not_registered);
    }
}

void apply(Turn& t, const Hold& input) {
    const Activity* activity = own(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    const Call* call = leg == nullptr ? nullptr : find_call(t.s, leg->call);
    if (call == nullptr) {
        return;
    }
    if (!is_step<step::Talk>(call->step) || call->consultation.by) {
        t.refuse(BlockerCode::busy);
        return;
    }
    hold(t, input.activity, input.on);
}

void apply(Turn& t, const Mute& input) {
    const Activity* activity = own(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    if (leg != nullptr && leg->muted != input.on) {
        const LegId id = leg->id;
        t.emit(LegMutedChanged{id, input.on});
        t.effect(MuteLeg{id, input.on});
    }
}

void apply(Turn& t, const SendDigits& input) {
    const Activity* activity = own(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    const Leg* other = leg == nullptr ? nullptr : other_side(t.s, *leg);
    if (leg == nullptr) {
        return;
    }
    const bool digits = !input.digits.empty() && input.digits.size() <= limits::digits_max &&
                        input.digits.find_first_not_of("0123456789*#ABCD") == std::string::npos;
    if (!digits) {
        t.invalid("digits", "1 to 64 of 0-9 * # A-D");
    } else if (other == nullptr || other->state != LegState::answered) {
        t.not_found();
    } else {
        t.effect(SendDtmf{other->id, input.digits});
    }
}

void apply(Turn& t, const HangUpActivity& input) {
    const Activity* activity = own(t, input.user, input.activity);
    const Leg* leg = activity == nullptr ? nullptr : live_leg(t, *activity);
    if (leg != nullptr) {
        leave_call(t, leg->id);
    }
}

namespace {

// What is written about work has bounds, whichever way it comes; refuses what is beyond them.
bool takes_note(Turn& t, const std::string& note) {
    const bool takes = note.size() <= limits::note_bytes_max && text::is_utf8(note);
    if (!takes) {
        t.invalid("note", "at most 65536 bytes of UTF-8");
    }
    return takes;
}

bool takes_statuses(Turn& t, const std::vector<std::string>& statuses) {
    const bool takes = statuses.size() <= limits::statuses_max &&
                       std::all_of(statuses.begin(), statuses.end(), [](const std::string& one) {
                           return one.size() <= limits::status_bytes_max && text::is_utf8(one);
                       });
    if (!takes) {
        t.invalid("statuses", "at most 100, each at most 256 bytes of UTF-8");
    }
    return takes;
}

bool takes_until(Turn& t, Instant until) {
    const bool takes = !until || (until > t.now() && until != Instant::never());
    if (!takes) {
        t.invalid("until", "a time to come, or none");
    }
    return takes;
}

bool takes_options(Turn& t, const std::string& options) {
    const bool fits = options.size() <= limits::options_bytes_max;
    const auto value = fits ? json::parse(options) : Result<json::Value>(json::Value());
    const bool takes = fits && value && (value->is_array() || value->is_object());
    if (!takes) {
        t.invalid("options", "an array or an object, at most 4096 bytes of JSON");
    }
    return takes;
}

bool takes_description(Turn& t, const Description& given) {
    if (given.title &&
        (given.title->size() > limits::title_bytes_max || !text::is_utf8(*given.title))) {
        t.invalid("title", "at most 256 bytes of UTF-8");
        return false;
    }
    return (!given.note || takes_note(t, *given.note)) &&
           (!given.statuses || takes_statuses(t, *given.statuses)) &&
           (!given.options || takes_options(t, given.options->text));
}

}  // namespace

void apply(Turn& t, const DescribeActivity& input) {
    const Activity* found = find_activity(t.s, input.activity);
    const bool was = input.activity.value > 0 && input.activity.value <= t.s.last.activity;
    const bool ends = input.then != ThenDo::nothing;
    if (!was || find_user(t.s, input.by) == nullptr ||
        (ends && (found == nullptr || found->user != input.by))) {
        t.not_found();
        return;
    }
    if (ends && !found->finished) {
        t.refuse(BlockerCode::busy);
        return;
    }
    if (!takes_description(t, input.description) ||
        (input.then == ThenDo::postpone && !takes_until(t, input.until))) {
        return;
    }
    if (!(input.description == Description{})) {
        t.emit(ActivityDescribed{input.activity, input.by, input.description});
    }
    if (!ends) {
        return;
    }
    const Activity activity = *find_activity(t.s, input.activity);
    if (input.then == ThenDo::postpone) {
        t.emit(ActivityPostponed{activity.id, input.until, activity.note});
    } else {
        t.emit(ActivityClosed{activity.id, activity.statuses, activity.note});
        start_wrap(t, activity);
    }
}

void apply(Turn& t, const CloseActivity& input) {
    const Activity* found = own(t, input.user, input.activity);
    if (found == nullptr) {
        return;
    }
    if (!found->finished) {
        t.refuse(BlockerCode::busy);
        return;
    }
    if (!takes_note(t, input.note) || !takes_statuses(t, input.statuses)) {
        return;
    }
    const Activity activity = *found;
    t.emit(ActivityClosed{input.activity, input.statuses, input.note});
    start_wrap(t, activity);
}

void apply(Turn& t, const PostponeActivity& input) {
    const Activity* activity = own(t, input.user, input.activity);
    if (activity == nullptr) {
        return;
    }
    if (!activity->finished) {
        t.refuse(BlockerCode::busy);
    } else if (takes_until(t, input.until) && takes_note(t, input.note)) {
        t.emit(ActivityPostponed{input.activity, input.until, input.note});
    }
}

void apply(Turn& t, const OpenActivity& input) {
    const Activity* activity = own(t, input.user, input.activity);
    if (activity != nullptr && activity->postponed) {
        t.emit(ActivityResumed{input.activity});
    }
}

}  // namespace linka::core
