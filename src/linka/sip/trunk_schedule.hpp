// When a trunk registers (RFC 3261 §10.2) and when it is asked whether it is there, and what is
// known of it. Reads no clock and sends nothing: trunk_client.hpp does.
#pragma once

#include "linka/base/time.hpp"
#include "linka/sip/port.hpp"

#include <algorithm>
#include <cstdint>

namespace linka::sip {

/// What a registrar's final answer says.
struct RegisterAnswer {
    int status = 408;       // 408 as well where nothing came
    int expires_s = 0;      // granted; of 2xx
    int min_expires_s = 0;  // of 423
    int retry_after_s = 0;
};

class RegisterSchedule {
  public:
    /// Asked for; the registrar may grant less, or want more (423).
    static constexpr int wish_s = 600;
    static constexpr int wish_s_max = 86'400;
    /// After failures: twice as long each time, of which a random half is waited at least, so that
    /// a provider that comes back is not run over (RFC 5626 §4.5; that lets the wait grow to half
    /// an hour, too long for a company without its line).
    static constexpr Duration wait_first = 30s;
    static constexpr Duration wait_max = 300s;
    static constexpr int retry_after_s_max = 3'600;

    [[nodiscard]] bool is_due(Instant now) const { return due_ <= now; }
    [[nodiscard]] int wish() const { return wish_; }
    [[nodiscard]] bool registered(Instant now) const { return until_ > now; }
    [[nodiscard]] Instant until() const { return until_; }

    /// Nothing more is due until answered().
    void sent() { due_ = Instant::never(); }
    /// `chance`: any number, another each time.
    void answered(const RegisterAnswer& answer, Instant now, std::uint32_t chance) {
        if (answer.status >= 200 && answer.status < 300 && answer.expires_s > 0) {
            failures_ = 0;
            const Duration granted = std::min(answer.expires_s, wish_s_max) * Duration(1s);
            until_ = now + granted;
            // In good time: there is room for one that fails and one more try.
            due_ = now + part(granted, 70, 80, chance);
            return;
        }
        if (answer.status == 423 && answer.min_expires_s > wish_ &&
            answer.min_expires_s <= wish_s_max) {
            wish_ = answer.min_expires_s;
            due_ = now;
            return;
        }
        // Whoever refuses has us no more, whatever it granted before; silence says nothing of it.
        if (answer.status != 408 && answer.status < 500) {
            until_ = {};
        }
        const Duration whole = std::min(wait_first * (1 << std::min(failures_, 10)), wait_max);
        ++failures_;
        const Duration asked = std::min(answer.retry_after_s, retry_after_s_max) * Duration(1s);
        due_ = now + std::max(part(whole, 50, 100, chance), asked);
    }

  private:
    static Duration part(Duration whole, int least, int most, std::uint32_t chance) {
        const auto span = static_cast<std::uint32_t>(most - least + 1);
        return whole * (least + static_cast<int>(chance % span)) / 100;
    }

    int wish_ = wish_s;
    int failures_ = 0;
    Instant due_{};
    Instant until_{};
};

}  // namespace linka::sip
