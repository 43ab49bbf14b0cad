#include "linka/media/worker/rtp/packet.hpp"

namespace linka::media {

std::uint16_t load16(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>((bytes[at] << 8) | bytes[at + 1]);
}

std::uint32_t load32(std::span<const std::uint8_t> bytes, std::size_t at) {
    return (std::uint32_t{load16(bytes, at)} << 16) | load16(bytes, at + 2);
}

void store16(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
}

void store32(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value) {
    store16(bytes, at, static_cast<std::uint16_t>(value >> 16));
    store16(bytes, at + 2, static_cast<std::uint16_t>(value));
}

std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram) {
    if (datagram.size() <= rtp_header_bytes || (datagram[0] >> 6) != 2) {
        return std::nullopt;
    }
    std::size_t begin = rtp_header_bytes + std::size_t{4} * (datagram[0] & 15U);  // CSRCs
    if ((datagram[0] & 0x10U) != 0) {                                             // extension
        if (datagram.size() < begin + 4) {
            return std::nullopt;
        }
        begin += 4 + std::size_t{4} * load16(datagram, begin + 2);
    }
    std::size_t padding = 0;
    if ((datagram[0] & 0x20U) != 0) {
        padding = datagram.back();
        if (padding == 0) {
            return std::nullopt;
        }
    }
    if (begin + padding >= datagram.size()) {
        return std::nullopt;
    }
    RtpPacket packet;
    packet.marker = (datagram[1] & 0x80U) != 0;
    packet.payload_type = datagram[1] & 0x7FU;
    packet.sequence = load16(datagram, 2);
    packet.timestamp = load32(datagram, 4);
    packet.ssrc = load32(datagram, 8);
    packet.payload = datagram.subspan(begin, datagram.size() - begin - padding);
    return packet;
}

void write_rtp_header(const RtpPacket& packet, std::span<std::uint8_t> out) {
    out[0] = 0x80;
    out[1] = static_cast<std::uint8_t>((packet.marker ? 0x80U : 0U) | packet.payload_type);
    store16(out, 2, packet.sequence);
    store32(out, 4, packet.timestamp);
    store32(out, 8, packet.ssrc);
}

bool looks_like_rtcp(std::span<const std::uint8_t> datagram) {
    return datagram.size() >= 8 && (datagram[0] >> 6) == 2 && datagram[1] >= 192 &&
           datagram[1] <= 223;
}

}  // namespace linka::media
