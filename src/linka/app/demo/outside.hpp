// Outside: the public network of the demo, for calls that go out. The demo's trunk leads to a port
// of this machine where a test or a developer may have a telephone of their own. While nobody
// listens there, calls go to the simulated public instead, and somebody answers them.
#pragma once

#include "linka/sip/port.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace linka::app {

/// Before the real port; everything but such calls passes it untouched. Commands about legs and
/// trunks, and its other functions, are for the loop's thread.
class Outside final : public sip::Port {
  public:
    /// Where `number` can be dialled: `done` gets a UDP port of this machine, or 0.
    using Expect = std::function<void(const std::string& number, std::function<void(int)> done)>;

    /// `trunks`: those that the port was started with.
    Outside(std::unique_ptr<sip::Port> port, std::vector<sip::Trunk> trunks);

    /// From now on calls are looked after; null: no more.
    void set_public(Expect expect) { expect_ = std::move(expect); }

    // sip::Port
    bool send(sip::Command command) override;
    [[nodiscard]] int events_fd() const override { return port_->events_fd(); }
    std::vector<sip::Event> take_events() override { return port_->take_events(); }
    [[nodiscard]] int port() const override { return port_->port(); }
    [[nodiscard]] int tls_port() const override { return port_->tls_port(); }

  private:
    [[nodiscard]] bool is_for_public(const sip::Invite& invite) const;
    bool set_trunks(std::vector<sip::Trunk> trunks);
    void go_on(sip::LegId leg, int public_port);

    std::unique_ptr<sip::Port> port_;
    Expect expect_;
    std::vector<sip::Trunk> trunks_;
    int public_port_ = 0;                                  // that the port knows
    std::map<sip::LegId, std::deque<sip::Command>> held_;  // until it is known where they go
};

}  // namespace linka::app
