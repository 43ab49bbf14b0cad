#include "linka/media/worker/record/spool_stage.hpp"

#include "linka/media/worker/record/bus_guard.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include <endian.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linka::media {
namespace {

constexpr std::size_t word_at = SpoolStage::magic.size();
constexpr std::size_t records_at = SpoolStage::bytes - SpoolStage::capacity;
constexpr unsigned used_bits = 16;
static_assert(records_at == word_at + sizeof(std::uint64_t));
static_assert(SpoolStage::capacity < 1U << used_bits);

std::atomic_ref<std::uint64_t> word(std::span<std::uint8_t> window) {
    static_assert(std::atomic_ref<std::uint64_t>::is_always_lock_free);
    // Mapped memory, 8 bytes into a page.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
    return std::atomic_ref(*reinterpret_cast<std::uint64_t*>(window.data() + word_at));
}

}  // namespace

void SpoolStage::Unmap::operator()(std::uint8_t* window) const {
    ::munmap(window, bytes);
}

std::optional<SpoolStage> SpoolStage::map(int fd, int protection) {
    BusGuard::install();
    void* const window = ::mmap(nullptr, bytes, protection, MAP_SHARED | MAP_POPULATE, fd, 0);
    if (window == MAP_FAILED) {
        return std::nullopt;
    }
    SpoolStage stage;
    stage.window_.reset(static_cast<std::uint8_t*>(window));
    return stage;
}

std::optional<SpoolStage> SpoolStage::create(int fd) {
    BusGuard::install();
    // Allocated, so that a disk which is full later takes what is put into the stage.
    int failed = 0;
    do {
        failed = ::fallocate(fd, 0, 0, bytes);
    } while (failed != 0 && errno == EINTR);
    if (failed != 0) {
        return std::nullopt;
    }
    auto stage = map(fd, PROT_READ | PROT_WRITE);
    if (!stage) {
        return std::nullopt;
    }
    const BusGuard guard(stage->window());
    stage->publish();
    std::copy(magic.begin(), magic.end(), stage->window_.get());
    if (guard.failed()) {
        errno = EIO;
        return std::nullopt;
    }
    return stage;
}

bool SpoolStage::unable(int error) {
    // fallocate(2) on such file systems, and mmap(2) on others.
    return error == EOPNOTSUPP || error == ENOSYS || error == ENODEV || error == EINVAL ||
           error == EACCES || error == ENOMEM;
}

std::optional<SpoolStage> SpoolStage::open(int fd) {
    std::array<std::uint8_t, magic.size()> begin{};
    struct stat status {};
    if (::pread(fd, begin.data(), begin.size(), 0) != static_cast<ssize_t>(begin.size()) ||
        begin != magic || ::fstat(fd, &status) != 0 || status.st_size < static_cast<off_t>(bytes)) {
        return std::nullopt;
    }
    return map(fd, PROT_READ);
}

void SpoolStage::publish() {
    word(window()).store(htobe64(level_.base << used_bits | level_.used),
                         std::memory_order_release);
}

bool SpoolStage::append(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body) {
    const BusGuard guard(window());
    std::uint8_t* to = window_.get() + records_at + level_.used;
    std::memcpy(to, head.data(), head.size());
    if (!body.empty()) {
        std::memcpy(to + head.size(), body.data(), body.size());
    }
    level_.used += head.size() + body.size();
    publish();
    return !guard.failed();
}

bool SpoolStage::written() {
    const BusGuard guard(window());
    level_ = {.base = level_.base + level_.used, .used = 0};
    publish();
    // A reader that finds a later record in the place of one that it wanted finds the new base.
    std::atomic_thread_fence(std::memory_order_release);
    return !guard.failed();
}

std::optional<SpoolStage::Level> SpoolStage::look() const {
    const BusGuard guard(window());
    std::atomic_thread_fence(std::memory_order_acquire);
    const std::uint64_t value = be64toh(word(window()).load(std::memory_order_acquire));
    const Level level{.base = value >> used_bits, .used = value & ((1U << used_bits) - 1)};
    if (guard.failed() || level.base < bytes || level.used > capacity) {
        return std::nullopt;
    }
    return level;
}

bool SpoolStage::copy(std::size_t from, std::span<std::uint8_t> out) const {
    const BusGuard guard(window());
    std::memcpy(out.data(), window_.get() + records_at + from, out.size());
    return !guard.failed();
}

}  // namespace linka::media
