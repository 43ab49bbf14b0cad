// Spoken numbers: which recorded pieces, one after another, say a number in Czech or English.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::media {

/// Names of the prompts that say `value`, "0" to "999999", in `language` (cs or en). A gender may
/// follow after a space: "2 f" (dvě minuty), "1 m" (jeden hovor), "1 n"; without one Czech counts
/// (jedna, dva). Nothing for what cannot be said.
std::optional<std::vector<std::string>> number_prompts(std::string_view value,
                                                       std::string_view language);
/// Digit by digit; also * and #. At most 64.
std::optional<std::vector<std::string>> digit_prompts(std::string_view value);

}  // namespace linka::media
