// The server's end of linka-demo: starts the program when there is something for it to do, and
// passes messages. If it dies, that is told and it is started again at the next need. All on the
// loop's thread.
#pragma once

#include "linka/demo/protocol.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/process.hpp"
#include "linka/runtime/seqpacket.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace linka::app {

class DemoProgram {
  public:
    struct Options {
        std::string program;    // path of linka-demo
        std::string media;      // path of linka-media
        std::string directory;  // its sockets; made when missing
        std::string prompts;    // DIR[:DIR]
        std::string server;     // where our SIP can be reached, an IP address
        int sip_port = 5060;
    };
    struct Events {
        std::function<void(const demo::Notice&)> notice;
        /// It died, and its calls with it. Not after end().
        std::function<void()> gone;
    };

    DemoProgram(runtime::Loop& loop, Options options, Events events);
    /// The program ends with it.
    ~DemoProgram();
    DemoProgram(const DemoProgram&) = delete;
    DemoProgram& operator=(const DemoProgram&) = delete;

    /// Starts the program when it does not run; what is sent before it is ready waits. False: it
    /// cannot be started now (the log says why), or 256 messages wait.
    [[nodiscard]] bool send(const demo::Request& request);
    [[nodiscard]] bool running() const { return process_ != nullptr && !ending_; }
    /// It hangs up, signs off and ends by itself within two seconds.
    void end();

  private:
    Status listen();
    bool start();
    void connected(runtime::Fd fd);
    void take(std::string_view packet);
    void died(runtime::Exit exit);
    void give_up_when_late();

    runtime::Loop& loop_;
    const Options options_;
    Events events_;
    std::string socket_;

    std::unique_ptr<runtime::SeqpacketListener> listener_;
    std::unique_ptr<runtime::Process> process_;
    std::unique_ptr<runtime::SeqpacketPeer> peer_;
    std::deque<std::string> waiting_;  // until it is ready
    bool connected_ = false;           // it was, at least once
    bool ready_ = false;
    bool ending_ = false;  // told to; what is sent now waits for the next one
    runtime::Loop::TimerId late_ = 0;
    Instant not_before_;  // steady; after a start that failed
};

}  // namespace linka::app
