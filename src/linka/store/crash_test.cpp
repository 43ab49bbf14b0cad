// Goal: whenever the process dies, what is found is whole. Method: a child appends a stream as fast
// as it can, each write with a side record that names its last event and an entry of the change
// log, and is killed at a moment that differs from round to round; the next child goes on where the
// journal ends.
#include "linka/core/core.hpp"
#include "linka/store/audit.hpp"
#include "linka/store/reader.hpp"
#include "linka/store/testing/event_stream.hpp"
#include "linka/store/testing/test_directory.hpp"

#include <csignal>
#include <random>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace linka::store {
namespace {

constexpr std::size_t write_size = 5;

Options options(const std::string& directory, bool sync) {
    return {
        .directory = directory, .database = place(directory).database, .sync = sync, .clock = {}};
}

// Its text after a journey through the journal: reading may move a double by its last bit.
std::string as_read(const core::Event& event) {
    const Result<core::Event> read = core::event_from_text(core::event_text(event));
    EXPECT_TRUE(read.ok());
    return read ? core::event_text(*read) : std::string();
}

// Of the change log; each is there once.
std::int64_t entries(Store& store) {
    const auto reader = store.reader();
    Query query;
    query.take = 1;
    const auto page = (*reader)->list(Model::audit, query);
    return page ? page->total : -1;
}

// In the child: appends from the journal's end, says through `durable` what was confirmed.
[[noreturn]] void append_until_killed(const std::string& directory, bool sync,
                                      const std::vector<core::Record>& events,
                                      volatile std::int64_t* durable) {
    auto store = Store::open(options(directory, sync));
    if (!store.ok()) {
        ::_exit(3);
    }
    const Result<Loaded> loaded = (*store)->load();
    std::size_t next = loaded.ok() ? loaded->events.size() : 0;
    while (next < events.size()) {
        Write write;
        for (std::size_t i = 0; i < write_size && next < events.size(); ++i) {
            write.events.push_back(events[next++]);
        }
        const std::int64_t seq = write.events.back().seq;
        write.side = {{"last", "seq", std::to_string(seq)}};
        write.changes = {{.at = write.events.back().at, .who = core::UserId{seq}, .what = "x"}};
        write.kept = [durable, seq] { *durable = seq; };
        if (!(*store)->append(std::move(write))) {
            (*store)->flush();
        }
    }
    (*store)->flush();
    ::_exit(0);
}

TEST(Crash, LeavesAWholePrefixAndEqualProjections) {
    const TestDirectory directory;
    const std::vector<core::Record> events = event_stream({.calls = 1500, .users = 12});
    const auto total = static_cast<std::int64_t>(events.size());
    void* shared = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    auto* durable = static_cast<volatile std::int64_t*>(shared);
    *durable = 0;
    std::mt19937 random(7);
    int killed = 0;
    bool complete = false;
    for (int round = 0; round < 10 && !complete; ++round) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            append_until_killed(directory / "data", round % 2 == 0, events, durable);
        }
        // Death comes some events further on, in whatever the writer is doing then.
        const std::int64_t until = *durable + 1 + static_cast<std::int64_t>(random() % 3000);
        siginfo_t ended{};
        while (*durable < until && ended.si_pid == 0) {
            ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
        }
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        complete = WIFEXITED(status);
        ASSERT_TRUE(!complete || WEXITSTATUS(status) == 0);
        killed += complete ? 0 : 1;

        auto store = Store::open(options(directory / "data", false));
        ASSERT_TRUE(store.ok()) << store.error().text;
        const Result<Loaded> loaded = (*store)->load();  // names gaps
        ASSERT_TRUE(loaded.ok()) << loaded.error().text;
        const auto size = static_cast<std::int64_t>(loaded->events.size());
        EXPECT_GE(size, *durable);  // what was confirmed is there
        // Writes are found whole; the last one of the stream may be a short one.
        EXPECT_TRUE(size % static_cast<std::int64_t>(write_size) == 0 || size == total) << size;
        EXPECT_EQ(entries(**store), (size + 4) / static_cast<std::int64_t>(write_size));
        if (size > 0) {
            EXPECT_EQ(loaded->side.at({"last", "seq"}), std::to_string(size));
            EXPECT_EQ(core::event_text(loaded->events.back().event),
                      as_read(events[static_cast<std::size_t>(size) - 1].event));
        }
        EXPECT_TRUE(!complete || size == total) << size;
        const Result<AuditReport> report = audit(place(directory / "data"));
        ASSERT_TRUE(report.ok()) << report.error().text;
        EXPECT_TRUE(report->equal()) << report->differences.front();
        EXPECT_EQ(report->events, size);
    }
    EXPECT_GE(killed, 2);
    ::munmap(shared, 4096);
}

}  // namespace
}  // namespace linka::store
