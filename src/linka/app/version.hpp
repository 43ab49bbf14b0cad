// The version of this build.
#pragma once

namespace linka::app {

constexpr const char* version = "0.1.0";

}  // namespace linka::app
