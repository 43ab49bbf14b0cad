#include "linka/runtime/loop.hpp"

#include "linka/base/assert.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/runtime/wakeup.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sys/epoll.h>

namespace linka::runtime {
namespace {

constexpr std::size_t batch_events_max = 256;
constexpr std::uint64_t wakeup_key = ~std::uint64_t{0};

struct Watch {
    std::uint32_t generation = 0;
    std::function<void(std::uint32_t)> ready;
};

/// What epoll hands back: the descriptor, and which watch of that descriptor number was meant.
std::uint64_t key_of(int fd, std::uint32_t generation) {
    return std::uint64_t{generation} << 32 | static_cast<std::uint32_t>(fd);
}

int wait_for_events(int epoll, std::span<epoll_event> events, std::optional<Duration> wait) {
    timespec limit{};
    if (wait) {
        limit.tv_sec = wait->count() / 1'000'000;
        limit.tv_nsec = wait->count() % 1'000'000 * 1000;
    }
    const int size = static_cast<int>(events.size());
    int count = ::epoll_pwait2(epoll, events.data(), size, wait ? &limit : nullptr, nullptr);
    if (count < 0 && errno == ENOSYS) {
        // Kernels before 5.11 count in milliseconds: round up, since no timer may fire early.
        const int wait_ms =
            wait ? static_cast<int>(std::min<std::int64_t>((wait->count() + 999) / 1000, 86400000))
                 : -1;
        count = ::epoll_wait(epoll, events.data(), size, wait_ms);
    }
    return count < 0 ? 0 : count;  // EINTR: whoever called waits again
}

}  // namespace

struct Loop::State {
    using TimerKey = std::pair<Instant, TimerId>;

    explicit State(std::size_t posted_size_max)
        : posted_max(posted_size_max), epoll(::epoll_create1(EPOLL_CLOEXEC)) {
        if (!epoll) {
            throw std::system_error(errno, std::generic_category(), "epoll_create1");
        }
        control(EPOLL_CTL_ADD, wakeup.fd(), EPOLLIN, wakeup_key);
    }

    void control(int operation, int fd, std::uint32_t events, std::uint64_t key) const {
        epoll_event event{};
        event.events = events;
        event.data.u64 = key;
        LINKA_ASSERT(::epoll_ctl(epoll.get(), operation, fd, &event) == 0);
    }

    [[nodiscard]] std::optional<Duration> time_to_wait(std::optional<Duration> limit) const;
    void handle(const epoll_event& event);
    void fire_timers();
    void run_posted();
    void step(std::optional<Duration> limit);
    void rest() const;

    const std::size_t posted_max;
    const Fd epoll;
    Wakeup wakeup;

    // Shared with post() and stop(), under the mutex.
    std::mutex mutex;
    std::vector<Work> posted;
    bool stopped = false;

    // The loop's thread only.
    std::unordered_map<int, std::unique_ptr<Watch>> watches;
    std::vector<std::unique_ptr<Watch>> retired;  // unwatched, perhaps still being called
    std::uint32_t last_generation = 0;
    std::map<TimerKey, Work> timers;
    std::unordered_map<TimerId, Instant> timer_times;
    TimerId last_timer = 0;
    bool stepping = false;
    Work after_pass;
    Duration pause{0};
    Instant woken;
    bool busy = false;  // woken twice within the pause
    Fd hurried;         // an epoll of what ends the pause, if there is any
};

std::optional<Duration> Loop::State::time_to_wait(std::optional<Duration> limit) const {
    if (timers.empty()) {
        return limit;
    }
    const Duration until = std::max(timers.begin()->first.first - steady_now(), Duration{0});
    return limit ? std::min(*limit, until) : until;
}

void Loop::State::handle(const epoll_event& event) {
    if (event.data.u64 == wakeup_key) {
        wakeup.clear();
        return;
    }
    const int fd = static_cast<int>(event.data.u64 & 0xFFFFFFFFU);
    const auto found = watches.find(fd);
    // An earlier callback of this batch may have unwatched the descriptor, and even opened
    // another one with the same number: the event is not that one's.
    if (found != watches.end() && key_of(fd, found->second->generation) == event.data.u64) {
        found->second->ready(event.events);
    }
}

void Loop::State::fire_timers() {
    // Only what is due now: a timer that sets itself again at once must not starve the rest.
    std::vector<TimerKey> due;
    const Instant now = steady_now();
    for (auto it = timers.begin(); it != timers.end() && it->first.first <= now; ++it) {
        due.push_back(it->first);
    }
    for (const TimerKey& key : due) {
        auto timer = timers.extract(key);
        if (timer.empty()) {
            continue;  // cancelled by one that fired before it
        }
        timer_times.erase(key.second);
        timer.mapped()();
    }
}

void Loop::State::run_posted() {
    std::vector<Work> work;
    {
        const std::lock_guard lock(mutex);
        work.swap(posted);
    }
    for (const Work& item : work) {
        item();
    }
}

void Loop::State::step(std::optional<Duration> limit) {
    LINKA_ASSERT(!stepping);
    stepping = true;
    std::array<epoll_event, batch_events_max> events{};
    const int count = wait_for_events(epoll.get(), events, time_to_wait(limit));
    if (pause > Duration{0}) {
        const Instant before = std::exchange(woken, steady_now());
        busy = woken - before < 2 * pause;
    }
    for (int i = 0; i < count; ++i) {
        handle(events.at(static_cast<std::size_t>(i)));
    }
    fire_timers();
    run_posted();
    if (after_pass) {
        after_pass();
    }
    // Their destructors may unwatch more, so the list is emptied first.
    while (!retired.empty()) {
        const auto done = std::exchange(retired, {});
    }
    stepping = false;
}

void Loop::State::rest() const {
    if (!busy) {
        return;
    }
    const Duration left = pause - (steady_now() - woken);
    if (left > Duration{0} && hurried) {
        std::array<epoll_event, 1> any{};
        static_cast<void>(wait_for_events(hurried.get(), any, left));
    } else if (left > Duration{0}) {
        timespec time{};
        time.tv_nsec = left.count() * 1000;
        ::clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr);
    }
}

Loop::Loop(std::size_t posted_max) : state_(std::make_unique<State>(posted_max)) {
}

Loop::~Loop() = default;

void Loop::run() {
    for (;;) {
        {
            const std::lock_guard lock(state_->mutex);
            if (state_->stopped) {
                break;
            }
        }
        state_->step({});
        state_->rest();
    }
    state_->run_posted();
}

void Loop::gather(Duration pause) {
    state_->pause = pause;
}

void Loop::hurry(int fd) {
    LINKA_ASSERT(state_->watches.contains(fd));
    if (!state_->hurried) {
        state_->hurried = Fd(::epoll_create1(EPOLL_CLOEXEC));
        LINKA_ASSERT(state_->hurried);
    }
    epoll_event event{};
    event.events = EPOLLIN;
    LINKA_ASSERT(::epoll_ctl(state_->hurried.get(), EPOLL_CTL_ADD, fd, &event) == 0);
}

void Loop::after_each_pass(Work work) {
    state_->after_pass = std::move(work);
}

void Loop::stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopped = true;
    }
    state_->wakeup.signal();
}

void Loop::step(Duration wait) {
    state_->step(std::max(wait, Duration{0}));
}

bool Loop::post(Work work) {
    bool was_empty = false;
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->stopped || state_->posted.size() >= state_->posted_max) {
            return false;
        }
        was_empty = state_->posted.empty();
        state_->posted.push_back(std::move(work));
    }
    if (was_empty) {
        state_->wakeup.signal();
    }
    return true;
}

void Loop::watch(int fd, std::uint32_t events, std::function<void(std::uint32_t)> ready) {
    LINKA_ASSERT(fd >= 0);
    // The top bit stays clear, so that no key equals wakeup_key.
    const std::uint32_t generation = ++state_->last_generation & 0x7FFFFFFFU;
    auto entry = std::make_unique<Watch>(Watch{generation, std::move(ready)});
    const bool added = state_->watches.emplace(fd, std::move(entry)).second;
    LINKA_ASSERT(added);
    state_->control(EPOLL_CTL_ADD, fd, events, key_of(fd, generation));
}

void Loop::change(int fd, std::uint32_t events) {
    const auto found = state_->watches.find(fd);
    LINKA_ASSERT(found != state_->watches.end());
    state_->control(EPOLL_CTL_MOD, fd, events, key_of(fd, found->second->generation));
}

void Loop::unwatch(int fd) {
    auto watch = state_->watches.extract(fd);
    if (watch.empty()) {
        return;
    }
    // Fails harmlessly when the caller has closed the descriptor already.
    ::epoll_ctl(state_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
    if (state_->hurried) {
        ::epoll_ctl(state_->hurried.get(), EPOLL_CTL_DEL, fd, nullptr);
    }
    if (state_->stepping) {
        state_->retired.push_back(std::move(watch.mapped()));
    }
}

Loop::TimerId Loop::at(Instant at, Work work) {
    const TimerId id = ++state_->last_timer;
    state_->timers.emplace(State::TimerKey{at, id}, std::move(work));
    state_->timer_times.emplace(id, at);
    return id;
}

Loop::TimerId Loop::after(Duration delay, Work work) {
    return at(steady_now() + delay, std::move(work));
}

void Loop::cancel(TimerId timer) {
    const auto found = state_->timer_times.find(timer);
    if (found != state_->timer_times.end()) {
        state_->timers.erase({found->second, timer});
        state_->timer_times.erase(found);
    }
}

}  // namespace linka::runtime
