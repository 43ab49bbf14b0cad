// A key of the server's own, made the first time and then kept: what is signed or hashed with it is
// known again after a restart, and means nothing to anybody else.
#pragma once

#include "linka/base/result.hpp"
#include "linka/store/store.hpp"

#include <string>
#include <string_view>

namespace linka::api {

/// A secret of kind "key". Errors: those of the store.
Result<std::string> kept_key(store::Store& store, std::string_view name);

}  // namespace linka::api
