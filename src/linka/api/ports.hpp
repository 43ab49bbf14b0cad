// What the API needs from the rest of the program, as interfaces that app implements. All
// thread-safe.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/core.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/state.hpp"
#include "linka/store/change.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

/// What the change log is told of an input that was done; nothing: there is nothing to tell. Asked
/// on the core's thread as soon as it is decided.
using Note = std::function<std::optional<store::Change>(const core::Reply&, const core::State&)>;

/// Whether what an input was judged by is still so. Asked on the core's thread, in the turn that
/// would do the input, with the state as it is then: nothing comes between.
using Guard = std::function<bool(const core::State&)>;

/// The live contact centre on its own thread.
class Live {
  public:
    virtual ~Live() = default;
    /// Hands an input to the core; `done` is called on the core's thread once the events are
    /// durable, and with them what `note` has said: neither is kept without the other. Where
    /// `guard` says no, nothing is done and `done` is told Reply::Kind::outdated, as soon as
    /// everybody has followed what was done before. False when the core's queue is full: answer
    /// 503.
    [[nodiscard]] virtual bool submit(core::Input input,
                                      std::function<void(const core::Reply&)> done, Note note = {},
                                      Guard guard = {}) = 0;
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
    /// The demo is gone: its simulated public goes home, the registrar is told, its files follow.
    /// The loopback address that the server goes on listening on until its next start, because it
    /// started as a demo; empty: it listens as it would after a start.
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

/// The demo in this instance, as long as there is one.
class Demo {
  public:
    virtual ~Demo() = default;
    [[nodiscard]] virtual bool is_there() const = 0;
    /// What its removal asks of the core if this administrator stays. On the core's thread.
    [[nodiscard]] virtual core::RemoveRecords removal(const core::State& state,
                                                      core::UserId keep) const = 0;
    /// Removes it; the rest as Live::submit(). Without a demo, or for somebody who is no
    /// administrator, the reply is not_found.
    [[nodiscard]] virtual bool remove(core::UserId keep, bool end_calls,
                                      std::function<void(const core::Reply&)> done, Note note) = 0;
};

/// The simulated public of the demo. There is none on other instances.
class DemoPublic {
  public:
    virtual ~DemoPublic() = default;

    /// A customer who was told to ring somebody.
    struct Called {
        core::Reply reply;       // may be: blocked, unavailable, not_found once the demo is gone
        bool too_often = false;  // refused: so many calls a minute are enough
        std::string number;      // that the customer dials
        std::string caller;
        std::string caller_name;
        bool through_queue = false;  // else straight to the extension
    };
    /// Has a customer ring this user now. `language`: cs or en. `done` comes on the core's thread.
    /// False when the core's queue is full.
    [[nodiscard]] virtual bool ring(core::UserId user, std::string language,
                                    std::function<void(const Called&)> done) = 0;

    static constexpr core::limits::Span callers_per_hour{1, 600, false};
    struct Background {
        bool on = false;
        int callers_per_hour = 0;
        int callers = 0;     // on the telephone now
        int colleagues = 0;  // simulated ones at work now
    };
    /// What is going on in the background; `done` comes on the core's thread.
    [[nodiscard]] virtual bool background(std::function<void(const Background&)> done) = 0;
    /// Switches it; nothing given: stays as it is. It is kept over restarts.
    struct Change {
        std::optional<bool> on;
        std::optional<int> callers_per_hour;
        std::string language = "cs";  // that the people speak
    };
    [[nodiscard]] virtual bool change_background(Change change,
                                                 std::function<void(const Background&)> done) = 0;
};

}  // namespace linka::api
