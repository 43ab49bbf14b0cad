#include "linka/store/ahead/ahead_log.hpp"

#include "linka/base/text.hpp"
#include "linka/store/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <optional>
#include <random>
#include <utility>

#include <boost/crc.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linka::store {

namespace {

// At the beginning of a file, in the machine's own order of bytes: a log is read where it was
// written.
struct FileHead {
    std::array<char, 8> name{'L', 'i', 'n', 'k', 'a', '-', '1', '\n'};
    std::int64_t id = 0;
    std::uint64_t lot = 0;
};
struct EntryHead {
    std::int64_t number = 0;
    std::uint32_t size = 0;
    std::uint32_t checksum = 0;  // of `lot`, the two before and the body
};

template <typename Head>
void put(std::string& to, const Head& head) {
    std::array<char, sizeof(Head)> bytes{};
    std::memcpy(bytes.data(), &head, sizeof head);
    to.append(bytes.data(), bytes.size());
}

template <typename Head>
std::optional<Head> take(std::string_view& from) {
    if (from.size() < sizeof(Head)) {
        return std::nullopt;
    }
    Head head;
    std::memcpy(&head, from.data(), sizeof head);
    from.remove_prefix(sizeof head);
    return head;
}

std::uint32_t checksum_of(std::uint64_t lot, const EntryHead& head, std::string_view body) {
    boost::crc_32_type crc;
    crc.process_bytes(&lot, sizeof lot);
    crc.process_bytes(&head.number, sizeof head.number);
    crc.process_bytes(&head.size, sizeof head.size);
    crc.process_bytes(body.data(), body.size());
    return crc.checksum();
}

std::string path_of(const std::string& directory, std::size_t index) {
    return directory + "/ahead-" + std::to_string(index);
}

Error failure(const std::string& path) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return fail(full ? ErrorCode::full : ErrorCode::unavailable,
                text::format("{}: {}", path, std::strerror(errno)));
}

Status write_all(const std::string& path, int fd, std::string_view bytes, std::size_t at) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return failure(path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
        at += static_cast<std::size_t>(written);
    }
    return Done{};
}

Result<std::string> read_all(const std::string& path, int fd) {
    struct stat known {};
    if (::fstat(fd, &known) != 0) {
        return failure(path);
    }
    std::string bytes(static_cast<std::size_t>(known.st_size), '\0');
    std::size_t at = 0;
    while (at < bytes.size()) {
        const ssize_t got =
            ::pread(fd, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
        if (got < 0) {
            return failure(path);
        }
        if (got == 0) {
            break;
        }
        at += static_cast<std::size_t>(got);
    }
    bytes.resize(at);
    return bytes;
}

// A file that was made only in part (the disk was full, the process died) is made anew.
Status make_full_length(const std::string& path, int fd, const AheadLog::Options& options) {
    struct stat known {};
    if (::fstat(fd, &known) != 0) {
        return failure(path);
    }
    if (static_cast<std::size_t>(known.st_size) >= options.file_bytes) {
        return Done{};
    }
    if (!options.sync) {
        return ::ftruncate(fd, static_cast<off_t>(options.file_bytes)) == 0 ? Status(Done{})
                                                                            : failure(path);
    }
    // Written, not only reserved: else each append would change what the file system knows of it.
    const std::string zeros(options.file_bytes - static_cast<std::size_t>(known.st_size), '\0');
    const Status written = write_all(path, fd, zeros, static_cast<std::size_t>(known.st_size));
    if (!written) {
        return written;
    }
    return ::fsync(fd) == 0 ? Status(Done{}) : failure(path);
}

// Or the names of files just made could be gone after a loss of power.
Status sync_directory(const std::string& path) {
    const runtime::Fd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return fd && ::fsync(fd.get()) == 0 ? Status(Done{}) : failure(path);
}

std::vector<AheadLog::Entry> entries_in(std::string_view bytes, std::int64_t id) {
    std::vector<AheadLog::Entry> entries;
    const auto file = take<FileHead>(bytes);
    if (!file || file->name != FileHead{}.name || file->id != id) {
        return entries;
    }
    while (const auto head = take<EntryHead>(bytes)) {
        const bool follows = entries.empty() || head->number == entries.back().number + 1;
        if (!follows || head->size > bytes.size() ||
            checksum_of(file->lot, *head, bytes.substr(0, head->size)) != head->checksum) {
            break;
        }
        entries.push_back({head->number, std::string(bytes.substr(0, head->size))});
        bytes.remove_prefix(head->size);
    }
    return entries;
}

}  // namespace

AheadLog::AheadLog(Options options) : options_(std::move(options)) {
}

bool AheadLog::exists(const std::string& directory) {
    return file_exists(path_of(directory, 0));
}

Result<AheadLog> AheadLog::open(Options options) {
    AheadLog log(std::move(options));
    for (std::size_t i = 0; i < log.files_.size(); ++i) {
        File& file = log.files_[i];
        file.path = path_of(log.options_.directory, i);
        file.fd = runtime::Fd(::open(file.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (!file.fd) {
            return failure(file.path);
        }
        const Status made = make_full_length(file.path, file.fd.get(), log.options_);
        if (!made) {
            return made.error();
        }
    }
    const Status named =
        log.options_.sync ? sync_directory(log.options_.directory) : Status(Done{});
    if (!named) {
        return named.error();
    }
    return log;
}

Result<std::vector<AheadLog::Entry>> AheadLog::read(std::int64_t id, std::int64_t taken) {
    std::array<std::vector<Entry>, 2> found;
    for (std::size_t i = 0; i < files_.size(); ++i) {
        const Result<std::string> bytes = read_all(files_[i].path, files_[i].fd.get());
        if (!bytes) {
            return bytes.error();
        }
        found[i] = entries_in(*bytes, id);
    }
    if (!found[0].empty() && !found[1].empty() && found[1][0].number < found[0][0].number) {
        std::swap(found[0], found[1]);
    }
    std::vector<Entry> entries;
    for (std::vector<Entry>& part : found) {
        for (Entry& entry : part) {
            const std::int64_t expected = entries.empty() ? taken + 1 : entries.back().number + 1;
            if (entry.number > expected) {
                return fail(ErrorCode::internal,
                            text::format("{}: entry {} is missing", options_.directory, expected));
            }
            if (entry.number == expected) {
                entries.push_back(std::move(entry));
            }
        }
    }
    return entries;
}

void AheadLog::begin(File& file) {
    lot_ = (std::uint64_t{std::random_device{}()} << 32U) | std::random_device{}();
    file.last = 0;
    at_ = 0;
    added_.clear();
    put(added_, FileHead{.id = id_, .lot = lot_});
}

void AheadLog::restart(std::int64_t id, std::int64_t next) {
    id_ = id;
    next_ = next;
    in_use_ = 0;
    files_[1].last = 0;
    begin(files_[0]);
}

bool AheadLog::add(std::string_view body) {
    EntryHead head{next_, static_cast<std::uint32_t>(body.size()), 0};
    if (body.size() > options_.file_bytes ||
        at_ + added_.size() + sizeof head + body.size() > options_.file_bytes) {
        return false;
    }
    head.checksum = checksum_of(lot_, head, body);
    put(added_, head);
    added_ += body;
    files_[in_use_].last = next_++;
    return true;
}

Status AheadLog::sync() {
    const File& file = files_[in_use_];
    const Status written = write_all(file.path, file.fd.get(), added_, at_);
    if (!written) {
        return written;
    }
    if (options_.sync && ::fdatasync(file.fd.get()) != 0) {
        return failure(file.path);
    }
    at_ += added_.size();
    added_.clear();
    return Done{};
}

bool AheadLog::turn_over(std::int64_t taken) {
    const std::size_t other = 1 - in_use_;
    if (files_[other].last > taken) {
        return false;
    }
    in_use_ = other;
    begin(files_[other]);
    return true;
}

}  // namespace linka::store
