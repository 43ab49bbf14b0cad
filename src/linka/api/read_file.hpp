// Small files of the installation: certificates, time zones.
#pragma once

#include <string>

namespace linka::api {

/// The whole file; empty if it cannot be read.
std::string read_file(const std::string& path);

}  // namespace linka::api
