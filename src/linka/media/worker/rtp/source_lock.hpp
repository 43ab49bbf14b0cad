// SourceLock: from where a leg's RTP may come. The SDP says where, NAT may say otherwise: for the
// first moments the source is learned from what arrives, then it is fixed and everything else is
// ignored, so that nobody can turn a call's audio to himself by spraying packets (CVE-2025-53399).
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/endpoint.hpp"

#include <cstdint>

namespace linka::media {

class SourceLock {
  public:
    /// A new description of the peer. Learning starts again only if the address changed.
    void expect(const Endpoint& described);

    /// True if a valid packet from there belongs to the leg. What the SDP described is taken at
    /// once and for good; another source is taken while nothing came from there, and is fixed
    /// after `packets_to_lock` packets or `learning` time, counted from its first.
    bool accept(const Endpoint& from, Instant now);

    /// Where to send: the learned source, else the described one.
    [[nodiscard]] const Endpoint& target() const {
        return learned_.known() ? learned_ : described_;
    }
    [[nodiscard]] bool locked() const { return locked_; }
    [[nodiscard]] std::int64_t ignored() const { return ignored_; }

    static constexpr int packets_to_lock = 10;
    static constexpr Duration learning = 500ms;

  private:
    Endpoint described_;
    Endpoint learned_;
    Instant first_;
    int count_ = 0;
    bool locked_ = false;
    std::int64_t ignored_ = 0;
};

}  // namespace linka::media
