// What is written about work, by its user or for them: title, note, statuses and the like. Nothing
// of it decides anything.
#pragma once

#include "linka/base/json_write.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linka::core {

/// What is not given stays as it is.
struct Description {
    std::optional<std::string> title{};
    std::optional<std::string> note{};
    std::optional<std::vector<std::string>> statuses{};  // all of them, by name
    std::optional<bool> important{};
    std::optional<int> priority{};
    std::optional<json::Raw> options{};  // an array or an object; what for is its writers' business

    bool operator==(const Description&) const = default;
};
LINKA_DESCRIBE(Description, (title, note, statuses, important, priority, options))

}  // namespace linka::core
