// What the command line of bench_sip_load says.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <span>
#include <string>
#include <vector>

namespace linka::bench {

/// A telephone to register: SIP user name and password.
struct Device {
    std::string name;
    std::string password;
};

struct Options {
    std::string address = "127.0.0.1";  // of the server, IPv4
    int port = 5060;
    std::string number;           // dialled; empty: register only
    double rate = 10;             // calls a second
    int calls = 0;                // how many; 0: `seconds` x `rate`
    Duration time = 10s;          // how long calls are started, if `calls` is 0
    Duration talk = 1s;           // from the agent's ACK (without devices: the caller's 200)
    Duration ring = 0s;           // from an agent's 180 to its 200
    Duration drain = 60s;         // after the last call was started; then what is open has failed
    Duration hold = 0s;           // after registering, before the first call
    bool agent_hangs_up = false;  // else the caller does
    bool rtp = false;
    std::vector<Device> devices;
    int phones_port = 0;  // of the telephones; a new run on the same port replaces their contacts
};

/// `--name value` pairs and `--rtp`; the error is a line for people.
Result<Options> parse_options(std::span<char* const> arguments);
extern const char* const usage;

}  // namespace linka::bench
