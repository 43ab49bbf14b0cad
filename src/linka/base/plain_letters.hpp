// Letters without case and accents, for searches: who types "rehor" means Řehoř. SQL and lists in
// memory do the same, so that both find the same.
#pragma once

#include <string>
#include <string_view>

namespace linka::text {

/// fold_case(), and Latin letters up to U+017F without what stands over or under them; marks on
/// their own (U+0300 to U+036F) go. Letters that are no others with a mark (ł, ø, ß) stay.
std::string plain_letters(std::string_view text);

}  // namespace linka::text
