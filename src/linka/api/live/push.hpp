// Push: the WebSocket at /api/live/push. First message `snapshot` (me and realtime as the peer may
// see it), then what changes: `user`, `queue`, `activity`, `activity_gone`, `me`. Each row is
// encoded once, on the core's thread, and only when it differs from what was sent before; who gets
// it is decided on the API's threads. Whose rights change gets a new snapshot at once.
//
// A peer that does not keep up gets `resync` and then a new snapshot. `phone.*` messages pass
// between the peer's page and the web phones.
#pragma once

#include "linka/api/auth/rate_limit.hpp"
#include "linka/api/live/push_rows.hpp"
#include "linka/api/server/socket.hpp"
#include "linka/api/site.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace linka::api {

class Push {
  public:
    /// `post` runs work on the API's threads, in order.
    Push(const Site& site, std::function<void(std::function<void()>)> post);

    /// GET /api/live/push.
    void add_routes(Router& router);

    /// The state to begin with; on the core's thread.
    void load(const core::State& state) { rows_.load(state); }
    /// A batch of events and the state after it; on the core's thread.
    void follow(const core::State& state, const std::vector<core::Record>& records);

    /// Roles are others now: whoever sees less, or more, gets a new snapshot. Any thread.
    void roles_changed();
    /// Closes the sockets of this session. Any thread.
    void session_ended(const std::string& session);
    /// Says something to every socket of this user. Any thread.
    void tell(core::UserId user, std::string text);
    /// Closes every socket.
    void close_all();

  private:
    struct Peer {
        std::uint64_t id = 0;
        core::UserId user;
        std::string session;  // ends with it
        Language language = Language::cs;
        std::string address;
        std::shared_ptr<Socket> socket;  // shared with its connection
        RateLimit messages{messages_max};
        bool gone = false;             // in the order of post_, as the next
        std::optional<Viewer> viewer;  // by which it was told what it was told last
    };
    /// What a page may say to us. A call with all its candidates is some 40 messages.
    static constexpr RateLimit::Limits messages_max{.per_second = 50, .burst = 200};

    void open(const Call& call, const Respond& respond);
    void heard(Peer& peer, const std::string& text);
    void start(const std::shared_ptr<Peer>& peer, bool again);
    void joined(const std::shared_ptr<Peer>& peer);
    void left(const std::shared_ptr<Peer>& peer);
    void deliver(const PushBatch& batch);
    void deliver_me(const PushBatch& batch);
    void hand_out(PushBatch rows);
    void say_presence(core::UserId user);
    void say_unsaid();

    /// Snapshots within this time of the last look at all rows are made of the rows as they were
    /// told: after a restart all pages come at once, and no call is decided meanwhile.
    static constexpr Duration rows_fresh = 2s;

    const Site& site_;
    std::function<void(std::function<void()>)> post_;
    PushRows rows_;            // core's thread
    bool rows_stale_ = false;  // the same: they did not follow while nobody was there
    Instant rows_made_;        // the same: when all of them were looked at

    // In the order of post_.
    std::map<std::uint64_t, std::shared_ptr<Peer>> peers_;  // shared with their sockets' events
    std::map<core::UserId, int> present_;
    std::set<core::UserId> unsaid_;  // whose presence the core had no room for

    std::atomic<bool> some_unsaid_{false};
    std::atomic<std::uint64_t> next_id_{1};
    std::atomic<std::size_t> open_{0};     // sockets, from before their snapshot on
    std::atomic<std::size_t> pending_{0};  // batches on their way
};

}  // namespace linka::api
