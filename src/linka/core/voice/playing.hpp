// What somebody hears who is not talking.
#pragma once

#include "linka/base/describe.hpp"

#include <string>

namespace linka::core {

enum class PlayKind { prompt, tone, music, position };
LINKA_DESCRIBE_ENUM(PlayKind, prompt, tone, music, position)

/// `name`: of the prompt, the tone or the music; of a position in a queue the number.
struct Playing {
    PlayKind kind = PlayKind::prompt;
    std::string name;
    bool operator==(const Playing&) const = default;
};
LINKA_DESCRIBE(Playing, (kind, name))

}  // namespace linka::core
