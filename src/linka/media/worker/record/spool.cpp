#include "linka/media/worker/record/spool.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/uio.h>
#include <unistd.h>

namespace linka::media {
namespace {

constexpr std::size_t packet_head = 2 + 1 + 1 + 1 + 8 + 2 + 4 + 4;

void store64(std::span<std::uint8_t> bytes, std::size_t at, std::int64_t value) {
    store32(bytes, at, static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
    store32(bytes, at + 4, static_cast<std::uint32_t>(value));
}

std::int64_t load64(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::int64_t>((std::uint64_t{load32(bytes, at)} << 32) |
                                     load32(bytes, at + 4));
}

// Longer than any recording; a larger number is rubbish.
constexpr std::int64_t at_max = std::int64_t{24} * 3600 * 1'000'000;

// Two seconds of two G.711 sides.
constexpr std::size_t read_at_once = std::size_t{32} * 1024;
static_assert(read_at_once >= 2 + spool_record_max);
static_assert(read_at_once >= SpoolStage::capacity);

bool write_whole(int fd, std::span<const std::uint8_t> head, std::span<const std::uint8_t> body) {
    // The system's interface lacks the const.
    const std::array<iovec, 2> parts = {iovec{const_cast<std::uint8_t*>(head.data()), head.size()},
                                        iovec{const_cast<std::uint8_t*>(body.data()), body.size()}};
    ssize_t written = -1;
    do {
        written = ::writev(fd, parts.data(), parts.size());
    } while (written < 0 && errno == EINTR);
    return written == static_cast<ssize_t>(head.size() + body.size());
}

std::filesystem::path directory_of(const std::string& path) {
    std::error_code failure;
    return std::filesystem::absolute(path, failure).parent_path().lexically_normal();
}

}  // namespace

Result<SpoolWriter> SpoolWriter::create(const std::string& path, const SpoolHeader& header) {
    const auto refuse = [&path](const char* what) {
        const int error = errno;
        ::unlink(path.c_str());
        return fail(ErrorCode::unavailable, text::format("spool file {} cannot be {}: {}", path,
                                                         what, std::strerror(error)));
    };
    SpoolHeader kept = header;
    kept.file = std::filesystem::path(header.file).lexically_relative(directory_of(path)).string();
    const std::string text = json::to_text(kept);
    std::vector<std::uint8_t> record(3 + text.size());
    if (record.size() > spool_record_max) {
        return fail(ErrorCode::invalid, "the recording's file name is too long");
    }
    store16(record, 0, static_cast<std::uint16_t>(record.size() - 2));
    record[2] = 'H';
    std::copy(text.begin(), text.end(), record.begin() + 3);
    SpoolWriter writer;
    writer.fd_ = runtime::Fd(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!writer.fd_) {
        return fail(ErrorCode::unavailable,
                    text::format("spool file {} cannot be made: {}", path, std::strerror(errno)));
    }
    if (::flock(writer.fd_.get(), LOCK_EX | LOCK_NB) != 0) {
        return refuse("locked");
    }
    writer.stage_ = SpoolStage::create(writer.fd_.get());
    if (!writer.stage_ && (!SpoolStage::unable(errno) || ::ftruncate(writer.fd_.get(), 0) != 0)) {
        return refuse("made");
    }
    if (!writer.append(record, {})) {
        return refuse("written");
    }
    return writer;
}

bool SpoolWriter::append(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body) {
    if (broken_) {
        return false;
    }
    const std::size_t bytes = head.size() + body.size();
    if (!stage_) {
        broken_ = !write_whole(fd_.get(), head, body);
    } else if (stage_->level().used + bytes > SpoolStage::capacity) {
        broken_ = !flush() || !stage_->append(head, body);
    } else {
        broken_ = !stage_->append(head, body);
    }
    return !broken_;
}

bool SpoolWriter::flush() {
    const auto records = stage_->records();
    ssize_t written = -1;
    do {
        written = ::pwrite(fd_.get(), records.data(), records.size(),
                           static_cast<off_t>(stage_->level().base));
    } while (written < 0 && errno == EINTR);
    return written == static_cast<ssize_t>(records.size()) && stage_->written();
}

bool SpoolWriter::packet(int side, Codec codec, const RtpPacket& packet, Duration at) {
    // Written below. NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<std::uint8_t, packet_head> head;
    store16(head, 0, static_cast<std::uint16_t>(packet_head - 2 + packet.payload.size()));
    head[2] = 'P';
    head[3] = static_cast<std::uint8_t>(side);
    head[4] = static_cast<std::uint8_t>(codec);
    store64(head, 5, at.count());
    store16(head, 13, packet.sequence);
    store32(head, 15, packet.timestamp);
    store32(head, 19, packet.ssrc);
    return append(head, packet.payload);
}

bool SpoolWriter::end(Duration at) {
    std::array<std::uint8_t, 11> record{};
    store16(record, 0, 9);
    record[2] = 'E';
    store64(record, 3, at.count());
    return append(record, {});
}

Result<SpoolReader> SpoolReader::open(const std::string& path) {
    SpoolReader reader;
    reader.fd_ = runtime::Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!reader.fd_) {
        return fail(ErrorCode::not_found,
                    text::format("spool file {} cannot be opened: {}", path, std::strerror(errno)));
    }
    reader.stage_ = SpoolStage::open(reader.fd_.get());
    if (reader.stage_) {
        reader.place_ = SpoolStage::bytes;
    }
    const auto record = reader.next_record();
    if (record.empty() || record[0] != 'H') {
        return fail(ErrorCode::invalid, text::format("spool file {} has no header", path));
    }
    const std::string text(record.begin() + 1, record.end());
    auto header = json::from_text<SpoolHeader>(text, json::Unknown::ignore);
    if (!header) {
        return header.error();
    }
    if (header->version != 1 || (header->rate != 8000 && header->rate != 16000)) {
        return fail(ErrorCode::invalid, text::format("spool file {} is not of this version", path));
    }
    header->file = (directory_of(path) / header->file).lexically_normal().string();
    reader.header_ = std::move(*header);
    return reader;
}

bool SpoolReader::fill() {
    buffer_.resize(read_at_once);
    used_ = 0;
    whole_ = whole_records(stage_ ? read_staged() : read_file(buffer_.size()));
    place_ += whole_;
    return whole_ > 0;
}

std::size_t SpoolReader::read_staged() {
    auto level = stage_->look();
    while (level && place_ >= level->base) {
        const std::uint64_t from = place_ - level->base;
        if (from > level->used) {
            break;
        }
        const std::size_t bytes = level->used - from;
        const bool copied = stage_->copy(from, std::span(buffer_).first(bytes));
        const auto after = copied ? stage_->look() : std::nullopt;
        if (after && after->base == level->base) {
            return bytes;
        }
        // The stage was emptied meanwhile, so that what is wanted is in the file now.
        level = after;
    }
    if (!level || place_ >= level->base) {
        corrupt_ = true;
        return 0;
    }
    return read_file(std::min<std::uint64_t>(buffer_.size(), level->base - place_));
}

std::size_t SpoolReader::read_file(std::size_t bytes_max) {
    ssize_t got = -1;
    do {
        got = ::pread(fd_.get(), buffer_.data(), bytes_max, static_cast<off_t>(place_));
    } while (got < 0 && errno == EINTR);
    return static_cast<std::size_t>(std::max<ssize_t>(got, 0));
}

std::size_t SpoolReader::whole_records(std::size_t bytes) {
    std::size_t whole = 0;
    while (whole + 2 <= bytes) {
        const std::size_t length = load16(buffer_, whole);
        if (length == 0 || length > spool_record_max) {
            corrupt_ = true;
            break;
        }
        if (whole + 2 + length > bytes) {
            break;
        }
        whole += 2 + length;
    }
    return whole;
}

std::span<const std::uint8_t> SpoolReader::next_record() {
    if (used_ == whole_ && (corrupt_ || !fill())) {
        return {};
    }
    const std::size_t length = load16(buffer_, used_);
    const auto record = std::span<const std::uint8_t>(buffer_).subspan(used_ + 2, length);
    used_ += 2 + length;
    return record;
}

SpoolReader::Kind SpoolReader::next(SpoolPacket& packet, Duration& at) {
    const auto record = next_record();
    if (record.empty()) {
        return Kind::nothing;
    }
    if (record[0] == 'E' && record.size() == 9) {
        at = Duration(std::clamp<std::int64_t>(load64(record, 1), 0, at_max));
        return Kind::end;
    }
    if (record[0] != 'P' || record.size() < packet_head - 2 || record[1] > 1 ||
        record[2] >= codec_count) {
        corrupt_ = true;
        used_ = whole_;
        return Kind::nothing;
    }
    packet.side = record[1];
    packet.codec = static_cast<Codec>(record[2]);
    packet.at = Duration(std::clamp<std::int64_t>(load64(record, 3), 0, at_max));
    packet.sequence = load16(record, 11);
    packet.timestamp = load32(record, 13);
    packet.ssrc = load32(record, 17);
    packet.payload = record.subspan(packet_head - 2);
    at = packet.at;
    return Kind::packet;
}

std::optional<runtime::Fd> lock_spool(const std::string& path) {
    runtime::Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        return std::nullopt;
    }
    return fd;
}

}  // namespace linka::media
