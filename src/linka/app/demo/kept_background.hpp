// The position of the switch "background traffic", which outlives the server.
#pragma once

#include "linka/app/demo/traffic.hpp"
#include "linka/base/json_write.hpp"

#include <string>
#include <string_view>

namespace linka::app {

/// The background as it is kept in the store, and back; what cannot be read is off.
struct KeptBackground {
    bool on = false;
    int callers_per_hour = callers_per_hour_default;
    std::string language = "cs";
};
LINKA_DESCRIBE(KeptBackground, (on, callers_per_hour, language))
std::string to_text(const KeptBackground& background);
KeptBackground background_from_text(std::string_view text);

}  // namespace linka::app
