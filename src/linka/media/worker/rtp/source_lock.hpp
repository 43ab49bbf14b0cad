// SourceLock: from where a leg's RTP may come, and so where ours goes. The peer's description says
// where, NAT may say otherwise, and a NAT may change its mind in the middle of a call. Strangers
// spray packets at our ports to get both (CVE-2025-53399); so whatever is not described has to
// prove patience, and nobody is believed while the one before still speaks.
//
// Plain RTP says nothing of who sends it: whoever forges the exact source address is heard. Only
// SRTP helps against that, and what it has proved needs no patience (proved()).
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/endpoint.hpp"
#include "linka/media/worker/rtp/packet.hpp"

#include <array>
#include <cstdint>

namespace linka::media {

class SourceLock {
  public:
    /// A new description of the peer. Another address than before: everything is forgotten. The
    /// same again: a peer that was ever heard from there is expected there again, for it can be
    /// reached there; one behind NAT, which never was, stays where it was found.
    /// Unknown: the peer did not say, whoever shows patience is it.
    void expect(const Endpoint& described);

    /// True if `packet`, which came from there, belongs to the leg:
    /// - from the described address: always, and it is the source from now on;
    /// - from elsewhere, while nobody is the source: after `packets_to_lock` packets from there
    ///   over `learning` or longer;
    /// - from elsewhere once the source has been silent for `silence`: at once if it goes on with
    ///   the source's SSRC and sequence numbers, from another port of the same host with the
    ///   patience of before.
    bool accept(const Endpoint& from, const RtpPacket& packet, Instant now) {
        return goes_on_from(from, packet, now) || judge(from, packet, now);
    }
    /// The quick half of it: true, and noted, if it is from the source.
    bool goes_on_from(const Endpoint& from, const RtpPacket& packet, Instant now) {
        if (from == source_) {
            note(packet, now);
            return true;
        }
        return false;
    }
    /// A packet from there was proved to be the peer's.
    void proved(const Endpoint& from) {
        described_spoke_ = described_spoke_ || from == described_;
        source_ = from;
    }

    /// Where to send: the source, else the described address.
    [[nodiscard]] const Endpoint& target() const { return source_.known() ? source_ : described_; }
    [[nodiscard]] const Endpoint& described() const { return described_; }
    /// Something was accepted since the peer described itself so.
    [[nodiscard]] bool locked() const { return source_.known(); }
    /// Packets of others.
    [[nodiscard]] std::int64_t ignored() const { return ignored_; }

    static constexpr int packets_to_lock = 10;
    static constexpr Duration learning = 500ms;
    static constexpr Duration silence = 2s;
    /// So many packets may be lost while a source moves (RFC 3550 A.1, MAX_DROPOUT).
    static constexpr int lost_in_move_max = 3000;

  private:
    struct Stranger {
        Endpoint from;
        Instant since;
        Instant at;  // of the last packet
        int packets = 0;
    };

    bool judge(const Endpoint& from, const RtpPacket& packet, Instant now);
    void take(const Endpoint& from, const RtpPacket& packet, Instant now);
    void note(const RtpPacket& packet, Instant now) {
        ssrc_ = packet.ssrc;
        sequence_ = packet.sequence;
        heard_at_ = now;
    }
    // A stranger's packet: true if it may be a stranger no more.
    bool patient(const Endpoint& from, Instant now);
    // The stranger's own entry, or one that is free for it; null if there is none.
    Stranger* entry(const Endpoint& from, Instant now);
    [[nodiscard]] bool goes_on(const RtpPacket& packet) const;

    bool expecting_ = false;
    Endpoint described_;
    bool described_spoke_ = false;

    Endpoint source_;
    std::uint32_t ssrc_ = 0;
    std::uint16_t sequence_ = 0;
    Instant heard_at_;

    // Those that may become the source. Who goes on speaking keeps his entry, so that a spray from
    // many addresses does not keep him out.
    std::array<Stranger, 4> strangers_;

    std::int64_t ignored_ = 0;
};

}  // namespace linka::media
