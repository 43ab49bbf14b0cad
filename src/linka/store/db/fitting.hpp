// Texts that every database keeps: UTF-8 without a NUL character. Others are refused where they are
// bound, and mended where the journal must not wait for a mistake of ours.
#pragma once

#include "linka/base/result.hpp"

#include <string>
#include <string_view>

namespace linka::store {

[[nodiscard]] bool fits(std::string_view text);

/// `invalid`: a text of this statement does not fit.
Error unfit(std::string_view sql);

/// The text with U+FFFD in place of what does not fit.
std::string fitted(std::string_view text);

}  // namespace linka::store
