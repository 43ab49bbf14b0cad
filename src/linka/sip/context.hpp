// What the parts of the SIP thread share. Owned by Stack; everything here is touched on the SIP
// thread only.
#pragma once

#include "linka/sip/addresses.hpp"
#include "linka/sip/directory.hpp"
#include "linka/sip/event_sink.hpp"
#include "linka/sip/flows.hpp"
#include "linka/sip/names.hpp"
#include "linka/sip/port.hpp"
#include "linka/sip/sofia.hpp"
#include "linka/sip/source.hpp"
#include "linka/sip/timers.hpp"

#include <string>

namespace linka::sip {

struct Context {
    const Options options;
    EventSink events;
    Timers& timers;
    nta_agent_t* agent = nullptr;  // owned by Stack
    nta_leg_t* default_leg = nullptr;
    Directory directory{};
    Flows flows{};
    LocalAddresses local_addresses{};
    Names names{};
    int port = 0;
    int tls_port = -1;
};

/// Headers that say what we can do; one text block.
inline constexpr const char* allow_header =
    "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, PRACK, UPDATE, REFER, NOTIFY";
inline constexpr const char* supported_header = "Supported: 100rel, timer, replaces, norefersub";

/// Our count of how often a call was sent on: where Diversion is taken away on its way round.
inline constexpr std::string_view hops_header = "X-Linka-Hops";

/// Where a request came from: its real source, not what its headers say.
Source source_of(const Context& context, nta_incoming_t* request);
/// The same of a message that has no transaction, while the library hands it over.
Source source_of(const Context& context, msg_t* message);
/// The connection (or listening socket) that a request came on; null if it is gone.
TransportRef transport_of(const Context& context, nta_incoming_t* request);

/// Our Contact towards a peer, with angle brackets.
std::string contact_towards(Context& context, const Source& peer);
/// `sip:host:port;transport=…` of a source.
std::string uri_of(const Source& source);

/// The identifiers of our transports by family. The library sends to an IPv6 literal from its first
/// socket of any family unless it is told which.
inline constexpr const char* ip4_ident = "ip4";
inline constexpr const char* ip6_ident = "ip6";
/// The one for the host of a SIP URI; null when that is a name.
const char* ident_for(std::string_view uri);

/// Answers with headers as one text block (lines joined with CRLF) and a body. Ignores what the
/// library cannot do any more, e.g. when the request was answered already.
struct Reply {
    int status = 200;
    const char* phrase = nullptr;  // null: the standard one
    std::string headers;
    std::string body;
    std::string content_type = "application/sdp";
};
void reply(const Context& context, nta_incoming_t* request, const Reply& what);

}  // namespace linka::sip
