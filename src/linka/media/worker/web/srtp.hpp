// SrtpSession: the keys of one association at work (RFC 3711, RFC 7714), through libsrtp: protects
// what we send, checks and opens what the peer sends.
#pragma once

#include "linka/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace linka::media {

/// RFC 5764 §4.1.2, RFC 7714 §14.2; the last only where an SDP names it (RFC 4568 §6.2).
enum class SrtpProfile { aes_128_gcm, aes_128_cm_sha1_80, aes_128_cm_sha1_32 };

/// Master key and salt of each direction, as DTLS made them or as the descriptions say.
struct SrtpKeys {
    static constexpr std::size_t bytes_max = 30;  // 16 of key, 12 or 14 of salt
    SrtpProfile profile = SrtpProfile::aes_128_gcm;
    std::array<std::uint8_t, bytes_max> sending{};
    std::array<std::uint8_t, bytes_max> receiving{};
};

class SrtpSession {
  public:
    /// Streams (SSRCs) that one peer may send; more are not opened.
    static constexpr std::size_t sources_max = 16;
    /// How much longer a packet may become.
    static constexpr std::size_t trailer_bytes_max = 64;

    /// Starts the library, which tests its ciphers for 70 ms: before there are calls to be heard.
    static void prepare();
    /// Errors: `unavailable` (the library refuses the keys).
    static Result<SrtpSession> create(const SrtpKeys& keys);
    SrtpSession(SrtpSession&&) noexcept;
    SrtpSession& operator=(SrtpSession&&) noexcept;
    ~SrtpSession();

    /// In place. `buffer` holds a packet of `length` and room for trailer_bytes_max after it,
    /// beginning at a multiple of four. The new length; nothing if it cannot be sent (a sequence
    /// number that was used already).
    std::optional<std::size_t> protect(std::span<std::uint8_t> buffer, std::size_t length,
                                       bool rtcp);
    /// The peer goes on with another key; what we send is not touched: its packet index, which the
    /// key must never meet twice (RFC 3711 §9.1), goes on. Errors: `unavailable`.
    Status receive_with(SrtpProfile profile, std::span<const std::uint8_t> key);
    /// A packet in two parts, protected, in `buffer`, which is as protect() wants it; empty if it
    /// cannot be sent.
    std::span<const std::uint8_t> protect(std::span<const std::uint8_t> head,
                                          std::span<const std::uint8_t> payload,
                                          std::span<std::uint8_t> buffer, bool rtcp);
    /// In place. The new length; nothing if it is not the peer's or came before.
    std::optional<std::size_t> open(std::span<std::uint8_t> packet, bool rtcp);

  private:
    struct State;
    explicit SrtpSession(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace linka::media
