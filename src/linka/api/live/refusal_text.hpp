// What is wrong with a field, in the reader's language. The core says it in English, so that logs
// and tests read alike; here is the Czech of every such sentence.
#pragma once

#include "linka/api/site.hpp"

#include <string>
#include <string_view>

namespace linka::api {

/// `text` in the language; as it is where there is no translation.
std::string refusal_text(std::string_view text, Language language);

}  // namespace linka::api
