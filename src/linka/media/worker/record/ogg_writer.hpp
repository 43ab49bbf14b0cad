// OggWriter: an Ogg Opus file (RFC 7845), packet by packet, written under NAME.part and renamed
// when whole.
#pragma once

#include "linka/base/result.hpp"
#include "linka/runtime/fd.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace linka::media {

class OggWriter {
  public:
    struct Options {
        std::string path;
        int channels = 2;
        int rate = 8000;   // of the sound that went in, for information
        int pre_skip = 0;  // samples at 48 kHz
        std::uint32_t serial = 0;
    };
    /// Errors: `unavailable`.
    static Result<std::unique_ptr<OggWriter>> create(Options options);
    /// For create().
    OggWriter(Options options, runtime::Fd fd);
    ~OggWriter();
    OggWriter(const OggWriter&) = delete;
    OggWriter& operator=(const OggWriter&) = delete;

    /// One Opus packet that lasts `ticks` at 48 kHz.
    void packet(std::span<const std::uint8_t> bytes, std::int64_t ticks);
    /// Ends the stream so that exactly `ticks` of sound (at 48 kHz) are played, syncs and renames.
    /// The size of the file. Errors: `unavailable` when the disk did not take it.
    Result<std::int64_t> finish(std::int64_t ticks);

  private:
    struct Stream;
    void headers();
    void put(std::span<const std::uint8_t> bytes, std::int64_t granule, bool last);
    void write_pages(bool flush);

    Options options_;
    runtime::Fd fd_;
    std::unique_ptr<Stream> stream_;
    std::vector<std::uint8_t> held_;  // the last packet, until we know whether it is the last
    std::int64_t granule_ = 0;        // after the held packet
    std::int64_t numbered_ = 0;
    int unflushed_ = 0;
    std::int64_t bytes_ = 0;
    bool broken_ = false;
};

}  // namespace linka::media
