#include "linka/voice/digits.hpp"

#include "linka/runtime/clock.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace linka::voice {
namespace {

// No hand presses faster for longer; a machine that does is not listened to.
constexpr int digits_at_once_max = 40;
constexpr Duration digit_every = 100ms;
// A press by INFO belongs to one in the sound that began at most so long before it.
constexpr Duration same_press = 1s;
constexpr std::size_t heard_max = 16;
constexpr std::size_t waiting_max = 64;

bool mentions_events(std::string_view sdp) {
    constexpr std::string_view name = "telephone-event";
    return std::search(sdp.begin(), sdp.end(), name.begin(), name.end(), [](char a, char b) {
               return std::tolower(static_cast<unsigned char>(a)) == b;
           }) != sdp.end();
}

// Each digit is an event of the journal for ever: beyond what people press they are only counted.
bool is_too_fast(Switchboard& board, Leg& leg) {
    const Instant now = runtime::steady_now();
    const Duration gained = now - leg.digits_since;
    leg.digits_since = now;
    const auto back =
        static_cast<int>(std::min<std::int64_t>(gained / digit_every, digits_at_once_max));
    leg.digits_used = std::max(0, leg.digits_used - back);
    if (leg.digits_used >= digits_at_once_max) {
        board.digits_dropped.add();
        return true;
    }
    ++leg.digits_used;
    return false;
}

// One INFO after the other: they may overtake each other on their way.
void send_by_info(Switchboard& board, const Leg& leg, const std::string& digits) {
    Duration wait = 0us;
    for (const char digit : digits) {
        if (wait == 0us) {
            board.command(sip::SendInfoDigit{leg.number(), digit});
        } else {
            board.later(wait, [&board, number = leg.number(), digit] {
                const Leg* found = board.legs.find(number);
                if (found != nullptr && found->alive()) {
                    board.command(sip::SendInfoDigit{number, digit});
                }
            });
        }
        wait += board.options.info_gap;
    }
}

void pressed(Switchboard& board, Leg& leg, char digit, bool in_sound) {
    if (is_too_fast(board, leg)) {
        return;
    }
    board.tell(core::DigitReport{leg.id(), digit});
    Leg* peer = board.legs.find(leg.kept.peer);
    if (peer == nullptr || !peer->alive() || !peer->answered()) {
        return;
    }
    if (!in_sound || !has_digit_events(*peer)) {
        send_dtmf(board, *peer, std::string(1, digit));
    }
}

// Takes the newest press in the sound that this one is; false if there was none.
bool was_heard(Leg& leg, char digit, Instant told) {
    const auto found = std::find_if(leg.heard.begin(), leg.heard.end(), [&](const auto& press) {
        return press.first == digit && press.second >= told - same_press;
    });
    if (found == leg.heard.end()) {
        return false;
    }
    leg.heard.erase(found);
    return true;
}

}  // namespace

bool has_digit_events(const Leg& leg) {
    return mentions_events(leg.kept.remote) && mentions_events(leg.kept.description);
}

void digit_heard(Switchboard& board, LegNumber number, char digit) {
    Leg* leg = board.legs.find(number);
    if (leg == nullptr || !leg->alive()) {
        return;
    }
    if (leg->heard.size() >= heard_max) {
        leg->heard.erase(leg->heard.begin());
    }
    leg->heard.emplace_back(digit, runtime::steady_now());
    pressed(board, *leg, digit, true);
}

void digit_told(Switchboard& board, LegNumber number, char digit) {
    Leg* leg = board.legs.find(number);
    if (leg == nullptr || !leg->alive()) {
        return;
    }
    if (!has_digit_events(*leg)) {
        pressed(board, *leg, digit, false);
        return;
    }
    board.later(board.options.info_wait, [&board, number, digit, told = runtime::steady_now()] {
        Leg* found = board.legs.find(number);
        if (found != nullptr && found->alive() && !was_heard(*found, digit, told)) {
            pressed(board, *found, digit, false);
        }
    });
}

void send_dtmf(Switchboard& board, Leg& leg, const std::string& digits) {
    if (!leg.kept.remote.empty() && !has_digit_events(leg)) {
        send_by_info(board, leg, digits);
        return;
    }
    if (!leg.has_media()) {
        leg.digits_waiting += digits.substr(0, waiting_max - leg.digits_waiting.size());
        return;
    }
    media::SendDtmf request;
    request.leg = leg.number();
    request.digits = digits;
    board.say(request);
}

void send_waiting_digits(Switchboard& board, Leg& leg) {
    if (!leg.digits_waiting.empty() && leg.has_media()) {
        send_dtmf(board, leg, std::exchange(leg.digits_waiting, {}));
    }
}

}  // namespace linka::voice
