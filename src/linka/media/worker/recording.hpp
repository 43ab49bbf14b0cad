// Recording: one running recording: which legs are its sides, and the spool that takes what they
// say.
#pragma once

#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/leg.hpp"
#include "linka/media/worker/record/spool.hpp"

#include <array>
#include <string>

namespace linka::media {

class Recording : public SpeechSink {
  public:
    Recording(RecordingId id, std::string path, SpoolWriter writer, Instant started)
        : id_(id), path_(std::move(path)), writer_(std::move(writer)), started_(started) {}

    [[nodiscard]] RecordingId id() const { return id_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool broken() const { return writer_.broken(); }

    /// 0 left (customer), 1 right (agent); 0 for nobody.
    std::array<LegId, 2> sides{};

    void pause(bool on) { paused_ = on; }
    void speech(int side, const RtpPacket& packet, Codec codec, Instant now) override {
        if (!paused_) {
            (void)writer_.packet(side, codec, packet, now - started_);
        }
    }
    /// Ends the spool and hands it over, locked.
    runtime::Fd end(Instant now) {
        (void)writer_.end(now - started_);
        return writer_.release();
    }

  private:
    RecordingId id_;
    std::string path_;
    SpoolWriter writer_;
    Instant started_;
    bool paused_ = false;
};

}  // namespace linka::media
