// Digest towards trunks: reads their challenge and answers it.
#pragma once

#include "linka/sip/digest.hpp"
#include "linka/sip/port.hpp"
#include "linka/sip/sofia.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace linka::sip {

/// A trunk's challenge, used again for each later request of the leg.
struct TrunkChallenge {
    DigestChallenge challenge;
    bool proxy = false;  // Proxy-Authorization instead of Authorization
    std::uint32_t nc = 0;
};

/// The strongest challenge of a 401, or of a 407 (`proxy`), that we can answer; none: there is
/// none.
std::optional<TrunkChallenge> challenge_of(const sip_t& sip, bool proxy);
/// The header that answers it for one request. `uri` bare or in angle brackets.
std::string answer_to(TrunkChallenge& challenge, const Trunk& trunk, std::string_view method,
                      std::string_view uri);

}  // namespace linka::sip
