// What is written about work, and how it is closed or put off.
#include "linka/core/work/closing.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/core/people/pauses.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/work/conversations.hpp"

namespace linka::core {

namespace {

static_assert(limits::note_bytes_max == 65'536);

void start_wrap(Turn& t, const Activity& closed) {
    const Queue* queue = find_queue(t.s, closed.queue);
    const Session* session = find_session(t.s, closed.user);
    if (queue == nullptr || session == nullptr || !session->logged_in || session->pause ||
        queue->wrap_time <= Duration{}) {
        return;
    }
    start_pause(t, closed.user, system_pause(t, PauseType::wrap), closed.queue, closed.id);
}

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

// A call ends on the telephone. What is written ends when its work is closed, and can be put off
// unless the customer waits for an answer at once.
bool may_put_away(const Activity& activity, ThenDo how) {
    return activity.finished || (activity.channel != Channel::call &&
                                 (how == ThenDo::close || activity.channel != Channel::chat));
}

void close_work(Turn& t, const Activity& activity, const std::vector<std::string>& statuses,
                const std::string& note) {
    if (!activity.finished) {
        end_conversation(t, activity.interaction, EndedBy::agent, Outcome::closed);
    }
    t.emit(ActivityClosed{activity.id, statuses, note});
    start_wrap(t, activity);
}

}  // namespace

// The user's own open activity; answers not_found if there is none.
const Activity* own_activity(Turn& t, UserId user, ActivityId id) {
    const Activity* activity = find_activity(t.s, id);
    if (activity == nullptr || activity->user != user) {
        t.not_found();
        return nullptr;
    }
    return activity;
}

void apply(Turn& t, const DescribeActivity& input) {
    const Activity* found = find_activity(t.s, input.activity);
    const bool was = input.activity.value > 0 && input.activity.value <= t.s.last.activity;
    const bool ends = input.then != ThenDo::nothing;
    if (!was || find_user(t.s, input.by) == nullptr ||
        (ends && (found == nullptr || found->user != input.by))) {
        t.not_found();
        return;
    }
    if (ends && !may_put_away(*found, input.then)) {
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
        close_work(t, activity, activity.statuses, activity.note);
    }
}

void apply(Turn& t, const CloseActivity& input) {
    const Activity* found = own_activity(t, input.user, input.activity);
    if (found == nullptr) {
        return;
    }
    if (!may_put_away(*found, ThenDo::close)) {
        t.refuse(BlockerCode::busy);
        return;
    }
    if (takes_note(t, input.note) && takes_statuses(t, input.statuses)) {
        close_work(t, Activity(*found), input.statuses, input.note);
    }
}

void apply(Turn& t, const PostponeActivity& input) {
    const Activity* activity = own_activity(t, input.user, input.activity);
    if (activity == nullptr) {
        return;
    }
    if (!may_put_away(*activity, ThenDo::postpone)) {
        t.refuse(BlockerCode::busy);
    } else if (takes_until(t, input.until) && takes_note(t, input.note)) {
        t.emit(ActivityPostponed{input.activity, input.until, input.note});
    }
}

void apply(Turn& t, const OpenActivity& input) {
    const Activity* activity = own_activity(t, input.user, input.activity);
    if (activity != nullptr && activity->postponed) {
        t.emit(ActivityResumed{input.activity});
    }
}

}  // namespace linka::core
