// Dialog: one dialog with one peer, on the library's side of a leg. Made from a DialogRecord, also
// after a restart; sends requests in it along the recorded way.
#pragma once

#include "linka/sip/context.hpp"
#include "linka/sip/saved.hpp"

#include <string>

namespace linka::sip {

class Calls;
struct Leg;

/// What a request carries besides what the dialog gives it.
struct Parts {
    std::string headers;  // lines joined with CRLF
    std::string body;
    std::string content_type = "application/sdp";
    std::string cseq;        // "3 ACK", for ACK only
    std::string ack_branch;  // of the INVITE, for ACK only
};

struct Dialog {
    Dialog(Calls& calls_in, Leg& leg_in) : calls(calls_in), leg(leg_in) {}
    /// Ends what the library still does for it, without sending anything but what it must.
    ~Dialog();
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    Calls& calls;
    Leg& leg;
    DialogRecord record;
    nta_leg_t* nta = nullptr;           // ours
    nta_outgoing_t* invite = nullptr;   // ours: our INVITE until its final answer
    nta_incoming_t* invited = nullptr;  // ours: their INVITE until its ACK
    TransportRef connection;            // the one that the peer used last, if TCP or TLS
    std::uint32_t rseq = 0;             // last reliable 18x acknowledged
    bool talk_sent = false;
    bool exchanged = false;    // early: an offer was answered in a reliable 18x (RFC 3262 §5)
    bool updated = false;      // early: and an UPDATE has changed what was agreed since
    std::string early_remote;  // outgoing, early: the peer's description that counts
};

/// Makes the library's dialog from the record, anew if there is one. False if the record is no
/// good (a restored text, a peer's headers).
bool build(Context& context, Dialog& dialog);
/// Takes the library's sequence numbers into the record.
void take_sequence(Dialog& dialog);

/// Sends a request in the dialog: on the peer's connection, to its Contact or Route, or where that
/// is no place to send to (reach.hpp) to the address that it was seen at. Null if there is none, or
/// the library refuses.
nta_outgoing_t* send(Context& context, Dialog& dialog, sip_method_t method, const char* name,
                     const Parts& parts, nta_response_f* callback);
/// Sends a request outside of `request_uri`'s dialog state: the first INVITE. Null if the next hop
/// is no place to send to.
nta_outgoing_t* send_first(Context& context, Dialog& dialog, const std::string& request_uri,
                           const Parts& parts, nta_response_f* callback);
/// The live connection to the peer, or null: its address is used.
tport_t* connection_of(const Context& context, const Dialog& dialog);
/// A message as text.
std::string text_of(msg_t* message);
/// A header as text, without its name.
std::string text_of_header(const void* header);
/// The tag parameter of a From or To value, or empty.
std::string tag_of(const std::string& address);

}  // namespace linka::sip
