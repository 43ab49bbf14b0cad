// multipart/form-data (RFC 7578): some HTTP libraries write every form so, that of signing in, too;
// and pages send files in it.
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/base/result.hpp"

#include <string_view>

namespace linka::api::v6 {

/// The fields in their order, at most pairs_max, what a file's part holds read as text like the
/// others; `content_type` says what divides them. Errors: `invalid`; `full`.
Result<Pairs> parse_multipart(std::string_view content_type, std::string_view body);

/// What the first part holds that is a file, within `body`. Errors: as above; `not_found`.
Result<std::string_view> file_in_multipart(std::string_view content_type, std::string_view body);

}  // namespace linka::api::v6
