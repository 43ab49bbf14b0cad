// The spool file of a recording: what both sides said, packet by packet, as it came. A killed
// worker loses nothing that it had received; a loss of power may cost the last half minute.
//
// Layout: a stage (spool_stage.hpp), then records of a 2-byte length (of what follows it), a kind
// byte and the body; numbers in network order. The last records are those in the stage.
//   'H' header, once and first: JSON of SpoolHeader, with `file` as seen from the spool's
//   directory,
//       so that a company that was moved or copied keeps its recordings to itself
//   'P' packet: side (1 byte), codec (1), at (8, µs since the start), sequence (2), time stamp (4),
//       SSRC (4), payload
//   'E' end: at (8)
// Where the file system cannot map files there is no stage: each record is one write(), and a
// half-written last one is passed over. Spools of Linka before the stage are such files, too.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/record/spool_stage.hpp"
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
    std::string file;  // what shall come out, absolute; in the spool beside it
    int rate = 8000;   // Hz, of the sound in it
    Instant started;   // wall clock
};
LINKA_DESCRIBE(SpoolHeader, (version, recording, file, rate, started))

constexpr std::size_t spool_record_max = 8192;  // bytes, without the length
static_assert(2 + spool_record_max <= SpoolStage::capacity);

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
    runtime::Fd release() {
        stage_.reset();
        return std::move(fd_);
    }

  private:
    // A record in two parts.
    bool append(std::span<const std::uint8_t> head, std::span<const std::uint8_t> body);
    // Empties the stage into the file.
    bool flush();

    runtime::Fd fd_;
    std::optional<SpoolStage> stage_;
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
    // The next record from its kind on; empty if there is none.
    std::span<const std::uint8_t> next_record();
    // Fills the buffer with whole records from place_ on; false if there is none.
    bool fill();
    // Bytes that are now in the buffer, from place_ on.
    std::size_t read_staged();
    std::size_t read_file(std::size_t bytes_max);
    // How many of the buffer's first bytes are whole records.
    std::size_t whole_records(std::size_t bytes);

    runtime::Fd fd_;
    std::optional<SpoolStage> stage_;
    SpoolHeader header_;
    std::vector<std::uint8_t> buffer_;
    std::size_t used_ = 0;   // of the buffer
    std::size_t whole_ = 0;  // whole records in it
    std::uint64_t place_ =
        0;  // of what follows the buffer; the stage's records lie from its base on
    bool corrupt_ = false;
};

/// Takes the writer's lock on an orphaned spool; nothing if its worker lives.
std::optional<runtime::Fd> lock_spool(const std::string& path);

}  // namespace linka::media
