#include "linka/app/demo/kept_background.hpp"

#include "linka/base/json_read.hpp"

#include <algorithm>

namespace linka::app {

std::string to_text(const KeptBackground& background) {
    return json::to_text(background);
}

KeptBackground background_from_text(std::string_view text) {
    auto read = json::from_text<KeptBackground>(text, json::Unknown::ignore);
    if (!read) {
        return {};
    }
    read->callers_per_hour =
        std::clamp(read->callers_per_hour, callers_per_hour_min, callers_per_hour_max);
    return *read;
}

}  // namespace linka::app
