// Offer and answer (RFC 3264) for one audio stream: what both sides can use, and our SDP for it.
#pragma once

#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/rtp/endpoint.hpp"
#include "linka/media/worker/sdp/sdes.hpp"
#include "linka/media/worker/sdp/sdp.hpp"
#include "linka/media/worker/sdp/security.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linka::media {

/// Which kind of descriptions a leg speaks: RTP/AVP of SIP peers, or RTP/SAVP with the keys in the
/// description (RFC 4568), or either with feedback (AVPF, RFC 4585 §4.1, of which we use none); or
/// UDP/TLS/RTP/SAVPF of web phones (RFC 8827 §6.5, RFC 8834).
enum class Profile { plain, web };
/// What a description is in RFC 3264's sense.
enum class Describes { offer, answer };

struct AgreedCodec {
    Codec codec = Codec::pcma;
    std::uint8_t payload_type = 0;
};

/// telephone-event at one clock rate.
struct AgreedEvents {
    int clock_rate = 8000;
    std::uint8_t payload_type = 0;
};

/// The payload type that our offers give to telephone-event of that clock.
constexpr std::uint8_t our_events(int clock_rate) {
    return clock_rate == 48000 ? 110 : 101;
}

/// What a leg and its peer agree on.
struct Agreement {
    std::vector<AgreedCodec> codecs;  // in the order of the offer
    std::vector<AgreedEvents> events;
    std::size_t media = 0;  // number of the m-line
    Endpoint rtp;           // of the peer; unknown: `name`
    Endpoint rtcp;
    std::string name;  // a host name in the place of the address
    bool rtcp_mux = false;
    Direction peer_direction = Direction::sendrecv;  // as the peer puts it
    std::string protocol = "RTP/AVP";                // of the m-line; not used for web phones
    std::optional<SdesCrypto> crypto;                // the peer's, where the protocol is SAVP
    std::optional<PeerSecurity> security;            // of web phones
    std::string mid;                                 // of the m-line, empty: none

    [[nodiscard]] const AgreedCodec* codec_of(Codec codec) const;
    [[nodiscard]] const AgreedCodec* codec_of(std::uint8_t payload_type) const;
    [[nodiscard]] const AgreedEvents* events_of(std::uint8_t payload_type) const;
    [[nodiscard]] const AgreedEvents* events_at(int clock_rate) const;
    /// Those that go with a stream of that clock: at it, or the only others there are.
    [[nodiscard]] const AgreedEvents* events_for(int clock_rate) const;
};

/// What we say to web phones besides: ICE-lite on one port, we are the DTLS server.
struct WebMedia {
    IceCredentials ice;
    std::string fingerprint;             // "sha-256 AB:…"
    std::vector<std::string> addresses;  // host candidates, best first
    Describes as = Describes::offer;
};

/// What we say about ourselves.
struct LocalMedia {
    std::string address;  // advertised
    int port = 0;         // RTP; RTCP is the next one
    std::uint64_t session = 0;
    std::uint64_t version = 0;
    Direction direction = Direction::sendrecv;
    std::uint32_t ssrc = 0;
    std::optional<WebMedia> web = std::nullopt;
    std::optional<SdesCrypto> crypto = std::nullopt;  // ours: the sound is SRTP
};

/// The agreement on a peer's offer or answer: its first usable audio stream, the codecs among
/// `allowed`. Errors: `invalid` (no usable address or security), `refused` (no common codec or
/// protocol).
Result<Agreement> agree(const Sdp& peer, std::span<const Codec> allowed,
                        Profile profile = Profile::plain);

/// Our offer with all of `codecs`, best first, and telephone-event.
std::string write_offer(const LocalMedia& local, std::span<const Codec> codecs);
/// Our present description as a new offer inside the call: same payload types, one audio stream at
/// the place it has, the others refused.
std::string write_reoffer(const LocalMedia& local, const Agreement& agreement,
                          std::span<const std::string> kinds);
/// The answer to `offer`: other streams refused with port 0 (RFC 3264 §6).
std::string write_answer(const LocalMedia& local, const Sdp& offer, const Agreement& agreement);

}  // namespace linka::media
