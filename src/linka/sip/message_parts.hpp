// What calls read out of a parsed message: bodies, options, addresses. The message comes from a
// peer: everything may be missing.
#pragma once

#include "linka/sip/sofia.hpp"
#include "linka/sip/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::sip {

/// Longest body: what a media worker takes, and far more than any peer needs. Beyond it 413.
inline constexpr std::size_t body_max = 16 * 1024;

/// The session description of a message, also from inside a multipart body.
struct Description {
    int refusal = 0;  // 413 or 415: the body cannot be used
    std::string sdp;  // empty: none
};
Description description_of(const sip_t& sip);

/// False if an Accept header leaves no room for a session description.
bool accepts_sdp(const sip_t& sip);
/// True if a list header (Supported, Require, Allow-Events, Allow) has `item`.
bool lists(const msg_list_t* list, std::string_view item);
/// Items of Require that we do not support, joined with commas.
std::string unsupported(const sip_t& sip);
/// The URI in angle brackets; empty if there is none.
std::string bracketed(const url_t& url);
/// Record-Route in its order (we were called) or reversed (we called).
std::vector<std::string> routes_of(const sip_t& sip, bool reversed);
/// True if requests must go back to `source` rather than to the contact's address: that is no place
/// to send to (a name, 0.0.0.0), or not where the peer really is. False without a Contact.
bool is_behind_nat(const sip_t& sip, const Source& source, bool is_device);
/// The same for one of several contacts of the message.
bool is_behind_nat(const url_t& contact, const sip_t& sip, const Source& source, bool is_device);
/// Value of a header that the library does not know; empty if absent.
std::string unknown_header(const sip_t& sip, std::string_view name);
/// All values of a header that the library does not know and that may have several, on one line or
/// on more, with their commas cut: at most 16.
std::vector<std::string> unknown_values(const sip_t& sip, std::string_view name);
/// Seconds of Retry-After; 0 without.
int retry_after(const sip_t& sip);
/// True if a Reason header says "Call completed elsewhere".
bool says_elsewhere(const sip_t& sip);
/// User-Agent or Server.
std::string user_agent_of(const sip_t& sip);

}  // namespace linka::sip
