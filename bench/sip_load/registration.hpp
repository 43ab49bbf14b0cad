// Registers telephones with MD5 digests (RFC 3261 §22, RFC 2617), some at a time.
#pragma once

#include "message.hpp"
#include "options.hpp"
#include "repeated.hpp"

#include <deque>
#include <functional>
#include <string>

namespace linka::bench {

class Registration {
  public:
    /// `done` is told once: whether every telephone was accepted.
    Registration(Wire& wire, const Options& options, std::function<void(bool all)> done);

    void start();
    /// A response to REGISTER.
    void receive(const Message& message);
    [[nodiscard]] int registered() const { return registered_; }

  private:
    struct Entry {
        explicit Entry(Wire& wire) : request(wire) {}
        Repeated request;
        int cseq = 0;
        bool over = false;
    };
    void next();
    void send(std::size_t index, const std::string& authorization);
    void finish(std::size_t index, bool good);

    Wire& wire_;
    const Options& options_;
    std::function<void(bool)> done_;
    std::deque<Entry> entries_;  // as options_.devices
    std::size_t started_ = 0;
    std::size_t finished_ = 0;
    int registered_ = 0;
};

}  // namespace linka::bench
