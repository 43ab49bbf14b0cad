// The descriptions of a leg: offers, answers, hold.
#include "linka/media/worker/leg.hpp"

#include <algorithm>

namespace linka::media {
namespace {

Direction without_sending_peer(Direction direction) {
    return sends(direction) ? Direction::sendonly : Direction::inactive;
}

}  // namespace

LocalMedia Leg::local(Direction direction) const {
    return {.address = options_.advertise,
            .port = options_.sockets.port,
            .session = options_.seed >> 16,
            .version = sdp_version_,
            .direction = direction};
}

void Leg::adopt(Agreement agreement) {
    source_lock_.expect(agreement.rtp);
    rtcp_from_ = {};
    // The peer may use the payload types of its description; some keep those of ours.
    receivable_ = agreement.codecs;
    for (const Codec codec : options_.codecs) {
        const auto payload_type = static_cast<std::uint8_t>(info(codec).payload_type);
        const bool taken =
            std::any_of(receivable_.begin(), receivable_.end(),
                        [&](const AgreedCodec& each) { return each.payload_type == payload_type; });
        if (!taken && agreement.events_of(payload_type) == nullptr) {
            receivable_.push_back({codec, payload_type});
        }
    }
    if (encoder_ && agreement.codec_of(encoder_->codec()) == nullptr) {
        encoder_.reset();
    }
    if (agreement.codec_of(heard_codec_) == nullptr) {
        heard_any_ = false;
    }
    agreement_ = std::move(agreement);
    if (needs_tick()) {
        host_.wants_ticks(*this);
    }
}

std::string Leg::make_offer() {
    ++sdp_version_;
    media_kinds_ = {"audio"};
    return write_offer(local(Direction::sendrecv), options_.codecs);
}

Result<std::string> Leg::answer(std::string_view offer) {
    const auto sdp = parse_sdp(offer);
    if (!sdp) {
        return sdp.error();
    }
    auto agreement = agree(*sdp, options_.codecs);
    if (!agreement) {
        return agreement.error();
    }
    media_kinds_.clear();
    for (const SdpMedia& media : sdp->media) {
        media_kinds_.push_back(media.kind);
    }
    ++sdp_version_;
    Direction direction = reversed(agreement->peer_direction);
    if (holds_) {
        direction = without_sending_peer(direction);
    }
    std::string text = write_answer(local(direction), *sdp, *agreement);
    adopt(std::move(*agreement));
    return text;
}

Status Leg::take_answer(std::string_view sdp_text) {
    const auto sdp = parse_sdp(sdp_text);
    if (!sdp) {
        return sdp.error();
    }
    auto agreement = agree(*sdp, options_.codecs);
    if (!agreement) {
        return agreement.error();
    }
    adopt(std::move(*agreement));
    return Done{};
}

Result<std::string> Leg::reoffer(bool hold) {
    holds_ = hold;
    if (!agreement_) {
        return make_offer();
    }
    ++sdp_version_;
    const Direction direction = hold ? Direction::sendonly : Direction::sendrecv;
    return write_reoffer(local(direction), *agreement_, media_kinds_);
}

bool Leg::peer_holds() const {
    return agreement_ && !receives(agreement_->peer_direction);
}

bool Leg::wideband() const {
    return agreement_ && std::any_of(agreement_->codecs.begin(), agreement_->codecs.end(),
                                     [](const AgreedCodec& agreed) {
                                         return info(agreed.codec).sample_rate > 8000;
                                     });
}

bool Leg::may_send() const {
    return agreement_ && receives(agreement_->peer_direction) &&
           !agreement_->rtp.is_unspecified() && source_lock_.target().known();
}

bool Leg::may_receive() const {
    return agreement_ && sends(agreement_->peer_direction) && !holds_;
}

Codec Leg::own_codec() const {
    // What the peer itself speaks is the safest; else the first of the answer.
    if (heard_any_ && agreement_->codec_of(heard_codec_) != nullptr) {
        return heard_codec_;
    }
    return agreement_ ? agreement_->codecs.front().codec : Codec::pcma;
}

}  // namespace linka::media
