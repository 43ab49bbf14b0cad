#include "linka/media/worker/sdp/negotiation.hpp"

#include "linka/base/text.hpp"
#include "linka/media/worker/sdp/web_lines.hpp"

#include <algorithm>

namespace linka::media {
namespace {

constexpr std::uint8_t our_events_8000 = 101;
constexpr std::uint8_t our_events_48000 = 110;

bool usable(const SdpMedia& media, Profile profile) {
    const bool protocol =
        profile == Profile::plain ? media.protocol == "RTP/AVP" : is_web_protocol(media.protocol);
    return media.kind == "audio" && media.port != 0 && protocol;
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
        text::format("m=audio {} {}", local.port, local.web ? web_protocol : "RTP/AVP");
    std::string attributes;
    for (const AgreedCodec& agreed : agreement.codecs) {
        const CodecInfo& codec = info(agreed.codec);
        line += text::format(" {}", agreed.payload_type);
        attributes += text::format("a=rtpmap:{} {}/{}{}\r\n", agreed.payload_type, codec.name,
                                   codec.clock_rate, agreed.codec == Codec::opus ? "/2" : "");
    }
    if (local.web) {
        attributes += web_media_lines(local, agreement);
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
    const int rtcp_port = media.rtcp_port != 0 ? media.rtcp_port : media.port + 1;
    const auto rtcp =
        Endpoint::from(media.address, media.rtcp_mux ? media.port : std::min(rtcp_port, 65535));
    if (!rtp || !rtcp) {
        return fail(ErrorCode::invalid,
                    text::format("the SDP's address '{}' is no IP address", media.address));
    }
    agreement.rtp = *rtp;
    agreement.rtcp = *rtcp;
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

Result<Agreement> agree(const Sdp& peer, std::span<const Codec> allowed, Profile profile) {
    const auto media =
        std::find_if(peer.media.begin(), peer.media.end(),
                     [profile](const SdpMedia& each) { return usable(each, profile); });
    if (media == peer.media.end()) {
        return fail(ErrorCode::refused,
                    text::format("the SDP has no audio over {}",
                                 profile == Profile::plain ? "RTP/AVP" : web_protocol));
    }
    Agreement agreement;
    agreement.media = static_cast<std::size_t>(media - peer.media.begin());
    agreement.rtcp_mux = media->rtcp_mux;
    agreement.peer_direction = media->direction;
    agreement.mid = media->mid;
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
    // Events at a clock that no agreed codec has would need a stream of their own.
    std::erase_if(agreement.events, [&](const AgreedEvents& events) {
        return std::none_of(agreement.codecs.begin(), agreement.codecs.end(),
                            [&](const AgreedCodec& agreed) {
                                return info(agreed.codec).clock_rate == events.clock_rate;
                            });
    });
    return agreement;
}

std::string write_offer(const LocalMedia& local, std::span<const Codec> codecs) {
    Agreement ours;
    ours.mid = first_mid;
    for (const Codec codec : codecs) {
        ours.codecs.push_back({codec, static_cast<std::uint8_t>(info(codec).payload_type)});
        if (info(codec).clock_rate == 8000 && ours.events_at(8000) == nullptr) {
            ours.events.push_back({8000, our_events_8000});
        }
        if (info(codec).clock_rate == 48000 && ours.events_at(48000) == nullptr) {
            ours.events.push_back({48000, our_events_48000});
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
