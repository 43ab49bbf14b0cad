#include "linka/media/worker/sdp/web_lines.hpp"

#include "linka/base/text.hpp"

namespace linka::media {

bool is_web_protocol(std::string_view protocol) {
    return protocol == web_protocol || protocol == "UDP/TLS/RTP/SAVP" || protocol == "RTP/SAVPF" ||
           protocol == "RTP/SAVP";
}

std::string web_session_lines(std::string_view mid) {
    std::string lines = "a=ice-lite\r\n";
    if (!mid.empty()) {
        lines += text::format("a=group:BUNDLE {}\r\n", mid);
    }
    return lines + "a=msid-semantic: WMS linka\r\n";
}

std::string web_media_lines(const LocalMedia& local, const Agreement& agreement) {
    const WebMedia& web = *local.web;
    std::string lines;
    if (!agreement.mid.empty()) {
        lines += text::format("a=mid:{}\r\n", agreement.mid);
    }
    lines += text::format("a=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=fingerprint:{}\r\n", web.ice.ufrag,
                          web.ice.password, web.fingerprint);
    // RFC 8842 §5: the browser chooses when we offer (it becomes active); our answers are passive.
    lines += web.as == Describes::offer ? "a=setup:actpass\r\n" : "a=setup:passive\r\n";
    if (const AgreedCodec* opus = agreement.codec_of(Codec::opus)) {
        lines += text::format("a=fmtp:{} minptime=10;useinbandfec=1\r\n", opus->payload_type);
    }
    // RFC 8830: one stream of one track. a=ssrc (RFC 5576) lets browsers that want it bind early.
    lines += text::format(
        "a=msid:linka audio\r\na=ssrc:{} cname:linka\r\na=ssrc:{} msid:linka audio\r\n", local.ssrc,
        local.ssrc);
    // RFC 8445 §5.1.2.1: type preference 126 of host candidates, local preference by order.
    constexpr std::uint32_t host = 126U << 24;
    std::uint32_t preference = 65535;
    std::uint32_t foundation = 1;
    for (const std::string& address : web.addresses) {
        lines += text::format("a=candidate:{} 1 udp {} {} {} typ host\r\n", foundation,
                              host | (preference << 8) | 255U, address, local.port);
        ++foundation;
        --preference;
    }
    return lines + "a=end-of-candidates\r\n";
}

}  // namespace linka::media
