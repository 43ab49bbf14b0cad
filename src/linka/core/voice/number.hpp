// How telephone numbers are written, so that one customer is one customer whatever a trunk or a
// person writes. Knows no right and no record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linka::core {

/// The number in the form that everything here is stored and compared in: 00, country code,
/// subscriber ("00420777123456"), made of +420…, 00420…, 420… and the nine digits of the national
/// form, with or without separators. `country`: the instance's code, "420". Short numbers and
/// extensions stay digits as they are; a withheld one ("anonymous", "private", …) is empty; what is
/// no number (a SIP user's name) stays as it came.
std::string normal_number(std::string_view written, std::string_view country);

/// The ways in which rules may name this caller: as it came, in the normal form, and as it is
/// dialled within the country.
std::vector<std::string> forms_of(std::string_view written, std::string_view country);

}  // namespace linka::core
