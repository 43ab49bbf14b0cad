// What the server and linka-demo, the program that plays the demo's public and its telephones, say
// to each other over a Unix SOCK_SEQPACKET socket: one JSON message a packet, {"type":…}. The
// server says what shall happen, never how: SIP and audio are the program's business. It ends when
// the socket is closed.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/result.hpp"
#include "linka/media/protocol/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linka::demo {

/// Largest packet; longer ones are refused by both sides.
constexpr std::size_t message_bytes_max = 64 * 1024;
/// Calls and telephones that the program has at once; more calls end at once with 503, more
/// telephones are left out.
constexpr std::size_t calls_max = 48;
constexpr std::size_t phones_max = 16;
/// Numbers that are expected to be dialled at once; the oldest is forgotten for one more.
constexpr std::size_t expected_max = 16;

/// Given by the server, never used twice while the program runs.
using CallId = std::int64_t;

// ---- From the server ---------------------------------------------------------------------------

/// A customer dials `number`. `digits` are pressed some seconds after the answer (a menu).
struct Call {
    static constexpr std::string_view type = "call";
    CallId call = 0;
    std::string number;
    std::string caller;
    std::string caller_name;
    std::string digits;
};
/// The customer speaks, and hangs up when everything is said. Replaces what was being said.
struct Say {
    static constexpr std::string_view type = "say";
    CallId call = 0;
    std::vector<media::PlayItem> items;
};
/// The customer hangs up now.
struct HangUp {
    static constexpr std::string_view type = "hang_up";
    CallId call = 0;
};
/// A telephone on a colleague's desk: rings for `answer_ms`, is picked up, speaks `items`, hangs
/// up.
struct Phone {
    std::string name;
    std::string password;
    std::int64_t answer_ms = 3000;
    std::vector<media::PlayItem> items;
};
/// All telephones that are to be registered; those that are missing here are signed off, their
/// calls go on.
struct Phones {
    static constexpr std::string_view type = "phones";
    std::vector<Phone> phones;
};
/// The server is about to dial `number` in the public network. Whoever has it rings, and after
/// `answer_ms` speaks `items` and hangs up, or refuses with `status` if it is not 0. Below 0: lets
/// it ring. Good for one call.
struct Expect {
    static constexpr std::string_view type = "expect";
    std::string number;
    std::int64_t answer_ms = 4000;
    int status = 0;
    std::vector<media::PlayItem> items;
};
using Request = std::variant<Call, Say, HangUp, Phones, Expect>;

// ---- From the program --------------------------------------------------------------------------

/// It can take calls.
struct Ready {
    static constexpr std::string_view type = "ready";
};
/// `number` can be dialled now, at this UDP port of the program's.
struct Expecting {
    static constexpr std::string_view type = "expecting";
    std::string number;
    int port = 0;
};
/// The last word of a call. `status`: the SIP status that ended it, 0 for an ordinary end.
struct Ended {
    static constexpr std::string_view type = "ended";
    CallId call = 0;
    int status = 0;
    bool by_peer = false;
};
using Notice = std::variant<Ready, Ended, Expecting>;

LINKA_DESCRIBE(Call, (call, number, caller, caller_name, digits))
LINKA_DESCRIBE(Say, (call, items))
LINKA_DESCRIBE(HangUp, (call))
LINKA_DESCRIBE(Phone, (name, password, answer_ms, items))
LINKA_DESCRIBE(Phones, (phones))
LINKA_DESCRIBE(Expect, (number, answer_ms, status, items))
LINKA_DESCRIBE(Ready, ())
LINKA_DESCRIBE(Ended, (call, status, by_peer))
LINKA_DESCRIBE(Expecting, (number, port))

/// The packet for a message.
std::string encode(const Request& request);
std::string encode(const Notice& notice);
/// Errors: `full` (too long), `invalid` (names the field).
Result<Request> decode_request(std::string_view packet);
Result<Notice> decode_notice(std::string_view packet);

}  // namespace linka::demo
