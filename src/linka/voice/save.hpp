// Side records as text and back.
#pragma once

#include "linka/base/result.hpp"
#include "linka/voice/leg.hpp"

#include <string>
#include <string_view>

namespace linka::voice {

inline constexpr std::string_view leg_kind = "voice_leg";
/// The value is the port's own text, the key the device's name.
inline constexpr std::string_view registration_kind = "sip_registration";

std::string leg_text(const LegRecord& record);
/// Errors: `invalid` when it is not one of ours, or of another version.
Result<LegRecord> leg_from_text(std::string_view text);

}  // namespace linka::voice
