#include "linka/media/worker/audio/ogg_reader.hpp"

#include "linka/media/worker/audio/opus_codec.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <vector>

#include <ogg/ogg.h>

namespace linka::media {
namespace {

// Longest Opus packet, 120 ms, at our rate.
constexpr std::size_t packet_samples = reader_rate / 1000 * 120;
// A file that gives so many packets without sound is not a sound.
constexpr int empty_packets_max = 1000;

class OggOpusReader : public AudioReader {
  public:
    explicit OggOpusReader(FileBytes file) : file_(std::move(file)) { ogg_sync_init(&sync_); }
    ~OggOpusReader() override {
        if (stream_open_) {
            ogg_stream_clear(&stream_);
        }
        ogg_sync_clear(&sync_);
    }
    OggOpusReader(const OggOpusReader&) = delete;
    OggOpusReader& operator=(const OggOpusReader&) = delete;

    bool read_headers() {
        ogg_packet packet{};
        if (!next_packet(packet) || packet.bytes < 19 ||
            std::memcmp(packet.packet, "OpusHead", 8) != 0 || packet.packet[8] > 15) {
            return false;
        }
        // Channel mapping family 0 has one or two channels; we mix them down by decoding to mono.
        if (packet.packet[9] < 1 || packet.packet[9] > 2 || packet.packet[18] != 0) {
            return false;
        }
        const unsigned pre_skip = packet.packet[10] + 256U * packet.packet[11];
        skip_ = std::size_t{pre_skip} * reader_rate / 48000;
        return next_packet(packet);  // OpusTags
    }

    std::size_t read(std::span<std::int16_t> out) override {
        std::size_t done = 0;
        while (done < out.size()) {
            if (ready_from_ == ready_to_ && !refill()) {
                break;
            }
            const std::size_t count = std::min(out.size() - done, ready_to_ - ready_from_);
            std::copy_n(ready_.begin() + static_cast<std::ptrdiff_t>(ready_from_), count,
                        out.begin() + static_cast<std::ptrdiff_t>(done));
            done += count;
            ready_from_ += count;
        }
        return done;
    }

  private:
    bool next_page(ogg_page& page) {
        while (ogg_sync_pageout(&sync_, &page) != 1) {
            constexpr std::size_t piece = 4096;
            char* buffer = ogg_sync_buffer(&sync_, piece);
            std::array<std::uint8_t, piece> bytes{};
            const std::size_t got = file_.read(bytes);
            if (got == 0 || buffer == nullptr) {
                return false;
            }
            std::memcpy(buffer, bytes.data(), got);
            ogg_sync_wrote(&sync_, static_cast<long>(got));
        }
        return true;
    }

    bool next_packet(ogg_packet& packet) {
        while (true) {
            if (stream_open_ && ogg_stream_packetout(&stream_, &packet) == 1) {
                return true;
            }
            ogg_page page{};
            if (!next_page(page)) {
                return false;
            }
            if (!stream_open_) {
                stream_open_ = ogg_stream_init(&stream_, ogg_page_serialno(&page)) == 0;
            }
            if (stream_open_) {
                (void)ogg_stream_pagein(&stream_, &page);  // refuses pages of other streams
            }
        }
    }

    bool refill() {
        for (int tries = 0; tries < empty_packets_max; ++tries) {
            ogg_packet packet{};
            if (!next_packet(packet)) {
                return false;
            }
            ready_to_ =
                decoder_.decode({packet.packet, static_cast<std::size_t>(packet.bytes)}, ready_);
            // The last granule position cuts off what the encoder padded (RFC 7845 §4.4).
            decoded_ += static_cast<std::int64_t>(ready_to_);
            if (packet.e_o_s != 0 && packet.granulepos >= 0) {
                const std::int64_t end = packet.granulepos * reader_rate / 48000;
                const std::int64_t extra = std::clamp<std::int64_t>(
                    decoded_ - end, 0, static_cast<std::int64_t>(ready_to_));
                ready_to_ -= static_cast<std::size_t>(extra);
            }
            ready_from_ = std::min(skip_, ready_to_);
            skip_ -= ready_from_;
            if (ready_from_ < ready_to_) {
                return true;
            }
        }
        return false;
    }

    FileBytes file_;
    ogg_sync_state sync_{};
    ogg_stream_state stream_{};
    bool stream_open_ = false;
    OpusDecoding decoder_{reader_rate, 1};
    std::array<std::int16_t, packet_samples> ready_{};
    std::size_t ready_from_ = 0;
    std::size_t ready_to_ = 0;
    std::size_t skip_ = 0;
    std::int64_t decoded_ = 0;
};

}  // namespace

Result<std::unique_ptr<AudioReader>> open_ogg_opus(FileBytes file) {
    auto reader = std::make_unique<OggOpusReader>(std::move(file));
    if (!reader->read_headers()) {
        return fail(ErrorCode::invalid, "not an Ogg Opus file");
    }
    return std::unique_ptr<AudioReader>(std::move(reader));
}

}  // namespace linka::media
