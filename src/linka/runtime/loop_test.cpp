#include "linka/runtime/loop.hpp"

#include "linka/runtime/bounded_queue.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/fd.hpp"

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace linka::runtime {
namespace {

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe(ends.data()), 0);
        read = Fd(ends[0]);
        write = Fd(ends[1]);
    }
    void put() const { EXPECT_EQ(::write(write.get(), "x", 1), 1); }

    Fd read;
    Fd write;
};

TEST(Loop, fires_timers_in_order_and_never_early) {
    Loop loop;
    std::string order;
    const Instant start = steady_now();
    loop.at(start + 2ms, [&] { order += 'b'; });
    loop.at(start + 1ms, [&] { order += 'a'; });
    loop.at(start + 2ms, [&] {
        order += 'c';
        EXPECT_GE(steady_now(), start + 2ms);
        loop.stop();
    });
    loop.run();
    EXPECT_EQ(order, "abc");
}

TEST(Loop, cancels_timers_even_those_due_in_the_same_step) {
    Loop loop;
    std::string order;
    Loop::TimerId second = 0;
    const auto first = loop.at(Instant{1}, [&] {
        order += 'a';
        loop.cancel(second);
    });
    second = loop.at(Instant{2}, [&] { order += 'b'; });
    const auto third = loop.at(Instant{3}, [&] { order += 'c'; });
    loop.cancel(third);
    loop.step(0ms);
    loop.cancel(first);
    loop.step(0ms);
    EXPECT_EQ(order, "a");
}

TEST(Loop, lets_no_timer_starve_the_rest) {
    Loop loop;
    int fast = 0;
    int other = 0;
    std::function<void()> again = [&] {
        ++fast;
        loop.at(Instant{1}, again);
    };
    loop.at(Instant{1}, again);
    loop.at(Instant{2}, [&] { ++other; });
    loop.step(0ms);
    EXPECT_EQ(fast, 1);
    EXPECT_EQ(other, 1);
}

TEST(Loop, ends_each_pass_with_what_it_was_told_to_do_then) {
    Loop loop;
    const Pipe pipe;
    std::string order;
    loop.watch(pipe.read.get(), EPOLLIN, [&](std::uint32_t) {
        order += 'e';
        loop.unwatch(pipe.read.get());
    });
    loop.at(Instant{1}, [&] { order += 't'; });
    ASSERT_TRUE(loop.post([&] { order += 'p'; }));
    loop.after_each_pass([&] { order += '.'; });
    pipe.put();
    loop.step(0ms);
    loop.step(0ms);
    loop.after_each_pass({});
    loop.step(0ms);
    EXPECT_EQ(order, "etp..");
}

TEST(Loop, looks_once_in_a_pause_while_it_is_busy) {
    Loop loop;
    constexpr Duration pause = 10ms;
    loop.gather(pause);
    std::vector<Instant> woken;
    std::function<void()> again = [&] {
        woken.push_back(steady_now());
        if (woken.size() == 6) {
            loop.stop();
        } else {
            loop.after(1ms, again);
        }
    };
    loop.after(1ms, again);
    loop.run();
    // Two wakes make it busy; then it rests. Each millisecond alone would take four.
    EXPECT_GE(woken.back() - woken[1], pause);
}

// The pause is as long as the test may take: whoever hurries does not wait for its end.
TEST(Loop, what_hurries_ends_the_pause) {
    Loop loop;
    loop.gather(900ms);
    const Pipe pipe;
    int calls = 0;
    loop.watch(pipe.read.get(), EPOLLIN, [&](std::uint32_t) {
        char taken = 0;
        ASSERT_EQ(::read(pipe.read.get(), &taken, 1), 1);
        if (++calls == 20) {
            loop.stop();
        } else {
            pipe.put();
        }
    });
    loop.hurry(pipe.read.get());
    const Instant start = steady_now();
    pipe.put();
    loop.run();
    EXPECT_LT(steady_now() - start, 10 * 900ms);
    loop.unwatch(pipe.read.get());
    loop.watch(pipe.read.get(), EPOLLIN, [](std::uint32_t) {});
    loop.hurry(pipe.read.get());  // it may be watched and hurried anew
}

TEST(Loop, reports_readiness_until_unwatched_from_the_callback) {
    Loop loop;
    const Pipe pipe;
    int calls = 0;
    // The captured string is used after unwatch(): the callback must outlive its own removal.
    loop.watch(pipe.read.get(), EPOLLIN, [&, text = std::string(100, 'x')](std::uint32_t events) {
        EXPECT_TRUE(events & EPOLLIN);
        if (++calls == 2) {
            loop.unwatch(pipe.read.get());
            EXPECT_EQ(text.size(), 100U);
        }
    });
    pipe.put();
    for (int i = 0; i < 4; ++i) {
        loop.step(0ms);
    }
    EXPECT_EQ(calls, 2);
}

TEST(Loop, changes_what_is_watched) {
    Loop loop;
    const Pipe pipe;
    int calls = 0;
    loop.watch(pipe.write.get(), 0, [&](std::uint32_t) { ++calls; });
    loop.step(0ms);
    EXPECT_EQ(calls, 0);
    loop.change(pipe.write.get(), EPOLLOUT);
    loop.step(0ms);
    EXPECT_EQ(calls, 1);
    loop.unwatch(pipe.write.get());
}

// Goal: an event of a descriptor that was closed in the same batch must not reach the new owner
// of its number. Method: two readable pipes; whichever comes first closes the other, and watches
// a fresh, silent pipe that is moved onto the same number.
TEST(Loop, drops_a_stale_event_of_a_reused_descriptor) {
    Loop loop;
    std::array<Pipe, 2> pipes;
    Pipe silent;
    int wrong = 0;
    int calls = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        pipes.at(i).put();
        loop.watch(pipes.at(i).read.get(), EPOLLIN, [&, i](std::uint32_t) {
            ++calls;
            const int other = pipes.at(1 - i).read.get();
            loop.unwatch(other);
            ASSERT_EQ(::dup2(silent.read.get(), other), other);
            loop.watch(other, EPOLLIN, [&](std::uint32_t) { ++wrong; });
            loop.unwatch(pipes.at(i).read.get());
        });
    }
    loop.step(0ms);
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(wrong, 0);
}

TEST(Loop, refuses_posts_beyond_its_bound_and_after_the_stop) {
    Loop loop(2);
    int ran = 0;
    EXPECT_TRUE(loop.post([&] { ++ran; }));
    EXPECT_TRUE(loop.post([&] { ++ran; }));
    EXPECT_FALSE(loop.post([&] { ++ran; }));
    loop.step(0ms);
    EXPECT_EQ(ran, 2);
    EXPECT_TRUE(loop.post([&] { ++ran; }));
    loop.stop();
    EXPECT_FALSE(loop.post([&] { ++ran; }));
    loop.run();
    EXPECT_EQ(ran, 3);
}

TEST(Loop, takes_posts_from_several_threads) {
    Loop loop;
    constexpr int threads = 4;
    constexpr int posts = 2000;
    int ran = 0;
    std::atomic<int> refused{0};
    std::vector<std::thread> posters;
    for (int t = 0; t < threads; ++t) {
        posters.emplace_back([&] {
            for (int i = 0; i < posts; ++i) {
                const bool taken = loop.post([&] {
                    if (++ran == threads * posts) {
                        loop.stop();
                    }
                });
                refused += taken ? 0 : 1;
            }
        });
    }
    loop.run();
    for (auto& poster : posters) {
        poster.join();
    }
    EXPECT_EQ(ran, threads * posts);
    EXPECT_EQ(refused, 0);
}

TEST(BoundedQueue, refuses_beyond_its_bound_and_keeps_the_order) {
    BoundedQueue<int> queue(2);
    EXPECT_TRUE(queue.push(1));
    EXPECT_TRUE(queue.push(2));
    EXPECT_FALSE(queue.push(3));
    EXPECT_EQ(queue.take_all(), (std::vector<int>{1, 2}));
    EXPECT_TRUE(queue.push(4));
    EXPECT_EQ(queue.take_all(), std::vector<int>{4});
    EXPECT_TRUE(queue.take_all().empty());
}

TEST(BoundedQueue, wakes_a_loop_for_every_item_of_several_threads) {
    Loop loop;
    BoundedQueue<int> queue(64);
    constexpr int threads = 4;
    constexpr int items = 2000;
    std::vector<int> last(threads, -1);
    int taken = 0;
    loop.watch(queue.fd(), EPOLLIN, [&](std::uint32_t) {
        for (const int item : queue.take_all()) {
            const auto producer = static_cast<std::size_t>(item / items);
            EXPECT_GT(item % items, last.at(producer));
            last.at(producer) = item % items;
            if (++taken == threads * items) {
                loop.stop();
            }
        }
    });
    std::vector<std::thread> producers;
    for (int t = 0; t < threads; ++t) {
        producers.emplace_back([&queue, t] {
            for (int i = 0; i < items;) {
                if (queue.push(t * items + i)) {
                    ++i;
                } else {
                    std::this_thread::yield();
                }
            }
        });
    }
    loop.run();
    for (auto& producer : producers) {
        producer.join();
    }
    EXPECT_EQ(taken, threads * items);
}

}  // namespace
}  // namespace linka::runtime
