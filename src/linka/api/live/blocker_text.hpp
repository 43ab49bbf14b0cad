// What a blocker means and how to mend it, for people: the only place with these words.
#pragma once

#include "linka/api/site.hpp"
#include "linka/core/blocker.hpp"

#include <string>
#include <vector>

namespace linka::api {

/// A blocker as the API shows it.
struct BlockerText {
    std::string code;
    std::string text;
    std::string fix;
    std::vector<std::string> subjects;
};
LINKA_DESCRIBE(BlockerText, (code, text, fix, subjects))

BlockerText describe(const core::Blocker& blocker, Language language);
std::vector<BlockerText> describe(const std::vector<core::Blocker>& blockers, Language language);

}  // namespace linka::api
