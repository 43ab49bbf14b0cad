// Nonces that we hand out: each carries its time of birth and two keyed hashes (that it is ours,
// and for whom), so nothing is stored until one is used; then the highest nonce count is remembered
// against replays (RFC 7616 §3.3).
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

    /// For whoever asks from `network` (network_of() of the source): from elsewhere it is stale.
    std::string make(Instant now, std::string_view salt, std::string_view network) const;

    enum class Verdict {
        good,   // use(): and `count` is taken
        stale,  // ours, but too old, for another network, or the count was used
        alien   // not made by us
    };
    /// Whether it may still be answered; takes nothing.
    [[nodiscard]] Verdict look(std::string_view nonce, std::string_view network, Instant now) const;
    /// look(), and that the count was not used.
    Verdict use(std::string_view nonce, std::uint32_t count, std::string_view network, Instant now);

  private:
    std::string seal(std::string_view open) const;
    std::string seal(std::string_view open, std::string_view network) const;
    void remember(const std::string& nonce, std::uint32_t count);

    const std::string secret_;
    std::unordered_map<std::string, std::uint32_t> used_;  // nonce, highest count
    std::deque<std::string> order_;                        // of first use
    // Nonces born before this may have been forgotten: they cannot be checked and are stale.
    Instant forgotten_until_;
};

}  // namespace linka::sip
