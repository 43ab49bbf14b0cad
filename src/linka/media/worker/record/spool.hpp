// The spool file of a recording: what both sides said, packet by packet, as it came. Each record is
// one write(), so that a killed worker loses nothing that it had received; a half-written last
// record is passed over.
//
// Layout: records of a 2-byte length (of what follows it), a kind byte and the body; numbers in
// network order.
//   'H' header, once and first: JSON of SpoolHeader
//   'P' packet: side (1 byte), codec (1), at (8, µs since the start), sequence (2), time stamp (4),
//       SSRC (4), payload
//   'E' end: at (8)
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/rtp/packet.hpp"
#include "linka/runtime/fd.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linka::media {

struct SpoolHeader {
    int version = 1;
    RecordingId recording = 0;
    std::string file;  // what shall come out
    int rate = 8000;   // Hz, of the sound in it
    Instant started;   // wall clock
};
LINKA_DESCRIBE(SpoolHeader, (version, recording, file, rate, started))

constexpr std::size_t spool_record_max = 8192;

struct SpoolPacket {
    int side = 0;  // 0 left, 1 right
    Codec codec = Codec::pcma;
    Duration at{};
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;
    std::span<const std::uint8_t> payload;  // valid until the next read
};

class SpoolWriter {
  public:
    /// Makes the file and locks it, so that nobody takes it for an orphan. Errors: `unavailable`.
    static Result<SpoolWriter> create(const std::string& path, const SpoolHeader& header);

    /// False if the disk did not take it; all later packets are then refused, too.
    bool packet(int side, Codec codec, const RtpPacket& packet, Duration at);
    bool end(Duration at);
    [[nodiscard]] bool broken() const { return broken_; }
    /// Hands over the file, still locked.
    runtime::Fd release() { return std::move(fd_); }

  private:
    bool append(std::span<const std::uint8_t> record);

    runtime::Fd fd_;
    bool broken_ = false;
};

class SpoolReader {
  public:
    /// Errors: `not_found`, `invalid` (no header).
    static Result<SpoolReader> open(const std::string& path);

    [[nodiscard]] const SpoolHeader& header() const { return header_; }

    enum class Kind {
        packet,
        end,     // the recording was ended in order
        nothing  // no whole record is there (yet)
    };
    /// The next record; `packet` or `at` is filled in accordingly. What is not a record of ours
    /// reads as the end of the file.
    Kind next(SpoolPacket& packet, Duration& at);

  private:
    // The body of the next record after its kind; empty if there is none.
    std::span<const std::uint8_t> next_record();
    bool fill(std::size_t bytes);

    runtime::Fd fd_;
    SpoolHeader header_;
    std::vector<std::uint8_t> buffer_;
    std::size_t used_ = 0;
    bool corrupt_ = false;
};

/// Takes the writer's lock on an orphaned spool; nothing if its worker lives.
std::optional<runtime::Fd> lock_spool(const std::string& path);

}  // namespace linka::media
