// The version of this build.
#pragma once

namespace linka::app {

constexpr const char* version = LINKA_VERSION;

}  // namespace linka::app
