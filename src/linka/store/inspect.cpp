#include "linka/store/inspect.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/store/db/db.hpp"
#include "linka/store/files.hpp"

#include <array>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace linka::store {

int running_process(const std::string& directory) {
    const runtime::Fd fd(::open(lock_path(directory).c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || ::flock(fd.get(), LOCK_SH | LOCK_NB) == 0) {
        return 0;
    }
    std::array<char, 32> buffer{};
    const ssize_t size = ::pread(fd.get(), buffer.data(), buffer.size(), 0);
    const std::string_view said(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return static_cast<int>(text::to_int(text::trim(said)).value_or(0));
}

Status reach_database(const Place& place) {
    const auto db = Db::open({.address = place.address(), .mode = Db::Mode::read_only});
    return db ? Status(Done{}) : db.error();
}

Result<core::Settings> read_settings(const Place& place) {
    auto db = Db::open({.address = place.address(), .mode = Db::Mode::read_only});
    if (!db) {
        return db.error();
    }
    Stmt saved = (*db)->prepare("SELECT body FROM settings WHERE id = 1");
    if (!saved.step()) {
        return fail(ErrorCode::not_found, "no settings were saved yet");
    }
    return json::from_text<core::Settings>(saved.text(0), json::Unknown::ignore);
}

std::string read_side(const Place& place, std::string_view kind, std::string_view name) {
    auto db = Db::open({.address = place.address(), .mode = Db::Mode::read_only});
    if (!db) {
        return {};
    }
    Stmt saved = (*db)->prepare("SELECT body FROM side WHERE kind = ? AND name = ?");
    saved.bind(kind).bind(name);
    return saved.step() ? std::string(saved.text(0)) : std::string();
}

}  // namespace linka::store
