#include "repeated.hpp"

#include <algorithm>

namespace linka::bench {

void Repeated::send(std::string text, Duration longest, std::function<void()> gave_up) {
    stop();
    text_ = std::move(text);
    longest_ = longest;
    gave_up_ = std::move(gave_up);
    next_ = t1;
    passed_ = Duration{};
    wire_.udp.send(text_);
    wait();
}

void Repeated::wait() {
    next_ = std::min(next_, 64 * t1 - passed_);
    timer_ = wire_.loop.after(next_, [this] {
        timer_ = 0;
        passed_ += next_;
        if (passed_ >= 64 * t1) {
            const auto gave_up = std::move(gave_up_);
            gave_up();
            return;
        }
        next_ = longest_ == Duration{} ? 2 * next_ : std::min(2 * next_, longest_);
        ++wire_.repetitions;
        wire_.udp.send(text_);
        wait();
    });
}

void Repeated::stop() {
    if (timer_ != 0) {
        wire_.loop.cancel(timer_);
        timer_ = 0;
    }
}

void Repeated::again() {
    if (!text_.empty()) {
        ++wire_.repetitions;
        wire_.udp.send(text_);
    }
}

}  // namespace linka::bench
