// Signals as events of a loop: SIGTERM, SIGINT, SIGHUP. Made before any thread starts, so that all
// threads inherit the mask.
#pragma once

#include "linka/runtime/fd.hpp"
#include "linka/runtime/loop.hpp"

#include <functional>

namespace linka::app {

enum class Signal { terminate, interrupt, hang_up };

class Signals {
  public:
    Signals(runtime::Loop& loop, std::function<void(Signal)> on_signal);
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

  private:
    void read();

    runtime::Loop& loop_;
    std::function<void(Signal)> on_signal_;
    runtime::Fd fd_;
};

}  // namespace linka::app
