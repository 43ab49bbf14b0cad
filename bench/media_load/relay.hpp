// Relay: a program that passes the audio of calls on, whichever it is.
#pragma once

#include <memory>
#include <string>

namespace linka::bench {

struct Descriptions {
    std::string for_a;  // where the relay wants to hear each side, SDP
    std::string for_b;
};

class Relay {
  public:
    virtual ~Relay() = default;
    [[nodiscard]] virtual int pid() const = 0;
    /// Ties the two whose descriptions are given; `call` counts from 1. Errors: std::runtime_error.
    virtual Descriptions open(int call, const std::string& a, const std::string& b) = 0;
    /// Records the calls 1 to `calls`; false if it cannot.
    virtual bool record(int calls) = 0;
    /// Ends the recordings and waits until they are whole.
    virtual void finish_recordings(int calls) = 0;
};

std::unique_ptr<Relay> start_linka_media();
/// Debian's rtpengine-daemon, in userland. Errors: std::runtime_error.
std::unique_ptr<Relay> start_rtpengine(const std::string& program);

}  // namespace linka::bench
