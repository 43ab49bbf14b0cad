// Feature codes: digits that are dialled to be obeyed (product rule 3).
#include "linka/core/flow/features.hpp"

#include "linka/base/text.hpp"
#include "linka/core/flow/prompts.hpp"
#include "linka/core/people/pauses.hpp"
#include "linka/core/people/sessions.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/calls.hpp"
#include "linka/core/voice/outside.hpp"

namespace linka::core {

namespace {

// Does what an input does, and tells the caller by a prompt how it went.
template <typename Input>
void obey(Turn& t, CallId call, const Input& input) {
    apply(t, input);
    const bool done = t.reply.kind == Reply::Kind::ok;
    t.reply = {};
    farewell(t, call, done ? prompt::done : prompt::not_possible, Outcome::closed);
}

// Redirects the user's calls, unless there are reasons not to.
std::vector<Blocker> set_forward(Turn& t, UserId id, std::string_view number) {
    User user = *find_user(t.s, id);
    std::vector<Blocker> blockers =
        number.empty() ? std::vector<Blocker>{} : forward_blockers(t.s, user, number);
    if (blockers.empty() && user.forwarding_number != number) {
        user.forwarding_number = std::string(number);
        t.emit(UserSaved{user});
    }
    return blockers;
}

void forward(Turn& t, CallId call, UserId id, std::string_view number) {
    const bool done = set_forward(t, id, number).empty();
    farewell(t, call, done ? prompt::done : prompt::not_allowed_number, Outcome::closed);
}

std::string first_custom_pause(const State& s) {
    for (const auto& [id, pause] : s.pauses) {
        if (pause.type == PauseType::custom && !pause.deactivated) {
            return pause.name;
        }
    }
    return {};
}

void do_not_disturb(Turn& t, CallId call, UserId user) {
    const Pause dnd = system_pause(t, PauseType::dnd);
    obey(t, call, SetPause{user, dnd.name});
}

bool session_code(Turn& t, CallId call, UserId user, std::string_view number) {
    if (number == "*181") {
        do_not_disturb(t, call, user);
    } else if (number == "*182" || number == "*44") {
        obey(t, call, SetPause{user, {}});
    } else if (number == "*43") {
        const std::string pause = first_custom_pause(t.s);
        if (pause.empty()) {
            farewell(t, call, prompt::not_possible, Outcome::closed);
        } else {
            obey(t, call, SetPause{user, pause});
        }
    } else if (number.starts_with("*41") || number.starts_with("*42")) {
        const QueueId queue{text::to_int(number.substr(3)).value_or(0)};
        const bool in = number[2] == '1';
        obey(t, call,
             ChangeQueues{user, in ? std::vector<QueueId>{queue} : std::vector<QueueId>{},
                          in ? std::vector<QueueId>{} : std::vector<QueueId>{queue}});
    } else {
        return false;
    }
    return true;
}

}  // namespace

void apply(Turn& t, const SetForward& input) {
    std::vector<Blocker> blockers = set_forward(t, input.user, input.number);
    if (!blockers.empty()) {
        t.refuse(std::move(blockers));
    }
}

bool feature_code(Turn& t, CallId call, UserId user_id, std::string_view number) {
    if (!number.starts_with('*')) {
        return false;
    }
    if (number == "*90") {
        t.then(next::Go{call, place::Echo{}});
        return true;
    }
    const User* user = find_user(t.s, user_id);
    if (user == nullptr) {
        farewell(t, call, prompt::not_logged_in, Outcome::closed);
        return true;
    }
    if (number == "*171") {
        forward(t, call, user_id, {});
    } else if (number.starts_with("*170")) {
        forward(t, call, user_id, number.substr(4));
    } else if (user->type != UserType::CC || !session_code(t, call, user_id, number)) {
        farewell(t, call, prompt::not_possible, Outcome::closed);
    }
    return true;
}

}  // namespace linka::core
