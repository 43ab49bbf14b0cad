// Nonces that we hand out: each carries its time of birth and a keyed hash, so nothing is stored
// until one is used; then the highest nonce count is remembered against replays (RFC 7616 §3.3).
#pragma once

#include "linka/base/time.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace linka::sip {

class Nonces {
  public:
    static constexpr Duration lifetime = 300s;
    /// How many used nonces are remembered; beyond it the oldest is forgotten and becomes stale.
    static constexpr std::size_t used_max = 20000;

    /// `secret`: random per process, so nonces from before a restart are stale.
    explicit Nonces(std::string secret) : secret_(std::move(secret)) {}

    std::string make(Instant now, std::string_view salt) const;

    enum class Verdict {
        good,   // and `count` is taken
        stale,  // ours, but too old or the count was used
        alien   // not made by us
    };
    Verdict use(std::string_view nonce, std::uint32_t count, Instant now);

  private:
    std::string seal(std::string_view open) const;
    void remember(const std::string& nonce, std::uint32_t count);

    const std::string secret_;
    std::unordered_map<std::string, std::uint32_t> used_;  // nonce, highest count
    std::deque<std::string> order_;                        // of first use
    // Nonces born before this may have been forgotten: they cannot be checked and are stale.
    Instant forgotten_until_;
};

}  // namespace linka::sip
