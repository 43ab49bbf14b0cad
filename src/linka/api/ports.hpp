// What the API needs from the rest of the program, as interfaces that app implements. All
// thread-safe.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/core.hpp"
#include "linka/core/state.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

/// The live contact centre on its own thread.
class Live {
  public:
    virtual ~Live() = default;
    /// Hands an input to the core; `done` is called on the core's thread once the events are
    /// durable. False when the core's queue is full: answer 503.
    [[nodiscard]] virtual bool submit(core::Input input,
                                      std::function<void(const core::Reply&)> done) = 0;
    /// Runs `look` on the core's thread with the state as it is. Keep it short: it stops the world.
    [[nodiscard]] virtual bool query(std::function<void(const core::State&, Instant now)> look) = 0;
    /// `event` is called on the core's thread with each durable batch and the state after it, until
    /// unsubscribe. For the push socket.
    virtual void subscribe(
        std::function<void(const core::State&, const std::vector<core::Record>&)> event) = 0;
};

/// Facts about the running program.
class Health {
  public:
    virtual ~Health() = default;
    struct Report {
        bool ok = true;
        std::vector<std::string> troubles;  // for people: disk refuses, worker down, …
    };
    virtual Report health() = 0;
    /// SIP passwords changed: tell the registrar.
    virtual void accounts_changed() = 0;
    /// The demo is gone: the registrar is told, its files follow. The loopback address that the
    /// server goes on listening on until its next start, because it started as a demo; empty: it
    /// listens as it would after a start.
    virtual std::string demo_removed() = 0;
};

/// A browser's page on its push socket, for the web phones.
struct PhonePage {
    std::uint64_t id = 0;  // never used twice
    core::UserId user;
    std::string address;  // of the browser
    /// Sends to that page alone. Any thread; does nothing once the socket is gone.
    std::function<void(std::string)> say;
};

/// The web phones (docs/api.md), which speak with pages through push sockets.
class Phones {
  public:
    virtual ~Phones() = default;
    /// A `phone.*` message, as it came.
    virtual void said(const PhonePage& page, std::string_view text) = 0;
    /// The page's queue was full: messages to it were dropped, now it listens again.
    virtual void missed(std::uint64_t page) = 0;
    /// The socket is gone; the last word about this page.
    virtual void closed(std::uint64_t page) = 0;
};

}  // namespace linka::api
