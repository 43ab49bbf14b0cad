// What we say to the page of a web phone (docs/api.md, web phone), and what we keep of its legs.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linka::voice {

enum class PhoneLegState { ringing, up };
LINKA_DESCRIBE_ENUM(PhoneLegState, ringing, up)

/// A leg to a web phone as it outlives the process: the `saved` text of sip::Port's events.
struct PhoneLegRecord {
    static constexpr int version_now = 1;
    int web_phone = version_now;  // the first member: how our texts differ from those of SIP legs
    std::int64_t leg = 0;
    std::string device;
    PhoneLegState state = PhoneLegState::ringing;
    std::string caller;
    std::string caller_name;
    bool auto_answer = false;
    std::string sdp;            // our offer, while it rings
    std::int64_t activity = 0;  // 0: none
};
LINKA_DESCRIBE(PhoneLegRecord,
               (web_phone, leg, device, state, caller, caller_name, auto_answer, sdp, activity))

/// A `saved` text of ours, not of a SIP leg or registration.
bool is_web_phone_text(std::string_view saved);
std::string phone_leg_text(const PhoneLegRecord& record);
/// Errors: `invalid` when it is of another version or not whole.
Result<PhoneLegRecord> phone_leg_from_text(std::string_view saved);
/// The `saved` text of a web phone's reachability.
std::string phone_registration_text();

std::string started_text(std::string_view device, const std::vector<PhoneLegRecord>& calls);
std::string ring_text(const PhoneLegRecord& leg);
/// `type`: phone.offer or phone.accepted.
std::string description_text(std::string_view type, std::int64_t leg, std::string_view sdp);
std::string answer_now_text(std::int64_t leg);
std::string ended_text(std::int64_t leg, std::string_view cause);
std::string stopped_text(std::string_view device, std::string_view code);
std::string free_text(std::string_view device);

struct PhoneRefusal {
    std::string device;
    std::string code;  // elsewhere, no_right, no_device
    std::string text;
};
std::string refused_text(const PhoneRefusal& refusal);

/// A message that cannot be obeyed: which field, and of which leg (0: none).
struct PhoneError {
    std::string code;
    std::string text;
    std::string field;
    std::int64_t leg = 0;
};
std::string error_text(const PhoneError& error);
/// The same for a message that could not be read.
std::string error_text(const Error& error);

}  // namespace linka::voice
