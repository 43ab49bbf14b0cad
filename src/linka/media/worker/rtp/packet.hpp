// RTP packets (RFC 3550 §5.1): parsing what came, writing headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace linka::media {

constexpr std::size_t rtp_header_bytes = 12;
/// Largest datagram that we read.
constexpr std::size_t datagram_bytes_max = 1500;

struct RtpPacket {
    std::uint8_t payload_type = 0;
    bool marker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;
    std::span<const std::uint8_t> payload;  // of the datagram, padding removed
};

/// Nothing if it is no RTP version 2 packet with at least one byte of payload.
std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram);

/// Writes the 12 bytes before the payload; `out` has room for them.
void write_rtp_header(const RtpPacket& packet, std::span<std::uint8_t> out);

/// True if a datagram on a shared port is RTCP (RFC 5761 §4).
bool looks_like_rtcp(std::span<const std::uint8_t> datagram);

/// Numbers in network order.
std::uint16_t load16(std::span<const std::uint8_t> bytes, std::size_t at);
std::uint32_t load32(std::span<const std::uint8_t> bytes, std::size_t at);
void store16(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value);
void store32(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value);

/// How far `a` is after `b` on the circle of 16-bit sequence numbers: -32768 to 32767.
constexpr int sequence_distance(std::uint16_t a, std::uint16_t b) {
    return static_cast<std::int16_t>(static_cast<std::uint16_t>(a - b));
}

}  // namespace linka::media
