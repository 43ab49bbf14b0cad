// For tests: a directory that is gone afterwards, a place that is there on the database that the
// tests run on, and a store's events written in one go.
#pragma once

#include "linka/store/db/db.hpp"
#include "linka/store/files.hpp"
#include "linka/store/store.hpp"

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace linka::store {

class TestDirectory {
  public:
    TestDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "linka-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data()) == nullptr ? "" : pattern;
    }
    ~TestDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestDirectory(const TestDirectory&) = delete;
    TestDirectory& operator=(const TestDirectory&) = delete;

    [[nodiscard]] std::string operator/(const std::string& name) const {
        return path_ + "/" + name;
    }

  private:
    std::string path_;
};

/// The directory, and its database: a schema of the server that LINKA_TEST_POSTGRES names, if it
/// does, else a file.
inline Place place(const std::string& directory) {
    const char* const server = std::getenv("LINKA_TEST_POSTGRES");
    if (server == nullptr) {
        return {directory, {}};
    }
    const std::string schema = "t" + std::to_string(std::hash<std::string>{}(directory));
    const auto db = Db::open({.address = server});
    EXPECT_TRUE(db.ok()) << (db.ok() ? "" : db.error().text);
    EXPECT_TRUE((*db)->exec("CREATE SCHEMA IF NOT EXISTS " + schema).ok());
    return {directory, std::string(server) + "&options=-csearch_path%3D" + schema};
}

/// For tests of what only a file does.
#define LINKA_NEEDS_FILE()                               \
    if (std::getenv("LINKA_TEST_POSTGRES") != nullptr) { \
        GTEST_SKIP() << "of a database in a file only";  \
    }                                                    \
    static_assert(true)
/// For tests of what only a server does.
#define LINKA_NEEDS_POSTGRES()                               \
    if (std::getenv("LINKA_TEST_POSTGRES") == nullptr) {     \
        GTEST_SKIP() << "wants tests/postgres.py around it"; \
    }                                                        \
    static_assert(true)

/// The store there, opened; null (and a failed test) if it cannot be.
inline std::unique_ptr<Store> opened(const Options& options) {
    Result<std::unique_ptr<Store>> store = Store::open(options);
    EXPECT_TRUE(store.ok()) << (store.ok() ? "" : store.error().text);
    return store.ok() ? std::move(*store) : nullptr;
}
inline std::unique_ptr<Store> opened(const std::string& directory) {
    return opened(Options{
        .directory = directory, .database = place(directory).database, .sync = false, .clock = {}});
}

/// Appends the records in writes of `size` events and waits for the disk.
inline bool append_all(Store& store, const std::vector<core::Record>& records,
                       std::size_t size = 7) {
    for (std::size_t i = 0; i < records.size(); i += size) {
        Write write;
        for (std::size_t j = i; j < std::min(records.size(), i + size); ++j) {
            write.events.push_back(records[j]);
        }
        if (!store.append(std::move(write))) {
            return false;
        }
    }
    store.flush();
    return store.trouble().empty();
}

}  // namespace linka::store
