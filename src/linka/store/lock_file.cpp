#include "linka/store/lock_file.hpp"

#include "linka/base/text.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace linka::store {

namespace {

std::string holder(int fd) {
    std::array<char, 32> buffer{};
    const ssize_t size = ::pread(fd, buffer.data(), buffer.size(), 0);
    const std::string_view said(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return said.empty() ? "another process" : "process " + std::string(text::trim(said));
}

}  // namespace

Result<LockFile> LockFile::take(const std::string& path) {
    runtime::Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd) {
        return fail(ErrorCode::unavailable, text::format("{}: {}", path, std::strerror(errno)));
    }
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::conflict, text::format("{}: in use by {}", path, holder(fd.get())));
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    // The content only helps people; on a full disk the lock still holds.
    if (::ftruncate(fd.get(), 0) != 0 ||
        ::pwrite(fd.get(), pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
        errno = 0;
    }
    return LockFile(std::move(fd));
}

}  // namespace linka::store
