// Side records as text and back.
#pragma once

#include "linka/base/result.hpp"
#include "linka/voice/leg.hpp"

#include <string>
#include <string_view>

namespace linka::voice {

inline constexpr std::string_view leg_kind = "voice_leg";
inline constexpr std::string_view registration_kind = "sip_registration";

/// The side record "sip_registration"; the key is the device's name.
struct RegistrationRecord {
    static constexpr int version_now = 1;
    int version = version_now;
    std::string address;  // that it registered from
    bool can_ask_to_answer = false;
    std::string sip;  // the port's text
};
LINKA_DESCRIBE(RegistrationRecord, (version, address, can_ask_to_answer, sip))

std::string registration_text(const RegistrationRecord& record);
Result<RegistrationRecord> registration_from_text(std::string_view text);

std::string leg_text(const LegRecord& record);
/// Errors: `invalid` when it is not one of ours, or of another version.
Result<LegRecord> leg_from_text(std::string_view text);

}  // namespace linka::voice
