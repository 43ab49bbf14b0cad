// How fast the store appends: events a second and milliseconds for a group commit, everything
// included (JSON, journal, projections, figures). `bench_store_append [DIRECTORY [CALLS
// [ADDRESS]]]`: a directory that is named keeps the last store; ADDRESS is of a PostgreSQL
// database, whose schema `public` is emptied.
//
// Two ways: flat out, and paced as 100 and 600 calls a second arrive, where the writer's own CPU
// time says what is left of its core.
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/store/db/db.hpp"
#include "linka/store/store.hpp"
#include "linka/store/testing/event_stream.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace linka;

double cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double seconds_since(Instant start) {
    return std::chrono::duration<double>(runtime::steady_now() - start).count();
}

std::string address;

std::unique_ptr<store::Store> open_new(const std::string& directory, bool sync) {
    std::filesystem::remove_all(directory);
    if (!address.empty()) {
        const auto db = store::Db::open({.address = address});
        if (!db || !(*db)->exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public")) {
            std::fprintf(stderr, "%s cannot be emptied\n", address.c_str());
            return nullptr;
        }
    }
    auto opened = store::Store::open(
        {.directory = directory, .database = address, .sync = sync, .clock = {}});
    if (!opened) {
        std::fprintf(stderr, "%s\n", opened.error().text.c_str());
        return nullptr;
    }
    return std::move(opened).value();
}

// Writes of eight events, as a turn of the core makes them.
std::vector<store::Write> writes_of(const std::vector<core::Record>& events) {
    std::vector<store::Write> writes;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i % 8 == 0) {
            writes.emplace_back();
        }
        writes.back().events.push_back(events[i]);
    }
    return writes;
}

void flat_out(const std::string& directory, bool sync, const std::vector<core::Record>& events) {
    auto store = open_new(directory, sync);
    if (store == nullptr) {
        return;
    }
    std::vector<store::Write> writes = writes_of(events);
    const Instant start = runtime::steady_now();
    const double cpu = cpu_seconds();
    for (store::Write& write : writes) {
        const auto taken = [&] { return store->append(std::move(write)); };
        while (!taken()) {  // it is as it was then
            store->flush();
        }
    }
    store->flush();
    const double took = seconds_since(start);
    std::printf("flat out, sync %-3s: %.0f events/s, %.1f us CPU an event\n", sync ? "on" : "off",
                static_cast<double>(events.size()) / took,
                (cpu_seconds() - cpu) / static_cast<double>(events.size()) * 1e6);
}

// Every 10 ms what so many events a second leave in that time.
void paced(const std::string& directory, bool sync, const std::vector<core::Record>& events,
           double events_per_second) {
    auto store = open_new(directory, sync);
    if (store == nullptr) {
        return;
    }
    std::vector<store::Write> writes = writes_of(events);
    std::atomic<std::int64_t> waited_us{0};
    std::atomic<std::int64_t> longest_us{0};
    const Instant start = runtime::steady_now();
    const double cpu = cpu_seconds();
    std::size_t next = 0;
    while (next < writes.size()) {
        const auto due = static_cast<std::size_t>(seconds_since(start) * events_per_second / 8);
        for (; next < std::min(due, writes.size()); ++next) {
            const Instant given = runtime::steady_now();
            writes[next].done = [&waited_us, &longest_us, given](const Status&, const auto&) {
                const std::int64_t us = (runtime::steady_now() - given).count();
                waited_us += us;
                longest_us = std::max(longest_us.load(), us);
            };
            if (!store->append(std::move(writes[next]))) {
                std::printf("the queue is full\n");
                return;
            }
        }
        std::this_thread::sleep_for(10ms);
    }
    store->flush();
    const double took = seconds_since(start);
    std::printf(
        "%.0f events/s, sync %-3s: %.1f ms to durable (longest %.0f ms), %.0f %% of a core\n",
        static_cast<double>(events.size()) / took, sync ? "on" : "off",
        static_cast<double>(waited_us) / static_cast<double>(writes.size()) / 1000,
        static_cast<double>(longest_us) / 1000, (cpu_seconds() - cpu) / took * 100);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string directory = argc > 1 ? argv[1] : "bench-store";
    const int calls = argc > 2 ? std::atoi(argv[2]) : 8'000;
    address = argc > 3 ? argv[3] : "";
    const auto events =
        store::event_stream({.calls = calls, .users = 200, .queues = 20, .apart = 500ms});
    std::printf("%zu events of %d calls\n", events.size(), calls);
    const auto few = static_cast<std::ptrdiff_t>(std::min<std::size_t>(events.size(), 20'000));
    for (const bool sync : {true, false}) {
        flat_out(directory, sync, events);
        paced(directory, sync, {events.begin(), events.begin() + few}, 2'000);
        paced(directory, sync, events, 12'000);
    }
    if (argc < 2) {
        std::filesystem::remove_all(directory);
    }
    return 0;
}
