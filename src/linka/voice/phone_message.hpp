// What the page of a web phone says (docs/api.md, web phone), as structs. Pages are strangers: what
// leaves here is bounded and of the right form, but need not make sense (legs may be another's).
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace linka::voice {

/// Longest description that a page may send.
inline constexpr std::size_t phone_sdp_max = 16 * 1024;
/// Longest message: a description with every line end escaped, and room for the rest.
inline constexpr std::size_t phone_message_max = 40 * 1024;
/// Longest name that a browser may give itself.
inline constexpr std::size_t phone_browser_max = 64;

/// This page is the phone of `device` now; `force`: also if a page of another browser is. Pages
/// with the same `browser` (any text up to phone_browser_max bytes, empty: none) settle among
/// themselves who is the phone, so the newest of them is: the one before may be closed, or cut off,
/// and only the server does not know yet.
struct PhoneStart {
    static constexpr std::string_view type = "phone.start";
    std::string device;
    bool force = false;
    std::string browser;
};
struct PhoneStop {
    static constexpr std::string_view type = "phone.stop";
    std::string device;
};
struct PhoneRinging {
    static constexpr std::string_view type = "phone.ringing";
    std::int64_t leg = 0;
};
/// Picked up: the answer to our offer.
struct PhoneAnswer {
    static constexpr std::string_view type = "phone.answer";
    std::int64_t leg = 0;
    std::string sdp;
};
struct PhoneReject {
    static constexpr std::string_view type = "phone.reject";
    std::int64_t leg = 0;
};
struct PhoneHangup {
    static constexpr std::string_view type = "phone.hangup";
    std::int64_t leg = 0;
};
/// A new connection for a leg that lives, after a reload or a change of network.
struct PhoneReoffer {
    static constexpr std::string_view type = "phone.reoffer";
    std::int64_t leg = 0;
    std::string sdp;
};
/// The answer to our `phone.offer`.
struct PhoneReanswer {
    static constexpr std::string_view type = "phone.reanswer";
    std::int64_t leg = 0;
    std::string sdp;
};
struct PhoneDigit {
    static constexpr std::string_view type = "phone.digit";
    std::int64_t leg = 0;
    std::string digit;  // one of 0-9 * # A-D
};

LINKA_DESCRIBE(PhoneStart, (device, force, browser))
LINKA_DESCRIBE(PhoneStop, (device))
LINKA_DESCRIBE(PhoneRinging, (leg))
LINKA_DESCRIBE(PhoneAnswer, (leg, sdp))
LINKA_DESCRIBE(PhoneReject, (leg))
LINKA_DESCRIBE(PhoneHangup, (leg))
LINKA_DESCRIBE(PhoneReoffer, (leg, sdp))
LINKA_DESCRIBE(PhoneReanswer, (leg, sdp))
LINKA_DESCRIBE(PhoneDigit, (leg, digit))

using PhoneMessage = std::variant<PhoneStart, PhoneStop, PhoneRinging, PhoneAnswer, PhoneReject,
                                  PhoneHangup, PhoneReoffer, PhoneReanswer, PhoneDigit>;

/// Errors: `full` (too long) and `invalid`; both name the field. Members that we do not know are
/// passed over, so that a newer page can speak to an older server.
Result<PhoneMessage> phone_message_from_text(std::string_view text);
std::string phone_message_text(const PhoneMessage& message);

}  // namespace linka::voice
