// Repeated: a message over UDP that is sent again until it is stopped (RFC 3261 §17.1, §13.3.1.4):
// after T1 = 500 ms, then twice as long each time but at most `longest`, for 64 T1.
#pragma once

#include "linka/runtime/loop.hpp"
#include "udp.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace linka::bench {

/// What calls of one side share.
struct Wire {
    runtime::Loop& loop;
    Udp& udp;
    std::int64_t& repetitions;
};

constexpr Duration t1 = 500ms;
constexpr Duration t2 = 4s;

/// Does not move: its timer points to it.
class Repeated {
  public:
    explicit Repeated(Wire& wire) : wire_(wire) {}
    ~Repeated() { stop(); }
    Repeated(const Repeated&) = delete;
    Repeated& operator=(const Repeated&) = delete;

    /// `longest` 0: no bound, as for INVITE. `gave_up` may start it anew.
    void send(std::string text, Duration longest, std::function<void()> gave_up);
    void stop();
    /// Once more, out of turn, for a peer that repeats its part.
    void again();
    [[nodiscard]] bool running() const { return timer_ != 0; }

  private:
    void wait();

    Wire& wire_;
    std::string text_;
    Duration longest_{};
    Duration next_{};
    Duration passed_{};
    std::function<void()> gave_up_;
    runtime::Loop::TimerId timer_ = 0;
};

}  // namespace linka::bench
