#include "linka/store/files.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

namespace linka::store {

namespace {

Error refused(const std::string& path) {
    return fail(ErrorCode::unavailable, text::format("{}: {}", path, std::strerror(errno)));
}

}  // namespace

bool file_exists(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

Status make_private_directory(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) {
        return fail(ErrorCode::unavailable, text::format("{}: {}", path, error.message()));
    }
    if (::chmod(path.c_str(), 0700) != 0) {
        return refused(path);
    }
    return Done{};
}

Status make_private_file(const std::string& path) {
    const runtime::Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd || ::fchmod(fd.get(), 0600) != 0) {
        return refused(path);
    }
    return Done{};
}

}  // namespace linka::store
