// The descriptions of a leg: offers, answers, hold.
#include "linka/media/worker/leg.hpp"

#include <algorithm>

namespace linka::media {
namespace {

Direction without_sending_peer(Direction direction) {
    return sends(direction) ? Direction::sendonly : Direction::inactive;
}

}  // namespace

LocalMedia Leg::local(Direction direction, Describes as) {
    LocalMedia local;
    local.session = options_.seed >> 16;
    local.version = sdp_version_;
    local.direction = direction;
    local.ssrc = out_.ssrc();
    options_.transport->describe(local, as);
    return local;
}

Status Leg::adopt(Agreement agreement, Describes as) {
    if (const Status expected = options_.transport->expect(agreement, as); !expected) {
        return expected.error();
    }
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
    receivable_events_ = agreement.events;
    for (const AgreedEvents& events : agreement.events) {
        const std::uint8_t ours = our_events(events.clock_rate);
        const bool taken =
            agreement.events_of(ours) != nullptr ||
            std::any_of(receivable_.begin(), receivable_.end(),
                        [&](const AgreedCodec& each) { return each.payload_type == ours; });
        if (!taken) {
            receivable_events_.push_back({events.clock_rate, ours});
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
    return Done{};
}

void Leg::prefer_codecs(Agreement& agreement) const {
    if (options_.transport->profile() == Profile::plain) {
        return;  // SIP peers keep the order of their offer
    }
    // A browser speaks the first codec of the answer: let it be one that need not be transcoded.
    const auto rank = [this](const AgreedCodec& agreed) {
        const auto place = std::find(options_.codecs.begin(), options_.codecs.end(), agreed.codec);
        const bool bridged = peer_ != nullptr && peer_->speaks(agreed.codec);
        return bridged ? -1 : static_cast<int>(place - options_.codecs.begin());
    };
    std::stable_sort(agreement.codecs.begin(), agreement.codecs.end(),
                     [&](const AgreedCodec& a, const AgreedCodec& b) { return rank(a) < rank(b); });
}

std::string Leg::make_offer() {
    ++sdp_version_;
    media_kinds_ = {"audio"};
    return write_offer(local(Direction::sendrecv, Describes::offer), options_.codecs);
}

Result<std::string> Leg::answer(std::string_view offer) {
    const auto sdp = parse_sdp(offer);
    if (!sdp) {
        return sdp.error();
    }
    auto agreement = agree(*sdp, options_.codecs, options_.transport->profile());
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
    prefer_codecs(*agreement);
    if (const Status adopted = adopt(*agreement, Describes::offer); !adopted) {
        return adopted.error();
    }
    return write_answer(local(direction, Describes::answer), *sdp, *agreement);
}

Status Leg::take_answer(std::string_view sdp_text) {
    const auto sdp = parse_sdp(sdp_text);
    if (!sdp) {
        return sdp.error();
    }
    auto agreement = agree(*sdp, options_.codecs, options_.transport->profile());
    if (!agreement) {
        return agreement.error();
    }
    return adopt(std::move(*agreement), Describes::answer);
}

Result<std::string> Leg::reoffer(bool hold) {
    holds_ = hold;
    if (!agreement_) {
        return make_offer();
    }
    ++sdp_version_;
    const Direction direction = hold ? Direction::sendonly : Direction::sendrecv;
    return write_reoffer(local(direction, Describes::offer), *agreement_, media_kinds_);
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
    return agreement_ && receives(agreement_->peer_direction) && options_.transport->ready();
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
