// WorkerLink: the server's end to one media worker: connects to the one that lives, starts one
// where none does, starts it again when it dies, and tells health whether it answers.
#pragma once

#include "linka/media/protocol/message.hpp"
#include "linka/runtime/heartbeat.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/process.hpp"
#include "linka/runtime/seqpacket.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace linka::media {

class WorkerLink {
  public:
    using OnReply = std::function<void(const Reply&)>;
    struct Events {
        std::function<void(const Reply&)> greeted;  // connected; what it holds
        std::function<void(const Notice&)> notice;  // all but Reply
        std::function<void()> gone;                 // was connected and is no more
    };

    WorkerLink(runtime::Loop& loop, std::string socket, runtime::Command command, Events events);
    ~WorkerLink();
    WorkerLink(const WorkerLink&) = delete;
    WorkerLink& operator=(const WorkerLink&) = delete;

    void start();
    [[nodiscard]] bool ready() const { return greeted_; }
    /// Sends under a fresh id. `done` may be empty; it is called once, "lost" if the link goes.
    void send(Request request, OnReply done);
    /// The worker lives on; nothing is called any more.
    void detach();
    /// It shall end and stay away.
    void quit();

  private:
    void connect_or_launch();
    bool connect();
    void launch();
    void retry(Duration delay);
    void packet(std::string_view packet);
    void closed();
    void greet();
    void watch();
    void answered();
    void stop();
    void lose_requests();

    runtime::Loop& loop_;
    std::string socket_;
    runtime::Command command_;
    Events events_;

    std::unique_ptr<runtime::SeqpacketPeer> peer_;
    std::unique_ptr<runtime::Process> process_;  // if we started it and it runs
    runtime::Loop::TimerId timer_ = 0;
    Duration back_off_{};
    Duration connect_pause_{};
    bool greeted_ = false;
    bool stopped_ = false;
    std::unique_ptr<runtime::Heartbeat> heartbeat_;  // of the worker, while it is wanted
    runtime::Loop::TimerId watch_timer_ = 0;
    bool asked_ = false;  // whether it is there
    std::int64_t last_id_ = 0;
    std::map<std::int64_t, OnReply> waiting_;
};

}  // namespace linka::media
