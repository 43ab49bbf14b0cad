// Letters of people's names without their case, for searching and comparing: SQL and lists in
// memory fold alike, so that both find the same.
#pragma once

#include <string>
#include <string_view>

namespace linka::text {

/// Small letters instead of capitals in Latin, Greek and Cyrillic; everything else, and what is not
/// UTF-8, stays as it is. Accents stay.
std::string fold_case(std::string_view text);

}  // namespace linka::text
