// Rig: the whole API over a real core and a real store, on free ports of the loopback, and a small
// client, for tests.
#pragma once

#include "linka/api/server.hpp"
#include "linka/base/assert.hpp"
#include "linka/base/json_read.hpp"
#include "linka/core/core.hpp"
#include "linka/core/state.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace linka::api::testing {

/// A live contact centre on a thread of its own: decides, stores, tells.
class TestLive final : public Live {
  public:
    explicit TestLive(store::Store& store);
    ~TestLive() override;
    TestLive(const TestLive&) = delete;
    TestLive& operator=(const TestLive&) = delete;

    bool submit(core::Input input, std::function<void(const core::Reply&)> done, Note note = {},
                Guard guard = {}) override;
    bool query(std::function<void(const core::State&, Instant now)> look) override;
    void subscribe(
        std::function<void(const core::State&, const std::vector<core::Record>&)> event) override;

    /// Waits for the reply.
    core::Reply now(core::Input input);
    /// What `look` says of the state.
    template <typename Look>
    auto see(Look look) {
        std::promise<decltype(look(state_))> seen;
        const bool asked =
            query([&](const core::State& state, Instant) { seen.set_value(look(state)); });
        LINKA_ASSERT(asked);
        return seen.get_future().get();
    }
    /// None if there is none.
    core::DeviceId device(std::string_view name);
    core::LegId leg_at(core::DeviceId device);
    /// Called when events are durable, before anybody is told: where a crash may come.
    void on_durable(std::function<void()> durable);
    /// Does nothing more until so many wait for it: what they ask for comes at the same moment.
    void stand_until(std::size_t waiting);
    /// Refuses everything while on, as a full queue does.
    void set_full(bool full);

  private:
    bool post(std::function<void()> work);
    core::Reply apply(const core::Input& input, const Note& note);

    store::Store& store_;
    core::State state_;
    std::function<void(const core::State&, const std::vector<core::Record>&)> subscriber_;
    std::function<void()> durable_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> work_;
    bool stopping_ = false;
    bool full_ = false;
    std::thread thread_;
};

struct TestHealth final : Health {
    Report health() override { return report; }
    void accounts_changed() override { ++changes; }
    std::string demo_removed() override { return "127.0.0.1"; }
    Report report;
    std::atomic<int> changes{0};
};

/// Keeps what pages say, and answers each message with itself.
class TestPhones final : public Phones {
  public:
    void said(const PhonePage& page, std::string_view text) override;
    void missed(std::uint64_t page) override;
    void closed(std::uint64_t page) override;

    struct Said {
        PhonePage page;
        std::string text;
    };
    std::vector<Said> heard();
    /// Waits until a page's socket is gone; 0 after 10 s.
    std::uint64_t wait_closed();

  private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Said> heard_;
    std::uint64_t closed_ = 0;
};

/// Records that a test calls a demo.
class TestDemo final : public Demo {
  public:
    explicit TestDemo(std::unique_ptr<TestLive>& live) : live_(live) {}
    /// There is one, of these records. The calls `made_up` end with it unasked.
    void begin(core::RecordIds records, std::vector<core::CallId> made_up = {});
    [[nodiscard]] bool is_there() const override { return there_; }
    [[nodiscard]] core::RemoveRecords removal(const core::State& state,
                                              core::UserId keep) const override;
    [[nodiscard]] bool remove(core::UserId keep, bool end_calls,
                              std::function<void(const core::Reply&)> done, Note note) override;

  private:
    std::unique_ptr<TestLive>& live_;
    std::atomic<bool> there_{false};
    core::RemoveRecords all_;
};

/// Says what it was told to, at once, and keeps what it was asked.
struct TestDemoPublic final : DemoPublic {
    bool ring(core::UserId user, std::string language,
              std::function<void(const Called&)> done) override {
        rung = user;
        spoken = std::move(language);
        done(called);
        return true;
    }
    bool background(std::function<void(const Background&)> done) override {
        done(now);
        return true;
    }
    bool change_background(Change change, std::function<void(const Background&)> done) override {
        now.on = change.on.value_or(now.on);
        now.callers_per_hour = change.callers_per_hour.value_or(now.callers_per_hour);
        done(now);
        return true;
    }
    core::UserId rung;
    std::string spoken;
    Called called;
    Background now;
};

struct Answer {
    int status = 0;                              // 0: the connection ended without an answer
    std::map<std::string, std::string> headers;  // names in lower case; the last of a name
    std::vector<std::string> cookies;
    std::string body;
    [[nodiscard]] json::Value json() const;
};

/// The text or the serialized value at a path of members; "(absent)" if there is none.
std::string text_at(const json::Value& value, std::initializer_list<std::string_view> path);

/// A connection, TLS or plain.
class Wire {
  public:
    Wire(std::uint16_t port, bool secure);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    void send(std::string_view bytes);
    /// Up to `size` bytes; empty at the end or after 10 s of nothing.
    std::string read(std::size_t size);
    std::string read_exactly(std::size_t size);
    /// Reads one answer; `head`: that has no body.
    Answer answer(bool head = false);
    /// The payload of the next WebSocket text message; pings are skipped. Empty: closed.
    std::string message();
    void send_message(std::string_view text);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::string rest_;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

class Rig {
  public:
    /// `simulated`: it has a public.
    explicit Rig(Limits limits = {}, bool simulated = true);
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    Answer request(const std::string& method, const std::string& path, const std::string& body = {},
                   const Headers& headers = {});
    /// Signs in (user names below; password is demo + extension) and gives the token.
    std::string sign_in(const std::string& name);
    Answer get(const std::string& path, const std::string& token);
    Answer post(const std::string& path, const std::string& token, const std::string& body = "{}");
    Answer put(const std::string& path, const std::string& token, const std::string& body);
    /// The server again, over the same core and store.
    void restart();

    /// users admin 500, frantisek 510 and jan 512 (6001, 6002), jana 511 (manager of 6001), petr
    /// 513 (6003), ucetni 520 (BO); queues 6001 in, 6002 out, 6003 in; devices 330 (SIP), 331.
    std::string directory;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<TestLive> live;
    TestHealth health;
    std::map<std::string, SilentTelephone> silent_telephones;  // set it before a request
    std::map<std::string, TrunkState> trunk_states;            // likewise
    TestPhones phones;
    TestDemo demo{live};
    TestDemoPublic people;
    std::unique_ptr<Server> server;

  private:
    void seed();
    void start();

    Limits limits_;
    bool with_people_;
};

}  // namespace linka::api::testing
