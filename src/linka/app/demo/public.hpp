// Public: the simulated public of the demo, as the server sees it. Has customers ring visitors on
// request, and keeps a background of callers and colleagues going while it is switched on. The
// calls themselves are real ones that linka-demo makes; colleagues act through the core's inputs.
// Everything but DemoPublic's members is for the loop's thread.
#pragma once

#include "linka/api/ports.hpp"
#include "linka/app/demo/belongings.hpp"
#include "linka/app/demo/cast.hpp"
#include "linka/app/demo/desk.hpp"
#include "linka/app/demo/kept_background.hpp"
#include "linka/app/demo/program.hpp"
#include "linka/app/demo/traffic.hpp"
#include "linka/app/engine.hpp"
#include "linka/sip/port.hpp"

#include <deque>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace linka::app {

class Public final : public api::DemoPublic {
  public:
    /// Where the background is kept among the side records.
    static constexpr const char* kept_kind = "meta";
    static constexpr const char* kept_key = "demo_background";

    struct Options {
        DemoProgram::Options program;
        KeptBackground background;
        std::vector<std::string> statuses;  // that colleagues close their forms with
        /// The SIP password of a device; empty: none.
        std::function<std::string(std::string_view device)> password;
    };

    /// What it is given outlives it. Ends calls that a crash left behind.
    Public(runtime::Loop& loop, Engine& engine, sip::Port& port, Belongings& belongings,
           Options options);
    ~Public() override;
    Public(const Public&) = delete;
    Public& operator=(const Public&) = delete;

    /// The demo was removed: everybody hangs up and stays away, the program ends. Happens by itself
    /// within a heartbeat, too. Any number of times.
    void close();

    /// Somebody in the public network is to answer `number`, once. `done` gets the UDP port at
    /// which they can be dialled, 0 when nobody is there; at once or within some seconds.
    void expect(const std::string& number, std::function<void(int port)> done);

    // api::DemoPublic
    bool ring(core::UserId user, std::string language,
              std::function<void(const Called&)> done) override;
    bool background(std::function<void(const Background&)> done) override;
    bool change_background(Change change, std::function<void(const Background&)> done) override;

  private:
    /// A customer on the telephone.
    struct Visit {
        const Customer* customer = nullptr;
        core::UserId visitor;  // whom they ring; 0: nobody in particular
        std::string language;
        int pace = 0;
        Instant patience;     // they give up then
        bool called = false;  // the call was seen in the state
        bool spoken = false;
    };
    struct Desk {
        DeskPlan plan;
        Instant not_before;  // after a refusal
    };

    [[nodiscard]] bool is_there() const { return belongings_.is_there(); }
    Called ring_now(core::UserId user, const std::string& language);
    core::Reply make_number(core::UserId user, std::string& number);
    [[nodiscard]] std::vector<core::Blocker> blockers_of(core::UserId user) const;
    bool too_often(core::UserId user, Instant now);
    bool start(const Visit& visit, const std::string& number, const std::string& digits);
    [[nodiscard]] Background background_now() const;
    void change_now(const Change& change);

    void tick();
    void tick_soon();
    void listen(Instant now);
    void work(Instant now);
    void let_call(Instant now);
    void rest_when_idle(Instant now);
    [[nodiscard]] bool all_at_home() const;
    [[nodiscard]] int calling() const;
    void send_phones();
    void say_good_bye();
    void take(const demo::Notice& notice);
    void program_gone();
    void expected(const std::string& number, int port);
    void end_left_behind();

    runtime::Loop& loop_;
    Engine& engine_;
    sip::Port& port_;
    Belongings& belongings_;
    const Options options_;
    DemoProgram program_;

    KeptBackground kept_;
    std::mt19937_64 random_;
    Chance chance_;
    std::map<demo::CallId, Visit> visits_;
    demo::CallId last_call_ = 0;
    std::map<std::string_view, Desk> desks_;  // by the colleague's user name
    std::map<core::UserId, std::deque<Instant>> rung_;
    std::deque<Instant> rung_all_;
    std::size_t next_main_ = 0;  // which of the main customers rings the next visitor
    Instant next_caller_;
    Instant idle_since_;
    bool phones_sent_ = false;
    /// Calls that wait until they can be made.
    struct Expected {
        std::string number;
        std::function<void(int port)> done;
    };
    std::vector<Expected> expected_;
    runtime::Loop::TimerId timer_ = 0;
};

}  // namespace linka::app
