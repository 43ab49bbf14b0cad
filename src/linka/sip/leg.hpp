// Leg: the state of one leg on the SIP thread. Plain data; Calls (calls.hpp) moves it.
#pragma once

#include "linka/sip/dialog.hpp"
#include "linka/sip/saved.hpp"
#include "linka/sip/trunk_auth.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace linka::sip {

/// The peer's re-INVITE or UPDATE with a description that waits for our answer or its ACK.
struct PeerOffer {
    nta_incoming_t* request = nullptr;  // ours until answered, a re-INVITE until its ACK
    bool is_update = false;
    bool wants_offer = false;  // came without a description
    bool answered = false;
    Timers::Id deadline = 0;
};

/// Our own re-INVITE or refresh.
struct OwnOffer {
    nta_outgoing_t* request = nullptr;
    bool is_update = false;
    bool is_refresh = false;  // nobody above asked for it
    std::string sdp;
    int attempts = 0;
    bool again = false;  // glare: sent again after a while
};

struct Leg {
    LegRecord record;
    std::vector<std::unique_ptr<Dialog>> dialogs;

    bool ended = false;           // Ended was emitted; only transactions are left
    bool hang_up_on_ack = false;  // a 2xx must be acknowledged before we may send BYE
    int hang_up_cause = 16;
    bool offer_was_ours = false;  // incoming INVITE without a description

    std::optional<Invite> invite;  // outgoing, until answered: for a challenge, for 422
    std::optional<TrunkChallenge> challenge;
    int challenges = 0;
    bool rang = false;        // outgoing: a peer has said more than that it tries
    int failed_status = 0;    // outgoing: the best failure of the forks so far
    std::string forwards_to;  // if that is a redirection: where to
    int retry_after_s = 0;
    std::int64_t session_wish_s = 1800;

    nta_outgoing_t* bye = nullptr;  // ours, to a trunk that may ask for credentials: until answered
    bool bye_repeated = false;

    PeerOffer peer_offer;
    OwnOffer own_offer;
    bool transfer_open = false;    // a REFER waits for its result
    bool transfer_reports = true;  // Refer-Sub: false means no NOTIFY

    Timers::Id first_answer_timer = 0;  // outgoing: no answer at all
    Timers::Id session_timer = 0;
    Timers::Id glare_timer = 0;
};

}  // namespace linka::sip
