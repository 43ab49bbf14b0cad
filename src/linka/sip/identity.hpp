// Who calls and on what way the call came, out of an INVITE's headers. The message comes from a
// peer: everything may be missing, and none of it is believed further than the standards say.
#pragma once

#include "linka/sip/sofia.hpp"

#include <string>

namespace linka::sip {

/// Who calls, as a trusted trunk says (RFC 3325 §9.1), or a telephone about itself.
struct CallerIdentity {
    std::string
        number;  // decoded, without parameters of the user part; withheld_number if withheld
    std::string name;
};
CallerIdentity caller_of(const sip_t& sip, bool trusted);
/// How often a call was sent on before it came to us: entries of Diversion (RFC 5806) and
/// History-Info (RFC 7044), and our own count.
int hops_of(const sip_t& sip);

}  // namespace linka::sip
