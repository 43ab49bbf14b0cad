// Where the store keeps what in its directory, and for whose eyes.
#pragma once

#include "linka/base/result.hpp"

#include <string>

namespace linka::store {

/// Where all that a company has is kept: a directory, and the database in it or elsewhere.
struct Place {
    std::string directory;
    std::string database;  // postgresql://…; empty: a file in the directory

    [[nodiscard]] std::string address() const {
        return database.empty() ? directory + "/linka.db" : database;
    }
};

/// Held by the process that has the directory open for writing.
inline std::string lock_path(const std::string& directory) {
    return directory + "/lock";
}

[[nodiscard]] bool file_exists(const std::string& path);
/// Makes the directory (and its parents) if there is none; only its owner may look into it.
Status make_private_directory(const std::string& path);
/// Makes an empty file if there is none; only its owner may read it.
Status make_private_file(const std::string& path);

}  // namespace linka::store
