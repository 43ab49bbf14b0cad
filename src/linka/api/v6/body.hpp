// The body (or query) of a v6 write as one JSON object, however the client sent it: JSON, or a form
// of either encoding, also with PHP-style nested keys (a[b][0]=c).
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/base/json_read.hpp"
#include "linka/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// The steps of a nested key: `a[b][]` is a, b and an empty one. None if it is malformed or deeper
/// than 10 levels.
std::vector<std::string> key_steps(std::string_view key);

/// Nested keys put together: objects, or arrays where all keys are `[]` or 0…n.
Result<json::Object> nest(const Pairs& pairs);

/// The body by its shape and Content-Type; if it is empty, the query's parameters. `accessToken`
/// and `_method` are left out.
Result<json::Object> read_body(const Request& request);

}  // namespace linka::api::v6
