// A telephone that asks to register in a device's name and never answers the challenge, as the API
// is told of it.
#pragma once

#include "linka/base/time.hpp"

#include <functional>
#include <map>
#include <string>

namespace linka::api {

struct SilentTelephone {
    int times = 0;  // that it asked
    Instant since;
    Instant last;
    std::string address;
    std::string user_agent;
};

/// By device. Called on any thread.
using SilentTelephones = std::function<std::map<std::string, SilentTelephone>()>;

}  // namespace linka::api
