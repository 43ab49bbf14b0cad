// A SIP message as views into the datagram that brought it: only what a load generator looks at.
// Trusts the server's form more than a SIP stack may: one header a line, no folding.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::bench {

struct Message {
    std::string_view start;   // first line
    std::string_view method;  // of a response: that of CSeq
    int status = 0;           // 0 for requests
    int cseq = 0;
    std::vector<std::string_view> vias;  // whole values, topmost first
    std::string_view from;
    std::string_view to;
    std::string_view call_id;
    std::string_view contact;
    std::vector<std::string_view> challenges;  // of WWW-Authenticate
    std::string_view body;

    [[nodiscard]] bool is_request() const { return status == 0; }
};

/// Empty if it is not SIP. The views live as long as `text`.
std::optional<Message> parse_message(std::string_view text);

/// `1` of `<sip:u@h>;tag=1`; empty without.
std::string_view parameter(std::string_view header, std::string_view name);
/// `sip:u@h` of `"N" <sip:u@h>;tag=1`.
std::string_view uri_of(std::string_view header);
/// `u` of the same, or of a bare URI.
std::string_view user_of(std::string_view header);
/// The port of the description's audio; 0 without.
int audio_port(std::string_view sdp);

/// An offer or answer of G.711 A-law only.
std::string description(int rtp_port);

/// What goes into a response beside what the request gave.
struct Answer {
    int status = 200;
    std::string_view phrase = "OK";
    std::string_view to_tag = {};   // added unless the request has one
    std::string_view contact = {};  // URI; empty: none
    std::string_view body = {};
};
std::string answer_text(const Message& request, const Answer& answer);

}  // namespace linka::bench
