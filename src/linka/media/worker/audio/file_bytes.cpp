#include "linka/media/worker/audio/file_bytes.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linka::media {

bool FileBytes::open(const std::string& path) {
    // Not blocking: opening a pipe must not hang.
    fd_ = runtime::Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    return fd_ && ::fstat(fd_.get(), &status) == 0 && S_ISREG(status.st_mode);
}

std::size_t FileBytes::read(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::read(fd_.get(), out.data() + done, out.size() - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

void FileBytes::skip(std::int64_t bytes) {
    (void)::lseek(fd_.get(), bytes, SEEK_CUR);
}

}  // namespace linka::media
