// Where the store keeps what in its directory, and for whose eyes.
#pragma once

#include "linka/base/result.hpp"

#include <string>

namespace linka::store {

inline std::string database_path(const std::string& directory) {
    return directory + "/linka.db";
}

/// Held by the process that has the directory open for writing.
inline std::string lock_path(const std::string& directory) {
    return directory + "/lock";
}

/// Makes the directory (and its parents) if there is none; only its owner may look into it.
Status make_private_directory(const std::string& path);
/// Makes an empty file if there is none; only its owner may read it.
Status make_private_file(const std::string& path);

}  // namespace linka::store
