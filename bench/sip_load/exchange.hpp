// Exchange: what connects the two ends of a call that went through the server. The caller's number
// says which call an agent's telephone rings for; from that come latencies and when to hang up.
#pragma once

#include "figures.hpp"
#include "linka/base/time.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::bench {

/// One number for each call; nine digits, so that the server has nothing to normalise.
std::string number_of(int call);
/// The call of a number however it is prefixed; -1 if it is none of ours.
int call_of(std::string_view number);

class Exchange {
  public:
    explicit Exchange(Figures& figures) : figures_(figures) {}

    /// Called when an agent picked up; the caller's side may count its talk time from there.
    std::function<void(int call)> on_connected;

    void invited(int call, Instant now);
    void answered(int call, Instant now);
    void rang(int call, Instant now);
    void connected(int call);
    /// One side hung up, then the other hears of it.
    void hung_up(int call, Instant now);
    void heard(int call, Instant now);
    void failed(const std::string& how) { ++figures_.failed[how]; }
    /// The caller's side is over.
    void ended(int call, bool well, Instant now);
    void freed(Duration until_next) { free_.push_back(until_next); }

    /// Calls that no agent's telephone rang for yet.
    [[nodiscard]] int waiting() const { return waiting_; }
    [[nodiscard]] int open() const { return open_; }
    [[nodiscard]] bool is_connected(int call) const;
    void finish();

  private:
    struct Pair {
        Instant invited;
        Instant rang;
        Instant hung_up;
        bool connected = false;
        bool ended = false;
    };
    Pair* find(int call);

    Figures& figures_;
    std::vector<Pair> pairs_;
    std::vector<Duration> set_up_;
    std::vector<Duration> post_dial_;
    std::vector<Duration> free_;
    std::vector<Duration> hang_up_;
    int waiting_ = 0;
    int open_ = 0;
    Instant first_;
    Instant last_start_;
    Instant last_end_;
};

}  // namespace linka::bench
