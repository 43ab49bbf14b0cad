#include "linka/media/worker/record/spool.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
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

}  // namespace

Result<SpoolWriter> SpoolWriter::create(const std::string& path, const SpoolHeader& header) {
    SpoolWriter writer;
    writer.fd_ =
        runtime::Fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600));
    if (!writer.fd_ || ::flock(writer.fd_.get(), LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::unavailable,
                    text::format("spool file {} cannot be made: {}", path, std::strerror(errno)));
    }
    const std::string text = json::to_text(header);
    std::vector<std::uint8_t> record(3 + text.size());
    if (record.size() > spool_record_max) {
        return fail(ErrorCode::invalid, "the recording's file name is too long");
    }
    store16(record, 0, static_cast<std::uint16_t>(record.size() - 2));
    record[2] = 'H';
    std::copy(text.begin(), text.end(), record.begin() + 3);
    if (!writer.append(record)) {
        return fail(ErrorCode::unavailable, text::format("spool file {} cannot be written: {}",
                                                         path, std::strerror(errno)));
    }
    return writer;
}

bool SpoolWriter::append(std::span<const std::uint8_t> record) {
    if (broken_) {
        return false;
    }
    ssize_t written = -1;
    do {
        written = ::write(fd_.get(), record.data(), record.size());
    } while (written < 0 && errno == EINTR);
    broken_ = written != static_cast<ssize_t>(record.size());
    return !broken_;
}

bool SpoolWriter::packet(int side, Codec codec, const RtpPacket& packet, Duration at) {
    // Written below. NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<std::uint8_t, packet_head + datagram_bytes_max> record;
    const std::size_t length = packet_head + packet.payload.size();
    store16(record, 0, static_cast<std::uint16_t>(length - 2));
    record[2] = 'P';
    record[3] = static_cast<std::uint8_t>(side);
    record[4] = static_cast<std::uint8_t>(codec);
    store64(record, 5, at.count());
    store16(record, 13, packet.sequence);
    store32(record, 15, packet.timestamp);
    store32(record, 19, packet.ssrc);
    std::copy(packet.payload.begin(), packet.payload.end(), record.begin() + packet_head);
    return append(std::span(record).first(length));
}

bool SpoolWriter::end(Duration at) {
    std::array<std::uint8_t, 11> record{};
    store16(record, 0, 9);
    record[2] = 'E';
    store64(record, 3, at.count());
    return append(record);
}

Result<SpoolReader> SpoolReader::open(const std::string& path) {
    SpoolReader reader;
    reader.fd_ = runtime::Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!reader.fd_) {
        return fail(ErrorCode::not_found,
                    text::format("spool file {} cannot be opened: {}", path, std::strerror(errno)));
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
    reader.header_ = std::move(*header);
    return reader;
}

bool SpoolReader::fill(std::size_t bytes) {
    while (buffer_.size() - used_ < bytes) {
        if (used_ > 0) {
            buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
            used_ = 0;
        }
        constexpr std::size_t piece = 32 * 1024;
        const std::size_t had = buffer_.size();
        buffer_.resize(had + piece);
        const ssize_t got = ::read(fd_.get(), buffer_.data() + had, piece);
        buffer_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got <= 0) {
            return false;
        }
    }
    return true;
}

std::span<const std::uint8_t> SpoolReader::next_record() {
    if (corrupt_ || !fill(2)) {
        return {};
    }
    const std::size_t length = load16(buffer_, used_);
    if (length == 0 || length > spool_record_max) {
        corrupt_ = true;
        return {};
    }
    if (!fill(2 + length)) {
        return {};
    }
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
