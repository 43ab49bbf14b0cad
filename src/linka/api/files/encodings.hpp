// Accept-Encoding (RFC 9110 §12.5.3) and If-None-Match (§13.1.2), as far as files need them.
#pragma once

#include <string_view>

namespace linka::api {

/// The client takes `coding`: by its name or by "*", unless its weight is 0.
bool accepts_encoding(std::string_view header, std::string_view coding);
/// The list of entity tags names `tag` (quoted), strong or weak, or is "*".
bool names_tag(std::string_view header, std::string_view tag);

}  // namespace linka::api
