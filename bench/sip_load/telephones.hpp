// The telephones of the agents: registered, they ring, answer after the ring time, and hang up
// after the talk time if it is theirs to do. All of them share one socket; the user part of the
// request's URI says which one is meant.
#pragma once

#include "dialog.hpp"
#include "exchange.hpp"
#include "options.hpp"
#include "registration.hpp"
#include "rtp.hpp"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

namespace linka::bench {

class Telephones {
  public:
    /// `registered`: as Registration's.
    Telephones(runtime::Loop& loop, const Options& options, Exchange& exchange, Rtp& rtp,
               Figures& figures, std::function<void(bool all)> registered);
    ~Telephones();
    Telephones(const Telephones&) = delete;
    Telephones& operator=(const Telephones&) = delete;

    void start() { registration_.start(); }
    [[nodiscard]] int registered() const { return registration_.registered(); }
    /// Calls that are not over.
    [[nodiscard]] int open() const { return open_; }

  private:
    struct Telephone {
        int calls = 0;
        Instant freed;  // while it waits for the next call and callers waited when it became free
    };
    enum class State { ringing, answered, up, ending, over };
    struct Call {
        Call(Telephone& which, Wire& wire) : telephone(which), answer(wire), bye(wire) {}
        Telephone& telephone;
        State state = State::ringing;
        int number = -1;     // of the caller
        std::string invite;  // as it came; answers need its headers
        int cseq = 0;        // of the INVITE that `answer` answers
        std::string tag;
        std::string provisional;
        Dialog dialog;
        Repeated answer;  // final answer to an INVITE, until its ACK
        Repeated bye;
        int socket = 0;
        int remote_port = 0;
        runtime::Loop::TimerId ring_timer = 0;
    };
    void receive(std::string_view text);
    void on_request(const Message& message, std::string_view text);
    void on_new_call(const Message& message, std::string_view text);
    void on_invite_again(Call& call, const Message& message);
    void on_ack(Call& call, const Message& message);
    void on_cancel(Call& call, const Message& message);
    void on_bye(Call& call, const Message& message);
    void pick_up(Call& call);
    void hang_up(Call& call);
    void over(Call& call);
    void answer_unknown(const Message& message);

    // Given to us.
    runtime::Loop& loop_;
    const Options& options_;
    Exchange& exchange_;
    Rtp& rtp_;
    Figures& figures_;
    // Ours.
    Udp udp_;
    Wire wire_;
    Registration registration_;
    std::map<std::string, Telephone, std::less<>> telephones_;
    std::unordered_map<std::string, std::unique_ptr<Call>> calls_;  // by Call-ID; kept to the end
    int open_ = 0;
};

}  // namespace linka::bench
