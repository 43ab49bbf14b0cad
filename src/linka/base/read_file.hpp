// Small files of the installation: certificates, time zones, notes.
#pragma once

#include <string>

namespace linka {

/// The whole file; empty if it cannot be read.
std::string read_file(const std::string& path);

}  // namespace linka
