// STUN (RFC 8489) as far as connectivity checks need it (RFC 8445 §7): reading binding requests and
// responses, checking who sent them, writing them. Short-term credentials, IPv4 and IPv6.
#pragma once

#include "linka/media/worker/rtp/endpoint.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linka::media {

enum class StunType : std::uint16_t { request = 0x0001, success = 0x0101, error = 0x0111 };
/// Longest message that we read; checks of browsers have about 100 bytes.
constexpr std::size_t stun_bytes_max = 1280;

struct StunMessage {
    StunType type = StunType::request;  // of the method binding; others are not read
    std::array<std::uint8_t, 12> transaction{};
    std::string_view username;                 // of the datagram
    bool use_candidate = false;                // RFC 8445 §7.1.2
    std::optional<std::uint64_t> controlled;   // tie-breaker: the peer thinks that it is controlled
    std::optional<std::uint64_t> controlling;  // or controlling (RFC 8445 §7.1.3)
    std::uint32_t priority = 0;                // RFC 8445 §7.1.1
    int error_code = 0;                        // of an error response
    std::optional<Endpoint> mapped;            // XOR-MAPPED-ADDRESS of a response
    std::vector<std::uint16_t> not_understood;  // attributes that must be, at most 8
    bool has_fingerprint = false;               // and it is right: a wrong one is not read
    std::size_t integrity_at = 0;               // where MESSAGE-INTEGRITY stands; 0: there is none
    std::span<const std::uint8_t> bytes;        // the datagram
};

/// Nothing if it is no binding message, is broken, or its FINGERPRINT is wrong.
std::optional<StunMessage> parse_stun(std::span<const std::uint8_t> datagram);

/// True if MESSAGE-INTEGRITY is there and made with this password (RFC 8489 §14.5, §9.1.1).
bool verify_stun(const StunMessage& message, std::string_view password);

struct StunOut {
    StunType type = StunType::success;
    std::array<std::uint8_t, 12> transaction{};
    std::string_view username;  // empty: none
    bool use_candidate = false;
    std::optional<std::uint64_t> controlled;
    std::optional<std::uint64_t> controlling;
    std::uint32_t priority = 0;  // 0: none
    std::optional<Endpoint> mapped;
    int error_code = 0;                             // 0: none
    std::span<const std::uint16_t> not_understood;  // UNKNOWN-ATTRIBUTES of error 420
    std::string_view password;                      // MESSAGE-INTEGRITY is made with it
};

/// The message with MESSAGE-INTEGRITY and FINGERPRINT.
std::vector<std::uint8_t> write_stun(const StunOut& message);

}  // namespace linka::media
