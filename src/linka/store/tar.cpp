#include "linka/store/tar.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linka::store {

namespace {

constexpr std::size_t piece_size = 1 << 20;
constexpr std::int64_t octal_max = 077777777777;  // eleven digits

// Field offsets and lengths of the header.
constexpr std::size_t name_at = 0, name_size = 100;
constexpr std::size_t mode_at = 100, size_at = 124, time_at = 136, sum_at = 148;
constexpr std::size_t type_at = 156, magic_at = 257, prefix_at = 345, prefix_size = 155;
constexpr std::size_t number_size = 12;

Error tar_refused(const std::string& path) {
    const ErrorCode code = errno == ENOSPC ? ErrorCode::full : ErrorCode::unavailable;
    return fail(code, text::format("{}: {}", path, std::strerror(errno)));
}

unsigned checksum(std::string_view block) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < tar_block; ++i) {
        const bool in_sum = i >= sum_at && i < sum_at + 8;
        sum += in_sum ? unsigned{' '} : static_cast<unsigned char>(block[i]);
    }
    return sum;
}

void put(std::array<char, tar_block>& block, std::size_t at, std::string_view text) {
    std::copy(text.begin(), text.end(), block.begin() + static_cast<std::ptrdiff_t>(at));
}

std::string field(std::string_view block, std::size_t at, std::size_t size) {
    const std::string_view raw = block.substr(at, size);
    return std::string(raw.substr(0, raw.find('\0')));
}

// A number as octal digits, or binary if its first byte has the highest bit.
std::optional<std::int64_t> number(std::string_view block, std::size_t at) {
    const std::string_view raw = block.substr(at, number_size);
    std::uint64_t value = 0;
    if (static_cast<unsigned char>(raw[0]) == 0x80) {
        for (std::size_t i = 4; i < number_size; ++i) {
            value = (value << 8U) | static_cast<unsigned char>(raw[i]);
        }
        return value > INT64_MAX ? std::nullopt : std::optional(static_cast<std::int64_t>(value));
    }
    for (const char c : raw) {
        if (c == '\0' || c == ' ') {
            break;
        }
        if (c < '0' || c > '7') {
            return std::nullopt;
        }
        value = value * 8 + static_cast<std::uint64_t>(c - '0');
    }
    return static_cast<std::int64_t>(value);
}

bool stays_inside(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.back() == '/') {
        return false;
    }
    for (const std::string_view part : text::split(name, '/')) {
        if (part.empty() || part == "." || part == "..") {
            return false;
        }
    }
    return true;
}

std::int64_t padding_of(std::int64_t size) {
    constexpr auto block = static_cast<std::int64_t>(tar_block);
    return (block - size % block) % block;
}

}  // namespace

Result<std::array<char, tar_block>> tar_header(const TarEntry& entry) {
    std::array<char, tar_block> block{};
    std::string_view name = entry.name;
    std::string_view prefix;
    if (name.size() > name_size) {
        const std::size_t slash = name.find('/', name.size() - name_size - 1);
        if (slash > prefix_size) {  // npos too
            return fail(ErrorCode::invalid, text::format("{}: name too long", entry.name));
        }
        prefix = name.substr(0, slash);
        name = name.substr(slash + 1);
    }
    put(block, name_at, name);
    put(block, mode_at, "0000600");
    put(block, mode_at + 8, "0000000");   // owner
    put(block, mode_at + 16, "0000000");  // group
    if (entry.size <= octal_max) {
        put(block, size_at, text::format("{:011o}", entry.size));
    } else {
        block[size_at] = static_cast<char>(0x80);
        for (std::size_t i = 0; i < 8; ++i) {
            block[size_at + number_size - 1 - i] =
                static_cast<char>((static_cast<std::uint64_t>(entry.size) >> (8 * i)) & 0xffU);
        }
    }
    put(block, time_at,
        text::format("{:011o}", std::clamp<std::int64_t>(entry.modified, 0, octal_max)));
    block[type_at] = '0';
    put(block, magic_at, std::string_view("ustar\00000", 8));
    put(block, prefix_at, prefix);
    put(block, sum_at, text::format("{:06o}", checksum({block.data(), block.size()})));
    block[sum_at + 7] = ' ';
    return block;
}

Result<std::optional<TarEntry>> read_tar_header(std::string_view block) {
    if (block.size() != tar_block) {
        return fail(ErrorCode::invalid, "a header is a block of 512 bytes");
    }
    if (std::all_of(block.begin(), block.end(), [](char c) { return c == '\0'; })) {
        return std::optional<TarEntry>();
    }
    // Six octal digits, NUL, space.
    std::array<char, tar_block> padded{};
    std::copy_n(block.begin() + sum_at, 8, padded.begin());
    const auto sum = number({padded.data(), padded.size()}, 0);
    if (!sum || *sum != static_cast<std::int64_t>(checksum(block))) {
        return fail(ErrorCode::invalid, "damaged header: wrong sum");
    }
    TarEntry entry;
    const std::string prefix = field(block, prefix_at, prefix_size);
    entry.name = (prefix.empty() ? "" : prefix + "/") + field(block, name_at, name_size);
    const auto size = number(block, size_at);
    const auto modified = number(block, time_at);
    if (!size || !modified) {
        return fail(ErrorCode::invalid, text::format("{}: damaged header", entry.name));
    }
    if (block[type_at] != '0' && block[type_at] != '\0') {
        return fail(ErrorCode::invalid, text::format("{}: not a regular file", entry.name));
    }
    if (!stays_inside(entry.name)) {
        return fail(ErrorCode::invalid, text::format("{}: leads out of the directory", entry.name));
    }
    entry.size = *size;
    entry.modified = *modified;
    return std::optional(std::move(entry));
}

Result<TarWriter> TarWriter::create(const std::string& path) {
    runtime::Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd) {
        return tar_refused(path);
    }
    return TarWriter(std::move(fd), path);
}

Status TarWriter::write(std::string_view data) {
    while (!data.empty()) {
        const ssize_t written = ::write(fd_.get(), data.data(), data.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return tar_refused(path_);
        }
        data.remove_prefix(static_cast<std::size_t>(written));
        bytes_ += written;
    }
    return Done{};
}

Result<bool> TarWriter::add(const std::string& name, const std::string& path) {
    const runtime::Fd from(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!from && errno == ENOENT) {
        return false;
    }
    struct stat status {};
    if (!from || ::fstat(from.get(), &status) != 0) {
        return tar_refused(path);
    }
    const auto header =
        tar_header({.name = name, .size = status.st_size, .modified = status.st_mtim.tv_sec});
    if (!header) {
        return header.error();
    }
    Status done = write({header->data(), header->size()});
    if (done) {
        done = copy(from.get(), status.st_size);
    }
    if (!done) {
        return done.error();
    }
    return true;
}

Status TarWriter::copy(int from, std::int64_t size) {
    std::vector<char> piece(piece_size);
    std::int64_t left = size;
    while (left > 0) {
        const auto wanted = static_cast<std::size_t>(
            std::min<std::int64_t>(left, static_cast<std::int64_t>(piece.size())));
        ssize_t got = ::read(from, piece.data(), wanted);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return tar_refused(path_);
        }
        if (got == 0) {  // it shrank
            std::fill_n(piece.begin(), wanted, '\0');
            got = static_cast<ssize_t>(wanted);
        }
        Status done = write({piece.data(), static_cast<std::size_t>(got)});
        if (!done) {
            return done;
        }
        left -= got;
    }
    const std::array<char, tar_block> zeros{};
    return write({zeros.data(), static_cast<std::size_t>(padding_of(size))});
}

Status TarWriter::finish() {
    const std::array<char, 2 * tar_block> zeros{};
    Status done = write({zeros.data(), zeros.size()});
    if (done && ::fsync(fd_.get()) != 0) {
        return tar_refused(path_);
    }
    return done;
}

Result<TarReader> TarReader::open(const std::string& path) {
    runtime::Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        return tar_refused(path);
    }
    return TarReader(std::move(fd), path);
}

Status TarReader::read_exactly(char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t got = ::read(fd_.get(), data, size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return tar_refused(path_);
        }
        if (got == 0) {
            return fail(ErrorCode::invalid, text::format("{}: ends too early", path_));
        }
        data += got;
        size -= static_cast<std::size_t>(got);
    }
    return Done{};
}

Result<std::optional<TarEntry>> TarReader::next() {
    Status done = read([](std::string_view) -> Status { return Done{}; });
    std::array<char, tar_block> block{};
    if (done) {
        done = read_exactly(block.data(), block.size());
    }
    if (!done) {
        return done.error();
    }
    Result<std::optional<TarEntry>> entry = read_tar_header({block.data(), block.size()});
    if (!entry) {
        return fail(entry.error().code, path_ + ": " + entry.error().text);
    }
    if (*entry) {
        left_ = (*entry)->size;
        padding_ = padding_of(left_);
    }
    return entry;
}

Status TarReader::read(const std::function<Status(std::string_view)>& take) {
    std::vector<char> piece(left_ > 0 ? piece_size : tar_block);
    while (left_ > 0) {
        const auto size = static_cast<std::size_t>(
            std::min<std::int64_t>(left_, static_cast<std::int64_t>(piece.size())));
        Status done = read_exactly(piece.data(), size);
        if (done) {
            done = take({piece.data(), size});
        }
        if (!done) {
            return done;
        }
        left_ -= static_cast<std::int64_t>(size);
    }
    Status done = read_exactly(piece.data(), static_cast<std::size_t>(padding_));
    padding_ = 0;
    return done;
}

}  // namespace linka::store
