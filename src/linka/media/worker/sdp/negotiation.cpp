#include "linka/media/worker/sdp/negotiation.hpp"

#include "linka/base/text.hpp"
#include "linka/media/worker/sdp/web_lines.hpp"

#include <algorithm>

namespace linka::media {
namespace {

// The first of the keys that we can use (RFC 4568 §5.1.2: in the order of preference).
std::optional<SdesCrypto> usable_crypto(const SdpMedia& media) {
    for (const std::string& line : media.crypto) {
        if (auto crypto = read_sdes(line)) {
            return crypto;
        }
    }
    return std::nullopt;
}

bool is_secure(std::string_view protocol) {
    return protocol == "RTP/SAVP" || protocol == "RTP/SAVPF";
}

// Keys beside RTP/AVP are an offer to secure the sound if we like (RFC 8643 §3): we leave it plain,
// as an answer without keys says.
bool plainly_usable(const SdpMedia& media) {
    return media.protocol == "RTP/AVP" || media.protocol == "RTP/AVPF" ||
           (is_secure(media.protocol) && usable_crypto(media));
}

bool usable(const SdpMedia& media, Profile profile) {
    const bool protocol =
        profile == Profile::plain ? plainly_usable(media) : is_web_protocol(media.protocol);
    return media.kind == "audio" && media.port != 0 && protocol;
}

Error no_audio(const Sdp& peer, Profile profile) {
    const bool no_key = std::any_of(peer.media.begin(), peer.media.end(), [](const auto& media) {
        return media.kind == "audio" && media.port != 0 && is_secure(media.protocol);
    });
    if (profile == Profile::plain && no_key) {
        return fail(ErrorCode::refused,
                    "the SDP offers SRTP alone, without a key of AES_CM_128_HMAC_SHA1_80 or _32");
    }
    return fail(ErrorCode::refused,
                text::format("the SDP has no audio over {}",
                             profile == Profile::plain ? "RTP/AVP" : web_protocol));
}

void add_format(const SdpFormat& format, std::span<const Codec> allowed, Agreement& agreement) {
    const auto payload_type = static_cast<std::uint8_t>(format.payload_type);
    if (text::equal_ignoring_case(format.encoding, "telephone-event")) {
        const bool known_rate = format.clock_rate == 8000 || format.clock_rate == 48000;
        if (known_rate && agreement.events_at(format.clock_rate) == nullptr) {
            agreement.events.push_back({format.clock_rate, payload_type});
        }
        return;
    }
    const auto codec = codec_named(format.encoding);
    if (!codec || format.clock_rate != info(*codec).clock_rate ||
        agreement.codec_of(*codec) != nullptr ||
        std::find(allowed.begin(), allowed.end(), *codec) == allowed.end()) {
        return;
    }
    agreement.codecs.push_back({*codec, payload_type});
}

// Events belong to the clock of their codec (RFC 4733 §2.1). Peers that offer keys at 8000 Hz alone
// beside opus mean them all the same, so the only kind that was offered is kept.
void settle_events(Agreement& agreement) {
    const auto fits = [&](const AgreedEvents& events) {
        return std::any_of(agreement.codecs.begin(), agreement.codecs.end(),
                           [&](const AgreedCodec& agreed) {
                               return info(agreed.codec).clock_rate == events.clock_rate;
                           });
    };
    if (std::any_of(agreement.events.begin(), agreement.events.end(), fits)) {
        std::erase_if(agreement.events, [&](const AgreedEvents& events) { return !fits(events); });
    } else if (agreement.events.size() > 1) {
        agreement.events.resize(1);
    }
}

std::string header(const LocalMedia& local, std::string_view mid) {
    const char* family = local.address.find(':') == std::string::npos ? "IP4" : "IP6";
    std::string text =
        text::format("v=0\r\no=- {} {} IN {} {}\r\ns=-\r\nc=IN {} {}\r\nt=0 0\r\n", local.session,
                     local.version, family, local.address, family, local.address);
    return local.web ? text + web_session_lines(mid) : text;
}

// The m-line of our audio and its attributes.
std::string audio(const LocalMedia& local, const Agreement& agreement) {
    std::string line =
        text::format("m=audio {} {}", local.port,
                     local.web ? web_protocol : std::string_view(agreement.protocol));
    std::string attributes;
    for (const AgreedCodec& agreed : agreement.codecs) {
        const CodecInfo& codec = info(agreed.codec);
        line += text::format(" {}", agreed.payload_type);
        attributes += text::format("a=rtpmap:{} {}/{}{}\r\n", agreed.payload_type, codec.name,
                                   codec.clock_rate, agreed.codec == Codec::opus ? "/2" : "");
    }
    if (local.web) {
        attributes += web_media_lines(local, agreement);
    } else if (local.crypto) {
        attributes += text::format("a=crypto:{}\r\n", write_sdes(*local.crypto));
    }
    for (const AgreedEvents& events : agreement.events) {
        line += text::format(" {}", events.payload_type);
        attributes += text::format("a=rtpmap:{} telephone-event/{}\r\na=fmtp:{} 0-15\r\n",
                                   events.payload_type, events.clock_rate, events.payload_type);
    }
    attributes += text::format("a=ptime:{}\r\na={}\r\n", frame_ms, direction_name(local.direction));
    if (agreement.rtcp_mux || local.web) {
        attributes += "a=rtcp-mux\r\n";
    } else {
        attributes += text::format("a=rtcp:{}\r\n", local.port + 1);
    }
    return line + "\r\n" + attributes;
}

// Where a SIP peer's sound goes to. Errors: `invalid`.
Status agree_addresses(const SdpMedia& media, Agreement& agreement) {
    const auto rtp = Endpoint::from(media.address, media.port);
    if (!rtp) {
        const std::string_view name(media.address);
        const bool numeric = name.find_first_not_of("0123456789.") == std::string_view::npos;
        if (numeric || name.find(':') != std::string_view::npos) {
            return fail(ErrorCode::invalid,
                        text::format("the SDP's connection address '{}' is none", media.address));
        }
        agreement.name = name;  // RFC 8866 §5.7
        return Done{};
    }
    const int rtcp_port = media.rtcp_port != 0 ? media.rtcp_port : media.port + 1;
    agreement.rtp = *rtp;
    // The same address, so it is one.
    agreement.rtcp =
        *Endpoint::from(media.address, media.rtcp_mux ? media.port : std::min(rtcp_port, 65535));
    if (rtp->is_unspecified()) {
        // Hold as RFC 2543 had it: nothing may be sent there.
        agreement.peer_direction =
            sends(media.direction) ? Direction::sendonly : Direction::inactive;
    }
    return Done{};
}

}  // namespace

const AgreedCodec* Agreement::codec_of(Codec codec) const {
    for (const AgreedCodec& agreed : codecs) {
        if (agreed.codec == codec) {
            return &agreed;
        }
    }
    return nullptr;
}

const AgreedCodec* Agreement::codec_of(std::uint8_t payload_type) const {
    for (const AgreedCodec& agreed : codecs) {
        if (agreed.payload_type == payload_type) {
            return &agreed;
        }
    }
    return nullptr;
}

const AgreedEvents* Agreement::events_of(std::uint8_t payload_type) const {
    for (const AgreedEvents& agreed : events) {
        if (agreed.payload_type == payload_type) {
            return &agreed;
        }
    }
    return nullptr;
}

const AgreedEvents* Agreement::events_at(int clock_rate) const {
    for (const AgreedEvents& agreed : events) {
        if (agreed.clock_rate == clock_rate) {
            return &agreed;
        }
    }
    return nullptr;
}

const AgreedEvents* Agreement::events_for(int clock_rate) const {
    const AgreedEvents* same = events_at(clock_rate);
    return same != nullptr || events.empty() ? same : &events.front();
}

Result<Agreement> agree(const Sdp& peer, std::span<const Codec> allowed, Profile profile) {
    const auto media =
        std::find_if(peer.media.begin(), peer.media.end(),
                     [profile](const SdpMedia& each) { return usable(each, profile); });
    if (media == peer.media.end()) {
        return no_audio(peer, profile);
    }
    Agreement agreement;
    agreement.media = static_cast<std::size_t>(media - peer.media.begin());
    agreement.rtcp_mux = media->rtcp_mux;
    agreement.peer_direction = media->direction;
    agreement.mid = media->mid;
    agreement.protocol = media->protocol;
    if (profile == Profile::plain && is_secure(media->protocol)) {
        agreement.crypto = usable_crypto(*media);
    }
    if (profile == Profile::web) {
        auto security = security_of(*media);
        if (!security) {
            return security.error();
        }
        agreement.security = std::move(*security);
    } else if (const Status addresses = agree_addresses(*media, agreement); !addresses) {
        return addresses.error();
    }
    for (const SdpFormat& format : media->formats) {
        add_format(format, allowed, agreement);
    }
    if (agreement.codecs.empty()) {
        return fail(ErrorCode::refused, "the SDP offers no codec that may be used");
    }
    settle_events(agreement);
    return agreement;
}

std::string write_offer(const LocalMedia& local, std::span<const Codec> codecs) {
    Agreement ours;
    ours.mid = first_mid;
    ours.protocol = local.crypto ? "RTP/SAVP" : "RTP/AVP";
    for (const Codec codec : codecs) {
        ours.codecs.push_back({codec, static_cast<std::uint8_t>(info(codec).payload_type)});
        const int clock_rate = info(codec).clock_rate;
        if (ours.events_at(clock_rate) == nullptr) {
            ours.events.push_back({clock_rate, our_events(clock_rate)});
        }
    }
    return header(local, first_mid) + audio(local, ours);
}

std::string write_reoffer(const LocalMedia& local, const Agreement& agreement,
                          std::span<const std::string> kinds) {
    std::string text = header(local, agreement.mid);
    const std::size_t count = std::max(kinds.size(), agreement.media + 1);
    for (std::size_t i = 0; i < count; ++i) {
        if (i == agreement.media) {
            text += audio(local, agreement);
        } else {
            // An m-line once there stays there, at port 0 (RFC 3264 §8).
            text += text::format("m={} 0 RTP/AVP 0\r\n", i < kinds.size() ? kinds[i] : "audio");
        }
    }
    return text;
}

std::string write_answer(const LocalMedia& local, const Sdp& offer, const Agreement& agreement) {
    std::string text = header(local, agreement.mid);
    for (std::size_t i = 0; i < offer.media.size(); ++i) {
        const SdpMedia& media = offer.media[i];
        if (i == agreement.media) {
            text += audio(local, agreement);
            continue;
        }
        text += text::format("m={} 0 {}", media.kind, media.protocol);
        for (const std::string& format : media.format_names) {
            text += " " + format;
        }
        text += media.format_names.empty() ? " 0\r\n" : "\r\n";
        if (local.web && !media.mid.empty()) {
            text += text::format("a=mid:{}\r\n", media.mid);
        }
    }
    return text;
}

}  // namespace linka::media
