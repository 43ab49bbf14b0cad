// Session descriptions (RFC 8866): what a peer's SDP says, as far as audio calls need it. Bounded:
// longer or larger descriptions are refused. Telephones write SDP in many hands: blanks, tabs and
// NULs about a line, any line ends, a byte order mark and empty lines do no harm.
#pragma once

#include "linka/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace linka::media {

enum class Direction { sendrecv, sendonly, recvonly, inactive };

constexpr bool sends(Direction direction) {
    return direction == Direction::sendrecv || direction == Direction::sendonly;
}
constexpr bool receives(Direction direction) {
    return direction == Direction::sendrecv || direction == Direction::recvonly;
}
/// As the other side sees it.
Direction reversed(Direction direction);
std::string_view direction_name(Direction direction);

struct SdpFormat {
    int payload_type = 0;
    std::string encoding;  // "PCMA"; of static types too
    int clock_rate = 0;
    int channels = 1;
};

struct SdpMedia {
    std::string kind;                       // "audio"
    int port = 0;                           // 0: refused or switched off
    std::string protocol;                   // "RTP/AVP"
    std::vector<std::string> format_names;  // as in the m-line
    std::vector<SdpFormat> formats;         // those that we can make sense of, in that order
    std::string address;                    // of its c-line, else of the session
    Direction direction = Direction::sendrecv;
    int rtcp_port = 0;  // a=rtcp (RFC 3605), 0: port + 1
    bool rtcp_mux = false;
    std::vector<std::string> crypto;  // a=crypto (RFC 4568), at most sdp_crypto_max
    // Of web phones; taken as they stand, security_of() judges them. What the session says is every
    // media's (RFC 8839 §5.4, RFC 8122 §5).
    std::string mid;  // a=mid (RFC 5888), empty if it is no token of at most 32
    std::string ice_ufrag;
    std::string ice_password;
    std::string setup;
    std::vector<std::string> fingerprints;  // "sha-256 AB:…", at most sdp_fingerprints_max
};

struct Sdp {
    std::vector<SdpMedia> media;
};

constexpr std::size_t sdp_bytes_max = 16 * 1024;
constexpr std::size_t sdp_line_bytes_max = 4096;
constexpr std::size_t sdp_media_max = 16;
constexpr std::size_t sdp_crypto_max = 8;  // a media
constexpr std::size_t sdp_formats_max = 64;
constexpr std::size_t sdp_fingerprints_max = 8;

/// Errors: `invalid`, `full`.
Result<Sdp> parse_sdp(std::string_view text);

}  // namespace linka::media
