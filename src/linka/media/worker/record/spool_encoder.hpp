// SpoolEncoder: turns a spool file into a stereo Ogg Opus file, while the recording runs or after.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/media/worker/audio/opus_codec.hpp"
#include "linka/media/worker/record/ogg_writer.hpp"
#include "linka/media/worker/record/side_track.hpp"
#include "linka/media/worker/record/spool.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace linka::media {

class SpoolEncoder {
  public:
    /// Errors: those of SpoolReader::open and OggWriter::create.
    static Result<std::unique_ptr<SpoolEncoder>> open(const std::string& spool);
    /// For open().
    SpoolEncoder(SpoolReader reader, std::unique_ptr<OggWriter> writer, OpusEncoding encoding);

    [[nodiscard]] const SpoolHeader& header() const { return reader_.header(); }

    enum class Progress { waiting, more, finished };
    /// Encodes what the spool holds, at most about a minute of sound at once. `complete`: nothing
    /// more will be written, so the end of the file is the end of the recording.
    Progress work(bool complete);

    struct Recorded {
        Duration duration{};
        std::int64_t bytes = 0;
        bool whole = false;  // its spool was ended in order: nothing of the end is missing
    };
    /// After Progress::finished.
    Result<Recorded> finish();

  private:
    // Encodes whole frames of the time line before `until`.
    void encode_until(Duration until);
    void encode_frame();

    SpoolReader reader_;
    std::unique_ptr<OggWriter> writer_;
    OpusEncoding encoding_;
    std::array<SideTrack, 2> sides_;
    Duration heard_{};  // of the last record
    std::int64_t frames_ = 0;
    bool ended_ = false;
    int pre_skip_ = 0;
};

}  // namespace linka::media
