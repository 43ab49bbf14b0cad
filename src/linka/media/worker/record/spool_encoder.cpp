#include "linka/media/worker/record/spool_encoder.hpp"

#include <algorithm>

namespace linka::media {
namespace {

// Packets are put in order over this time before they are final.
constexpr Duration horizon = 1s;
constexpr Duration encoded_at_once = 60s;
constexpr Duration frame = 20ms;
constexpr std::int64_t frame_ticks_48k = 960;

// Why this mode: docs/decisions/0010-recording-codec.md.
OpusSettings settings(int rate) {
    return {.rate = rate, .channels = 2, .bitrate = 48000, .complexity = 0, .speech = false};
}

}  // namespace

Result<std::unique_ptr<SpoolEncoder>> SpoolEncoder::open(const std::string& spool) {
    auto reader = SpoolReader::open(spool);
    if (!reader) {
        return reader.error();
    }
    const SpoolHeader& header = reader->header();
    OpusEncoding encoding(settings(header.rate));
    auto writer = OggWriter::create({.path = header.file,
                                     .channels = 2,
                                     .rate = header.rate,
                                     .pre_skip = encoding.lookahead(),
                                     .serial = static_cast<std::uint32_t>(header.recording)});
    if (!writer) {
        return writer.error();
    }
    return std::make_unique<SpoolEncoder>(std::move(*reader), std::move(*writer),
                                          std::move(encoding));
}

SpoolEncoder::SpoolEncoder(SpoolReader reader, std::unique_ptr<OggWriter> writer,
                           OpusEncoding encoding)
    : reader_(std::move(reader)),
      writer_(std::move(writer)),
      encoding_(std::move(encoding)),
      sides_{SideTrack(reader_.header().rate), SideTrack(reader_.header().rate)},
      pre_skip_(encoding_.lookahead()) {
}

SpoolEncoder::Progress SpoolEncoder::work(bool complete) {
    const Duration stop = heard_ + encoded_at_once;
    while (true) {
        SpoolPacket packet;
        Duration at{};
        const SpoolReader::Kind kind = reader_.next(packet, at);
        if (kind == SpoolReader::Kind::nothing) {
            return complete ? Progress::finished : Progress::waiting;
        }
        heard_ = std::max(heard_, at);
        if (kind == SpoolReader::Kind::end) {
            ended_ = true;
            return Progress::finished;
        }
        sides_[static_cast<std::size_t>(packet.side)].packet(packet);
        encode_until(heard_ - horizon);
        if (heard_ > stop) {
            return Progress::more;
        }
    }
}

void SpoolEncoder::encode_until(Duration until) {
    while ((frames_ + 1) * frame <= until) {
        encode_frame();
    }
}

void SpoolEncoder::encode_frame() {
    constexpr std::size_t samples_max = 16000 / 50;
    const auto count = static_cast<std::size_t>(reader_.header().rate / 50);
    // All three are written before they are read.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<std::array<std::int16_t, samples_max>, 2> sound;
    for (std::size_t side = 0; side < 2; ++side) {
        sides_[side].decode((frames_ + 1) * frame);
        sides_[side].take(std::span(sound[side]).first(count));
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<std::int16_t, 2 * samples_max> interleaved;
    for (std::size_t i = 0; i < count; ++i) {
        interleaved[2 * i] = sound[0][i];
        interleaved[2 * i + 1] = sound[1][i];
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<std::uint8_t, opus_bytes_max> packet;
    const std::size_t length = encoding_.encode(std::span(interleaved).first(2 * count), packet);
    writer_->packet(std::span(packet).first(length), frame_ticks_48k);
    ++frames_;
}

Result<SpoolEncoder::Recorded> SpoolEncoder::finish() {
    // The decoder gives each sample pre_skip_ late, so the last ones need frames beyond the end.
    const std::int64_t ticks = heard_.count() * 48 / 1000;
    while (frames_ * frame_ticks_48k < std::max<std::int64_t>(ticks + pre_skip_, 1)) {
        encode_frame();
    }
    const auto bytes = writer_->finish(ticks);
    if (!bytes) {
        return bytes.error();
    }
    return Recorded{.duration = heard_, .bytes = *bytes, .whole = ended_};
}

}  // namespace linka::media
