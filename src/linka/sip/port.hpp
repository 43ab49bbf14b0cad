// sip::Port: the seam between Linka and whatever speaks SIP. Plain commands in, plain events out,
// legs named by integers; no type of the SIP library crosses it. Tests use a fake; the library
// behind it can be replaced.
//
// A leg is one side's INVITE dialog with one peer (RFC 3261 §12). Incoming legs get odd numbers
// from the port, outgoing legs even numbers from the caller, so neither asks the other. Numbers
// are never reused: the caller passes the first free odd number at start.
//
// Everything that a restart needs is in `Saved` texts: each event that changes a dialog carries
// the new text, which the caller stores BEFORE it sends the next command for that leg. After a
// crash start() gets them back and the legs go on.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/id.hpp"
#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linka::sip {

using LegId = std::int64_t;

/// The number of a caller who withholds it (RFC 3323 §4.1.1.3): shown, kept and counted as this.
inline constexpr std::string_view withheld_number = "anonymous";
/// A call that was sent on so often runs in a circle: it is refused with 482.
inline constexpr int hops_max = 6;

enum class Transport { udp, tcp, tls };
LINKA_DESCRIBE_ENUM(Transport, udp, tcp, tls)

// ---- What the port must know: accounts and trunks (set at start, changed while running) --------

/// A SIP device that may register and call: RFC 3261 §10, digest of RFC 8760.
struct Account {
    std::string name;       // SIP user name, e.g. "330"
    std::string password;   // clear text: both digests are computed from it
    bool only_md5 = false;  // it is challenged with MD5 alone
};

/// A peer that calls without registration, known by the address it calls from.
struct Trunk {
    std::string name;
    std::vector<std::string> addresses;  // IP addresses, no names
    std::string host;                    // where outgoing calls go; a name is looked up (names.hpp)
    int port = 5060;
    Transport transport = Transport::udp;
    std::string username;  // for digest towards the trunk; empty: none
    std::string password;
    bool telephones_too = false;  // at the same address and port telephones register as well
    bool registers = false;       // with the host, as `username` (RFC 3261 §10)
    Duration qualify{};           // it is asked so often whether it is there; 0: never
};

// ---- Commands ----------------------------------------------------------------------------------

/// Send 180 (no body) or 183 with `sdp` (early media) on an incoming leg.
struct Ring {
    LegId leg = 0;
    std::string sdp;
};
/// Answer an incoming leg with 200 and `sdp`.
struct Answer {
    LegId leg = 0;
    std::string sdp;
};
/// Refuse an incoming leg that is not answered; `status` 300..699.
struct Refuse {
    LegId leg = 0;
    int status = 480;
    std::string reason;     // Reason header text, may be empty
    int retry_after_s = 0;  // 0: no Retry-After header
    std::string warning{};  // why, for people (RFC 3261 §20.43); may be empty
};
/// Send an INVITE: to all contacts of a registered device (forked by us, first answer wins, shown
/// to the caller as one leg), or to `number` through a trunk.
struct Invite {
    LegId leg = 0;
    std::string device;        // account name, or empty
    std::string trunk;         // trunk name, or empty
    std::string number;        // user part of the request URI, for trunks
    std::string from_user;     // caller's number shown to the callee; empty: withheld to devices,
                               // the trunk's own to trunks
    std::string from_display;  // caller's name shown to the callee, UTF-8
    std::string sdp;           // our offer
    bool auto_answer = false;  // Call-Info: answer-after=0 and Alert-Info: info=alert-autoanswer
    std::map<std::string, std::string> headers;  // extra headers, names checked
    std::int64_t activity = 0;  // for telephones of our own, no SIP peer is told; 0: none
    int max_forwards = 70;      // 0..70: less than the call came with
    std::string diverted_from;  // the number that it was sent on from; empty: nobody sent it on
    int hops = 0;               // how often it was sent on, with this time
    /// Tried in this order where the trunk before does not answer within 3 s, or says 408, 500,
    /// 502, 503 or 504 before anything rings.
    std::vector<std::string> next_trunks{};
};
/// End a leg in any state: CANCEL, BYE or a refusal, whichever is right.
struct HangUp {
    LegId leg = 0;
    bool answered_elsewhere = false;  // Reason: SIP;cause=200;text="Call completed elsewhere"
    int cause = 16;                   // Q.850 cause (RFC 3326)
};
/// Our own re-INVITE with a new description (RFC 3261 §14), e.g. after a change of media address.
struct Reinvite {
    LegId leg = 0;
    std::string sdp;
};
/// Answer the peer's re-INVITE or UPDATE (`Reoffer`); empty sdp: 488, with `warning` if there is
/// one.
struct AnswerReoffer {
    LegId leg = 0;
    std::string sdp;
    std::string warning{};
};
/// NOTIFY with `Event: talk`: asks a ringing phone that supports it to answer.
struct AskToAnswer {
    LegId leg = 0;
};
/// DTMF as SIP INFO (application/dtmf-relay), for peers without RFC 4733.
struct SendInfoDigit {
    LegId leg = 0;
    char digit = '0';
};
/// What became of a `TransferAsked`: a NOTIFY with `status`, 100..699 (RFC 3515 §2.4.4). Until it
/// is over more may follow; when it is over with less than 200 the end stays unknown to the peer.
struct TransferResult {
    LegId leg = 0;
    int status = 200;
    bool over = true;
};
struct SetAccounts {
    std::vector<Account> accounts;
    /// Numbers that a device may call with its password while it is locked out.
    std::vector<std::string> emergency{"112", "150", "155", "156", "158"};
};
struct SetTrunks {
    std::vector<Trunk> trunks;
};
/// Refuse new calls with 503 and Retry-After until switched off (shutdown, overload, disk full).
struct Drain {
    bool on = true;
};
/// Read agent.pem again (a renewed certificate); open connections stay.
struct ReloadCertificate {};

using Command =
    std::variant<Ring, Answer, Refuse, Invite, HangUp, Reinvite, AnswerReoffer, AskToAnswer,
                 SendInfoDigit, TransferResult, SetAccounts, SetTrunks, Drain, ReloadCertificate>;

// ---- Events ------------------------------------------------------------------------------------

/// A new call. `device` or `trunk` says who; neither authenticated nor known callers never get
/// here.
struct Incoming {
    LegId leg = 0;
    std::string device;
    std::string trunk;
    std::string source;        // IP address that it came from
    bool proved = false;       // somebody is there: by a connection, or an answered challenge
    std::string number;        // dialled: user part of the request URI, decoded
    std::string caller;        // user part of From (P-Asserted-Identity from trunks), decoded;
                               // withheld_number
    std::string caller_name;   // display name, UTF-8, may be empty
    std::string sdp;           // offer; empty: the answer must carry our offer
    std::string replaces_leg;  // number of the leg that a Replaces header names, or empty
    std::string call_id;       // trace
    std::string saved;
    int max_forwards = 70;  // left
    int hops = 0;           // how often it was sent on already
};
/// 18x on an outgoing leg; `sdp` not empty: early media.
struct Progress {
    LegId leg = 0;
    int status = 180;
    std::string sdp;
    bool can_ask_to_answer = false;  // the peer lists `talk` in Allow-Events
    std::string saved;
};
/// 2xx on an outgoing leg, already acknowledged by the port.
struct Answered {
    LegId leg = 0;
    std::string sdp;
    std::string user_agent;
    std::string saved;
};
/// ACK of our 2xx to the peer's INVITE, or to its re-INVITE without an offer; `sdp` if the offer
/// was ours.
struct Confirmed {
    LegId leg = 0;
    std::string sdp;
    std::string saved;
};
/// The peer wants another description (hold, codec, address), perhaps before the call is answered
/// (UPDATE, RFC 3311). Answer with AnswerReoffer within 10 s; empty `sdp`: it wants our offer. A
/// re-INVITE that only refreshes the session never gets here.
struct Reoffer {
    LegId leg = 0;
    std::string sdp;
    std::string saved;
};
/// Answer to our Reinvite; status >= 300: refused, the old description stays.
struct Reanswered {
    LegId leg = 0;
    int status = 200;
    std::string sdp;
    std::string saved;
};
/// REFER from the peer (RFC 3515), accepted: `to` is the user part; `replaces_leg` for attended
/// transfers, also one that still rings. One that names no leg of ours never gets here: the peer is
/// refused (RFC 3891 §3) and keeps its call.
struct TransferAsked {
    LegId leg = 0;
    std::string to;
    LegId replaces_leg = 0;
};
/// A digit by SIP INFO.
struct InfoDigit {
    LegId leg = 0;
    char digit = '0';
};
/// The last event of a leg, after a HangUp too. `status` is the SIP status that ended it, 0 for BYE
/// and CANCEL, 408 for a peer that is gone (no ACK, no session refresh).
struct Ended {
    LegId leg = 0;
    int status = 0;
    bool by_peer = true;
    bool elsewhere = false;  // the peer said "Call completed elsewhere"
    int retry_after_s = 0;
    std::string forwards_to{};  // 301, 302: user part of the first Contact, decoded; may be empty
};
/// The dialog changed and there is nothing to decide: store the new text. Comes right after an
/// Invite or an Answer was sent, and when a session timer changed.
struct Saved {
    LegId leg = 0;
    std::string saved;
};
/// A device's contacts changed; no contacts: unreachable. `saved` restores the bindings.
struct Registration {
    std::string device;
    int contacts = 0;
    bool can_ask_to_answer = false;
    std::string user_agent;
    std::string address;       // of the newest contact, for people to read
    std::string saved;         // empty: forget
    std::int64_t page_of = 0;  // web phones: the user who is signed in to the page
};
/// A wrong password or unknown account; the port has delayed or locked the address already.
struct AuthFailed {
    std::string device;
    std::string address;
    bool locked = false;
};
/// A device asks to register again and again and never answers the challenge (unanswered.hpp).
/// Whoever asked has proved nothing.
struct NeverAnswers {
    std::string device;
    std::string address;
    std::string user_agent;
    int challenges = 0;
    Instant since;  // of the first of them
};

/// What is known of a trunk that registers or is asked whether it is there; after each change, and
/// with each new `rtt_ms`.
struct TrunkState {
    static constexpr int no_address = 1;  // of `status`: its name cannot be looked up
    std::string trunk;
    bool registers = false;
    bool registered = false;
    bool asked = false;      // whether it is there
    bool reachable = false;  // as the last question has shown
    int rtt_ms = 0;          // of the last question that was answered
    int status = 0;          // why it is not registered, or not there: that of the last answer, 408
                             // without one, 0 if nothing is wrong
    Instant since;           // wall time of the last change
};

using Event =
    std::variant<Incoming, Progress, Answered, Confirmed, Reoffer, Reanswered, TransferAsked,
                 InfoDigit, Ended, Saved, Registration, AuthFailed, NeverAnswers, TrunkState>;

// ---- The port ----------------------------------------------------------------------------------

struct Listen {
    std::string address = "127.0.0.1";  // with ::1 if there is one; "0.0.0.0" or "::": all of both
    int port = 5060;                    // UDP and TCP; 0: any free one
    int tls_port = 5061;                // 0: any free one; -1: no TLS
    std::string tls_directory;          // holds agent.pem and cafile.pem; empty: no TLS
    std::string public_address;         // put into Contact and Via instead of the local one
};

struct Options {
    Listen listen;
    std::string realm = "linka";
    std::string user_agent = "Linka";
    LegId first_incoming = 1;        // odd
    int calls_per_second_max = 400;  // admission: beyond it 503 with Retry-After
    int legs_max = 10000;
    /// A device that has not sent as much as a 100 by then, although the INVITE was repeated three
    /// times or four, is not there: it would ring nobody for the whole ring time.
    Duration device_answer_wait = 6s;
};

/// What a restart hands back: the newest `saved` text of each live leg and of each device.
struct Restore {
    std::map<LegId, std::string> legs;
    std::map<std::string, std::string> registrations;
};

class Port {
  public:
    /// Takes the commands sent so far, then stops and sends nothing more: the legs can be restored.
    virtual ~Port() = default;
    /// Thread-safe. False when the command queue (65,536) is full.
    [[nodiscard]] virtual bool send(Command command) = 0;
    /// Readable when events wait.
    [[nodiscard]] virtual int events_fd() const = 0;
    /// All waiting events, oldest first; one consumer thread. Never loses one: when 65,536 wait,
    /// new calls get 503 until they are taken.
    virtual std::vector<Event> take_events() = 0;
    /// The ports really listened on (after 0).
    [[nodiscard]] virtual int port() const = 0;
    [[nodiscard]] virtual int tls_port() const = 0;
};

/// Starts the SIP thread. Errors name the address and port that could not be had.
Result<std::unique_ptr<Port>> start_port(Options options, std::vector<Account> accounts,
                                         std::vector<Trunk> trunks, Restore restore);

}  // namespace linka::sip
