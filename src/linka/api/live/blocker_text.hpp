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
/// The same for one reader: of the records that are in the way those that they may read are named,
/// the rest are counted.
std::vector<BlockerText> describe(const std::vector<core::Blocker>& blockers, Language language,
                                  const Records& records,
                                  const std::shared_ptr<const core::User>& reader);

}  // namespace linka::api
