// What of a leg outlives the process, and its text form (JSON, versioned). While the port runs the
// same structs hold the truth about a dialog; the library's own dialog objects are made from them.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/result.hpp"
#include "linka/sip/port.hpp"
#include "linka/sip/source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linka::sip {

/// One dialog (RFC 3261 §12), or the beginning of one.
struct DialogRecord {
    static constexpr bool leaves_out_defaults = true;
    std::string call_id;
    std::string local;   // our From or To value with its tag
    std::string remote;  // the peer's, with its tag once known
    std::int64_t cseq = 0;
    std::int64_t remote_cseq = 0;
    std::vector<std::string> routes;  // in the order of Route
    std::string target;               // the peer's Contact, in angle brackets; empty: not known yet
    std::string contact;              // ours, in angle brackets
    Source peer;
    bool behind_nat = false;  // requests go to `peer`, not to the target's address
    std::string flow;         // key of the connection to the peer (flows.hpp)
    // The INVITE that is not acknowledged or answered yet, ours or theirs.
    std::int64_t invite_cseq = 0;
    std::string branch;  // ours: to send the same transaction again
    std::string invite;  // its text; ours without our Via
    std::string route;   // ours: where it was sent, empty: by its request URI
    bool can_ask_to_answer = false;
    bool can_update = false;
};
LINKA_DESCRIBE(DialogRecord, (call_id, local, remote, cseq, remote_cseq, routes, target, contact,
                              peer, behind_nat, flow, invite_cseq, branch, invite, route,
                              can_ask_to_answer, can_update))

enum class LegState {
    ringing,   // INVITE without a final answer
    answered,  // incoming: our 2xx is not acknowledged yet
    confirmed
};
LINKA_DESCRIBE_ENUM(LegState, ringing, answered, confirmed)

struct LegRecord {
    static constexpr bool leaves_out_defaults = true;
    int version = 1;
    LegId leg = 0;
    bool outgoing = false;
    LegState state = LegState::ringing;
    std::string device;
    std::string trunk;
    std::vector<DialogRecord> dialogs;  // several: forks that ring; else one
    std::string local_sdp;              // what we sent last, for refreshes and repeated answers
    std::string remote_digest;          // of what the peer sent last, to recognise a refresh
    std::int64_t session_s = 0;         // session timer (RFC 4028); 0: none
    bool refresh_is_ours = false;
};
LINKA_DESCRIBE(LegRecord, (version, leg, outgoing, state, device, trunk, dialogs, local_sdp,
                           remote_digest, session_s, refresh_is_ours))

inline constexpr std::size_t forks_max = 10;

std::string to_saved(const LegRecord& record);
/// Fails on another version and on anything that could not be turned into a dialog; never crashes.
Result<LegRecord> from_saved(std::string_view text);

}  // namespace linka::sip
