// PlainPorts: the pairs of sockets of plain RTP, each watched from the day it is opened. A pair
// that a call has left rests a while, then the next call has it: opening, watching and closing four
// sockets a call costs more than everything else a short call wants of the worker.
#pragma once

#include "linka/media/worker/rtp/datagrams.hpp"
#include "linka/media/worker/rtp/sockets.hpp"

#include <deque>
#include <memory>
#include <string>

namespace linka::media {

/// Whom a pair gives what comes to its ports.
class PlainPortUser {
  public:
    virtual ~PlainPortUser() = default;
    virtual void at_rtp_port(const Datagram& datagram, Instant now) = 0;
    virtual void at_rtcp_port(const Datagram& datagram, Instant now) = 0;
};

struct PlainPort {
    SocketPair sockets;
    std::string address;
    PlainPortUser* user = nullptr;  // none: it rests, and what comes is thrown away
    Instant left;                   // by its last user
};

class PlainPorts {
  public:
    /// How long a pair rests before it is used again: by then its last peer has heard the BYE.
    static constexpr Duration rest = 5s;
    /// Pairs that rest are closed after so long.
    static constexpr Duration kept = 60s;
    /// While more rest, the first of them need not rest to the end: new ones would cost more.
    static constexpr std::size_t resting_max = 1000;

    /// Both are the worker's and outlive us.
    PlainPorts(Datagrams& datagrams, PortRange& ports);
    ~PlainPorts();
    PlainPorts(const PlainPorts&) = delete;
    PlainPorts& operator=(const PlainPorts&) = delete;

    /// One that rested long enough, or the first of too many, or a new one; one that rests still if
    /// there are no new ones. Errors: those of
    /// PortRange::open.
    Result<std::unique_ptr<PlainPort>> take(const std::string& address, Instant now);
    void give_back(std::unique_ptr<PlainPort> port, Instant now);
    /// Closes what has not been wanted for long.
    void each_second(Instant now);

    [[nodiscard]] std::size_t resting() const { return resting_.size(); }

  private:
    void watch(PlainPort& port);
    void close_oldest();

    Datagrams& datagrams_;
    PortRange& ports_;
    std::deque<std::unique_ptr<PlainPort>> resting_;  // the longest first
};

}  // namespace linka::media
