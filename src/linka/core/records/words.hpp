// What names, titles and notes may be made of: the one place, for the core's records and for those
// that it does not decide by.
#pragma once

#include <string_view>

namespace linka::core {

/// `many`: ends of lines and tabs are no faults.
enum class Lines { one, many };

/// Something that is not seen (controls, NUL among them, spaces without a width), or that turns the
/// direction of what follows or stands for itself in no font. Joiners within emoji and scripts are
/// seen by what they do.
bool has_hidden(std::string_view text, Lines lines = Lines::one);
/// Nothing of it is seen: empty, or spaces of whatever kind.
bool is_blank(std::string_view text);
/// Fit for an address and a list of names: 1 to limits::name_bytes_max bytes without spaces,
/// slashes, quotation marks and what is hidden. `.` and `..` mean something else in an address.
bool is_name(std::string_view text);

}  // namespace linka::core
