// Ticker: calls each leg that wants it every 20 ms. Legs are spread over five phases 4 ms apart, so
// that work and packets do not come in one burst. Sleeps while no leg needs it.
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/leg.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace linka::media {

class Ticker {
  public:
    explicit Ticker(runtime::Loop& loop);
    ~Ticker();
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;

    /// Ticks it until it needs no more; a leg that is in already stays in its phase.
    void add(Leg& leg);
    void remove(Leg& leg);

  private:
    static constexpr std::size_t phases = 5;

    void arm(bool on);
    void expired();
    void run_phase(std::vector<Leg*>& legs, Instant now);

    runtime::Loop& loop_;
    runtime::Fd timer_;
    bool armed_ = false;
    std::size_t phase_ = 0;
    std::array<std::vector<Leg*>, phases> legs_;
};

}  // namespace linka::media
