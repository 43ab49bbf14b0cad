// An entry of the change log: who asked for what.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/ids.hpp"

#include <cstdint>
#include <string>

namespace linka::store {

/// `model`, `name`, `title`: the record that was changed, its fields `before` and `after` as JSON
/// objects; all empty where something else is noted. `takes_back`: the entry that this one takes
/// back, which is marked with it.
struct Change {
    Instant at;
    core::UserId who;         // asked for it
    std::string access = {};  // that they had then
    std::string origin = {};  // the address that they asked from
    std::string what = {};
    std::string detail = {};
    std::string model = {};
    std::string name = {};
    std::string title = {};
    std::string before = {};
    std::string after = {};
    std::string titles = {};  // of the records that the fields name, by model and name: JSON
    std::int64_t takes_back = 0;
};

}  // namespace linka::store
