// What a datagram on the port of web phones is, by its first byte (RFC 7983 §7).
#pragma once

#include "linka/media/worker/rtp/packet.hpp"

#include <cstdint>
#include <span>

namespace linka::media {

enum class DatagramKind { stun, dtls, rtp, rtcp, unknown };

inline DatagramKind datagram_kind(std::span<const std::uint8_t> datagram) {
    if (datagram.empty()) {
        return DatagramKind::unknown;
    }
    const std::uint8_t first = datagram[0];
    if (first <= 3) {
        return DatagramKind::stun;
    }
    if (first >= 20 && first <= 63) {
        return DatagramKind::dtls;
    }
    if (first >= 128 && first <= 191) {
        // RFC 5761 §4 tells the two apart by the second byte.
        return looks_like_rtcp(datagram) ? DatagramKind::rtcp : DatagramKind::rtp;
    }
    return DatagramKind::unknown;  // ZRTP, TURN channels: nothing of ours
}

}  // namespace linka::media
