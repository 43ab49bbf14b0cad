// What a run of the load generator found, as it is printed.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/time.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace linka::bench {

/// A distribution; milliseconds.
struct Spread {
    std::int64_t count = 0;
    double p50 = 0;
    double p99 = 0;
    double max = 0;
};
Spread spread_of(std::vector<Duration> samples);

struct RtpFigures {
    std::int64_t streams = 0;  // each direction of a call is one
    std::int64_t sent = 0;     // while both sides talked
    std::int64_t received = 0;
    std::int64_t lost = 0;    // holes in the sequence numbers
    std::int64_t silent = 0;  // streams of which nothing arrived
    double gap_ms = 0;        // longest between two packets of a stream
};

struct Figures {
    std::int64_t devices = 0;  // registered
    double register_s = 0;
    std::int64_t tried = 0;
    std::int64_t answered = 0;   // the caller got 200
    std::int64_t connected = 0;  // an agent picked up
    std::int64_t finished = 0;   // answered and ended as planned
    std::map<std::string, std::int64_t>
        failed;                // status, `timeout`, `lost` (the server hung up), `open`
    double took_s = 0;         // first INVITE to the end of the last call
    double rate = 0;           // calls a second really started
    Spread set_up_ms;          // caller: INVITE to 200
    Spread post_dial_ms;       // caller's INVITE to an agent's INVITE for it
    Spread free_to_next_ms;    // an agent's call ended to its next INVITE, if callers waited
    Spread hang_up_ms;         // BYE of one side to BYE at the other
    std::int64_t repeats = 0;  // messages that we sent again
    std::int64_t strays = 0;   // messages that belong to nothing
    double generator_cpu_s = 0;
    RtpFigures rtp;
};

LINKA_DESCRIBE(Spread, (count, p50, p99, max))
LINKA_DESCRIBE(RtpFigures, (streams, sent, received, lost, silent, gap_ms))
LINKA_DESCRIBE(Figures, (devices, register_s, tried, answered, connected, finished, failed, took_s,
                         rate, set_up_ms, post_dial_ms, free_to_next_ms, hang_up_ms, repeats,
                         strays, generator_cpu_s, rtp))

}  // namespace linka::bench
