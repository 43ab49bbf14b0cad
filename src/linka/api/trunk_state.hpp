// What is known of a trunk that registers or is asked whether it is there, as the API is told.
#pragma once

#include "linka/base/time.hpp"

#include <functional>
#include <map>
#include <string>

namespace linka::api {

struct TrunkState {
    bool registers = false;
    bool registered = false;
    bool asked = false;  // whether it is there
    bool reachable = false;
    int rtt_ms = 0;
    int status = 0;           // SIP status of what is wrong; 408: no answer; 0: nothing is wrong
    bool no_address = false;  // the name of its host cannot be looked up
    Instant since;
};

/// By trunk. Called on any thread.
using TrunkStates = std::function<std::map<std::string, TrunkState>()>;

}  // namespace linka::api
