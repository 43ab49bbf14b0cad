#include "linka/media/worker/audio/opus_codec.hpp"

#include "linka/base/assert.hpp"

#include <opus/opus.h>

namespace linka::media {

struct OpusEncoding::State {
    std::unique_ptr<::OpusEncoder, void (*)(::OpusEncoder*)> encoder{nullptr, opus_encoder_destroy};
    int channels = 1;
    int rate = 16000;
};

OpusEncoding::OpusEncoding(OpusSettings settings) : state_(std::make_unique<State>()) {
    int failure = OPUS_OK;
    // Left to choose, OPUS_APPLICATION_VOIP takes SILK for two voices at 48 kbit/s.
    const int application = settings.speech ? OPUS_APPLICATION_VOIP : OPUS_APPLICATION_AUDIO;
    state_->encoder.reset(
        opus_encoder_create(settings.rate, settings.channels, application, &failure));
    LINKA_ASSERT(failure == OPUS_OK);
    state_->channels = settings.channels;
    state_->rate = settings.rate;
    ::OpusEncoder* encoder = state_->encoder.get();
    opus_encoder_ctl(encoder, OPUS_SET_BITRATE(settings.bitrate));
    opus_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(settings.complexity));
    if (settings.speech) {
        opus_encoder_ctl(encoder, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    }
    opus_encoder_ctl(encoder, OPUS_SET_DTX(0));
    opus_encoder_ctl(encoder, OPUS_SET_FORCE_CHANNELS(settings.channels));
}

OpusEncoding::~OpusEncoding() = default;
OpusEncoding::OpusEncoding(OpusEncoding&&) noexcept = default;
OpusEncoding& OpusEncoding::operator=(OpusEncoding&&) noexcept = default;

std::size_t OpusEncoding::encode(std::span<const std::int16_t> samples,
                                 std::span<std::uint8_t> out) {
    const auto frame = static_cast<int>(samples.size()) / state_->channels;
    const int written = opus_encode(state_->encoder.get(), samples.data(), frame, out.data(),
                                    static_cast<opus_int32>(out.size()));
    return written > 0 ? static_cast<std::size_t>(written) : 0;
}

int OpusEncoding::lookahead() const {
    opus_int32 samples = 0;
    opus_encoder_ctl(state_->encoder.get(), OPUS_GET_LOOKAHEAD(&samples));
    return samples * (48000 / state_->rate);
}

struct OpusDecoding::State {
    std::unique_ptr<::OpusDecoder, void (*)(::OpusDecoder*)> decoder{nullptr, opus_decoder_destroy};
    int channels = 1;
};

OpusDecoding::OpusDecoding(int rate, int channels) : state_(std::make_unique<State>()) {
    int failure = OPUS_OK;
    state_->decoder.reset(opus_decoder_create(rate, channels, &failure));
    LINKA_ASSERT(failure == OPUS_OK);
    state_->channels = channels;
}

OpusDecoding::~OpusDecoding() = default;
OpusDecoding::OpusDecoding(OpusDecoding&&) noexcept = default;
OpusDecoding& OpusDecoding::operator=(OpusDecoding&&) noexcept = default;

std::size_t OpusDecoding::decode(std::span<const std::uint8_t> packet,
                                 std::span<std::int16_t> out) {
    if (packet.empty()) {
        return 0;  // the library would take it for a lost packet
    }
    const int samples =
        opus_decode(state_->decoder.get(), packet.data(), static_cast<opus_int32>(packet.size()),
                    out.data(), static_cast<int>(out.size()) / state_->channels, 0);
    return samples > 0 ? static_cast<std::size_t>(samples) : 0;
}

std::size_t OpusDecoding::conceal(std::span<std::int16_t> out) {
    const int samples = opus_decode(state_->decoder.get(), nullptr, 0, out.data(),
                                    static_cast<int>(out.size()) / state_->channels, 0);
    return samples > 0 ? static_cast<std::size_t>(samples) : 0;
}

int opus_packet_ticks(std::span<const std::uint8_t> packet) {
    if (packet.empty()) {
        return 0;
    }
    const int samples =
        opus_packet_get_nb_samples(packet.data(), static_cast<opus_int32>(packet.size()), 48000);
    return samples > 0 ? samples : 0;
}

}  // namespace linka::media
