// The public network: calls the dialled number from a fresh number each time, over the trunk.
#pragma once

#include "dialog.hpp"
#include "exchange.hpp"
#include "options.hpp"
#include "rtp.hpp"

#include <deque>
#include <string>

namespace linka::bench {

class Callers {
  public:
    Callers(runtime::Loop& loop, const Options& options, Exchange& exchange, Rtp& rtp,
            Figures& figures);
    ~Callers();
    Callers(const Callers&) = delete;
    Callers& operator=(const Callers&) = delete;

    /// The next call.
    void invite();
    /// The caller hangs up after the talk time.
    void talk(int call);
    /// The other side has picked up: audio counts from here.
    void connected(int call);

  private:
    enum class State { inviting, up, ending, over };
    struct Call {
        Call(int which, Wire& wire) : number(which), invite(wire), bye(wire), answer(wire) {}
        const int number;
        State state = State::inviting;
        Dialog dialog;
        std::string invite_branch;
        std::string ack;  // of the 200, for when it is repeated
        Repeated invite;
        Repeated bye;
        Repeated answer;  // 200 to a re-INVITE
        int socket = 0;
        int remote_port = 0;
    };
    void receive(std::string_view text);
    void on_response(Call& call, const Message& message);
    void on_answer(Call& call, const Message& message);
    void on_failure(Call& call, const Message& message);
    void on_request(Call& call, const Message& message);
    void on_bye(Call& call, const Message& message);
    void hang_up(Call& call);
    void over(Call& call, bool well);
    void failed(Call& call, const std::string& how);

    // Given to us.
    runtime::Loop& loop_;
    const Options& options_;
    Exchange& exchange_;
    Rtp& rtp_;
    Figures& figures_;
    // Ours.
    Udp udp_;
    Wire wire_;
    std::deque<Call> calls_;  // by number; their timers point to them
};

}  // namespace linka::bench
