#include "linka/store/db/db.hpp"

#include "linka/store/db/address.hpp"
#include "linka/store/db/postgres/postgres_db.hpp"
#include "linka/store/db/sqlite/sqlite_db.hpp"

namespace linka::store {

namespace {

template <typename Backend>
Result<std::unique_ptr<Db>> opened(Result<std::unique_ptr<Backend>> db) {
    if (!db) {
        return db.error();
    }
    return std::unique_ptr<Db>(std::move(*db));
}

}  // namespace

Result<std::unique_ptr<Db>> Db::open(const Options& options) {
    return is_server(options.address) ? opened(PostgresDb::open(options))
                                      : opened(SqliteDb::open(options));
}

Status Db::take_error() {
    if (error_) {
        return *std::exchange(error_, std::nullopt);
    }
    return Done{};
}

void Db::fail_with(Error error) {
    if (!error_) {
        error_ = std::move(error);
    }
}

}  // namespace linka::store
