// PlainPorts: the pairs of sockets of plain RTP, each watched from the day it is opened. A pair
// that a call has left rests a while, then the next call has it: opening, watching and closing four
// sockets a call costs more than everything else a short call wants of the worker.
#pragma once

#include "linka/media/worker/own_ports.hpp"
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
    /// How long a pair rests before it is used again. A BYE is sent again for 32 s (RFC 3261
    /// §17.1.2, 64·T1); a peer that never hears it goes on speaking as long, and nobody is to hear.
    static constexpr Duration rest = 33s;
    /// Pairs that rest are closed after so long.
    static constexpr Duration kept = 38s;
    /// While more rest, the first of them need not rest to the end: descriptors are not endless.
    static constexpr std::size_t resting_max = 4000;
    /// One is used again only if so many have rested long enough: of fewer, who left them could
    /// tell who has them next.
    static constexpr std::size_t choice_min = 32;

    /// All are the worker's and outlive us.
    PlainPorts(Datagrams& datagrams, PortRange& ports, OwnPorts& own);
    ~PlainPorts();
    PlainPorts(const PlainPorts&) = delete;
    PlainPorts& operator=(const PlainPorts&) = delete;

    /// Any of those that rested long enough if they are enough to choose from, or the first of too
    /// many, or a new one; one that rests still if there are no new ones. Errors: those of
    /// PortRange::open.
    Result<std::unique_ptr<PlainPort>> take(const std::string& address, Instant now);
    void give_back(std::unique_ptr<PlainPort> port, Instant now);
    /// Closes what has not been wanted for long.
    void each_second(Instant now);

    [[nodiscard]] std::size_t resting() const { return resting_.size(); }
    [[nodiscard]] const OwnPorts& own() const { return own_; }

  private:
    using Place = std::deque<std::unique_ptr<PlainPort>>::iterator;
    // Of those with this address; the end if there is none to be used again before a new one.
    Place choose(const std::string& address, Instant now);
    std::unique_ptr<PlainPort> use_again(Place place);
    void watch(PlainPort& port);
    void close_oldest();

    Datagrams& datagrams_;
    PortRange& ports_;
    OwnPorts& own_;
    std::deque<std::unique_ptr<PlainPort>> resting_;  // the longest first
};

}  // namespace linka::media
