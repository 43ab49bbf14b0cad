#include "linka/media/testing/web_peer.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"
#include "linka/media/worker/sdp/sdp.hpp"
#include "linka/media/worker/web/datagram_kind.hpp"
#include "linka/runtime/clock.hpp"

#include <cmath>
#include <numbers>

#include <openssl/bio.h>
#include <openssl/srtp.h>
#include <openssl/ssl.h>
#include <unistd.h>

namespace linka::media::testing {
namespace {

constexpr std::uint8_t web_events_type = 110;
std::uint32_t next_ssrc = 0x1234;

Certificate made_certificate() {
    auto made = make_certificate();
    LINKA_ASSERT(made.ok());
    return std::move(*made);
}

}  // namespace

WebPeer::WebPeer(Options options)
    : options_(std::move(options)),
      certificate_(made_certificate()),
      other_(made_certificate()),
      context_(::SSL_CTX_new(::DTLS_client_method())),
      encoder_(options_.codec),
      decoder_(options_.codec),
      ssrc_(++next_ssrc) {
    ::SSL_CTX_use_certificate(context_.get(), certificate_.certificate.get());
    ::SSL_CTX_use_PrivateKey(context_.get(), certificate_.key.get());
    LINKA_ASSERT(::SSL_CTX_set_tlsext_use_srtp(context_.get(), options_.srtp.c_str()) == 0);
    ::SSL_CTX_set_verify(context_.get(), SSL_VERIFY_NONE, nullptr);
    ssl_.reset(::SSL_new(context_.get()));
    ::SSL_set_bio(ssl_.get(), ::BIO_new(::BIO_s_mem()), ::BIO_new(::BIO_s_mem()));
    ::SSL_set_options(ssl_.get(), SSL_OP_NO_QUERY_MTU);
    SSL_set_mtu(ssl_.get(), 1400);
    ::SSL_set_connect_state(ssl_.get());
    open_socket();
}

WebPeer::~WebPeer() = default;

void WebPeer::open_socket() {
    static PortRange ports(30001 + ::getpid() % 2000 * 10, 59999);
    auto opened = ports.open("127.0.0.1");
    LINKA_ASSERT(opened.ok());
    sockets_ = std::move(*opened);
    ice_ = {.ufrag = random_ice_text(4), .password = random_ice_text(24)};
    connected_ = false;
    checked_at_ = {};
}

void WebPeer::restart_ice() {
    open_socket();
}

std::string WebPeer::description(std::string_view setup) const {
    const CodecInfo& known = info(options_.codec);
    return text::format(
        "v=0\r\no=- 8128 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
        "a=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n"
        "m=audio 9 UDP/TLS/RTP/SAVPF {} 110\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n"
        "a=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=ice-options:trickle\r\na=fingerprint:{}\r\n"
        "a=setup:{}\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\n"
        "a=rtpmap:{} {}/{}{}\r\na=rtpmap:110 telephone-event/{}\r\n",
        known.payload_type, ice_.ufrag, ice_.password,
        (options_.lies ? other_ : certificate_).fingerprint, setup, known.payload_type, known.name,
        known.clock_rate, options_.codec == Codec::opus ? "/2" : "", known.clock_rate);
}

void WebPeer::take(const std::string& text) {
    const auto sdp = parse_sdp(text);
    LINKA_ASSERT(sdp.ok());
    const SdpMedia& media = sdp->media.at(0);
    worker_ = {.ice = {.ufrag = media.ice_ufrag, .password = media.ice_password},
               .fingerprints = {}};
    target_ = *Endpoint::from("127.0.0.1", media.port);
    LINKA_ASSERT(media.fingerprints.size() == 1);
    worker_.fingerprints = {{"sha-256", media.fingerprints[0].substr(8)}};
}

void WebPeer::send_check(bool controlled, std::string_view password) {
    const std::string username = worker_.ice.ufrag + ":" + ice_.ufrag;
    StunOut check;
    check.type = StunType::request;
    check.transaction = {'c', 'h', 'e', 'c', 'k', ++checks_};
    check.username = username;
    check.priority = 1845501695;
    check.use_candidate = !controlled;
    (controlled ? check.controlled : check.controlling) = 77;
    check.password = password.empty() ? worker_.ice.password : password;
    send_datagram(sockets_.rtp.get(), target_, write_stun(check), {});
}

void WebPeer::work() {
    const Instant now = runtime::steady_now();
    if (target_.known() && (!checked_at_ || now - checked_at_ > 50ms) && !failed) {
        checked_at_ = now;
        send_check(false);
    }
    for (std::size_t count = 0; (count = batch_.receive(sockets_.rtp.get())) > 0;) {
        for (std::size_t i = 0; i < count; ++i) {
            take_datagram(batch_.bytes(i));
        }
    }
    if (connected_ && !secure()) {
        handshake();
    }
}

void WebPeer::take_datagram(std::span<std::uint8_t> datagram) {
    switch (datagram_kind(datagram)) {
        case DatagramKind::stun: {
            const auto answer = parse_stun(datagram);
            LINKA_ASSERT(answer && verify_stun(*answer, worker_.ice.password));
            last_error = answer->error_code != 0 ? answer->error_code : last_error;
            if (answer->type == StunType::success) {
                LINKA_ASSERT(answer->mapped->port() == sockets_.port);
                connected_ = true;
                ++checks_answered;
            }
            break;
        }
        case DatagramKind::dtls:
            take_dtls(datagram);
            break;
        case DatagramKind::rtp:
        case DatagramKind::rtcp:
            take_media(datagram);
            break;
        default:
            break;
    }
}

void WebPeer::take_dtls(std::span<const std::uint8_t> datagram) {
    if (options_.deaf > 0) {
        --options_.deaf;
        return;
    }
    ::BIO_write(::SSL_get_rbio(ssl_.get()), datagram.data(), static_cast<int>(datagram.size()));
    handshake();
}

void WebPeer::handshake() {
    if (failed) {
        return;
    }
    DTLSv1_handle_timeout(ssl_.get());
    const int done = ::SSL_do_handshake(ssl_.get());
    if (done != 1 && ::SSL_get_error(ssl_.get(), done) != SSL_ERROR_WANT_READ) {
        failed = true;
    }
    // A flight may hold several records: one datagram as long as they fit.
    std::array<std::uint8_t, 4096> flight{};
    const int length = ::BIO_read(::SSL_get_wbio(ssl_.get()), flight.data(), flight.size());
    std::span<const std::uint8_t> rest(flight.data(),
                                       static_cast<std::size_t>(std::max(length, 0)));
    while (rest.size() >= 13) {
        const std::size_t record = 13 + load16(rest, 11);
        send_datagram(sockets_.rtp.get(), target_, rest.first(record), {});
        rest = rest.subspan(record);
    }
    if (done == 1 && !secure()) {
        export_keys();
    }
}

void WebPeer::export_keys() {
    const auto* profile = ::SSL_get_selected_srtp_profile(ssl_.get());
    LINKA_ASSERT(profile != nullptr);
    gcm_ = profile->id == SRTP_AEAD_AES_128_GCM;
    const std::size_t salt = gcm_ ? 12 : 14;
    std::array<std::uint8_t, 60> bytes{};
    LINKA_ASSERT(::SSL_export_keying_material(ssl_.get(), bytes.data(), 2 * (16 + salt),
                                              "EXTRACTOR-dtls_srtp", 19, nullptr, 0, 0) == 1);
    SrtpKeys keys;
    keys.profile = gcm_ ? SrtpProfile::aes_128_gcm : SrtpProfile::aes_128_cm_sha1_80;
    std::copy_n(bytes.begin(), 16, keys.sending.begin());
    std::copy_n(bytes.begin() + 16, 16, keys.receiving.begin());
    std::copy_n(bytes.begin() + 32, salt, keys.sending.begin() + 16);
    std::copy_n(bytes.begin() + 32 + static_cast<std::ptrdiff_t>(salt), salt,
                keys.receiving.begin() + 16);
    auto session = SrtpSession::create(keys);
    LINKA_ASSERT(session.ok());
    srtp_ = std::move(*session);
    X509* shown = ::SSL_get0_peer_certificate(ssl_.get());
    LINKA_ASSERT(certificate_fingerprint(*shown, "sha-256") == worker_.fingerprints[0].value);
}

void WebPeer::take_media(std::span<std::uint8_t> packet) {
    const bool rtcp = looks_like_rtcp(packet);
    const auto length = srtp_ ? srtp_->open(packet, rtcp) : std::nullopt;
    if (!length) {
        return;
    }
    if (rtcp) {
        ++rtcp_packets;
        return;
    }
    ++media_packets;
    const auto parsed = parse_rtp(packet.first(*length));
    LINKA_ASSERT(parsed.has_value());
    if (parsed->payload_type == web_events_type) {
        if (const auto digit = dtmf_.received(*parsed, runtime::steady_now())) {
            digits += *digit;
        }
        return;
    }
    std::array<std::int16_t, packet_samples_max> samples{};
    const std::size_t count = decoder_.decode(parsed->payload, samples);
    heard.insert(heard.end(), samples.begin(),
                 samples.begin() + static_cast<std::ptrdiff_t>(count));
}

void WebPeer::send_rtp(const RtpPacket& header, std::span<const std::uint8_t> payload) {
    alignas(8) std::array<std::uint8_t, 1024> buffer{};
    write_rtp_header(header, buffer);
    std::copy(payload.begin(), payload.end(), buffer.begin() + rtp_header_bytes);
    const auto length = srtp_->protect(buffer, rtp_header_bytes + payload.size(), false);
    LINKA_ASSERT(length.has_value());
    send_datagram(sockets_.rtp.get(), target_, std::span(buffer).first(*length), {});
}

void WebPeer::say() {
    if (!secure() || !connected_) {
        return;
    }
    std::vector<std::int16_t> samples(frame_samples(options_.codec));
    for (std::int16_t& sample : samples) {
        const double phase = 2.0 * std::numbers::pi * options_.frequency *
                             static_cast<double>(position_++) / info(options_.codec).sample_rate;
        sample = static_cast<std::int16_t>(std::lrint(8000.0 * std::sin(phase)));
    }
    std::array<std::uint8_t, frame_bytes_max> encoded{};
    const std::size_t length = encoder_.encode(samples, encoded);
    RtpPacket packet;
    packet.payload_type = static_cast<std::uint8_t>(info(options_.codec).payload_type);
    packet.sequence = sequence_++;
    packet.timestamp = timestamp_;
    packet.ssrc = ssrc_;
    timestamp_ += frame_ticks(options_.codec);
    send_rtp(packet, std::span(encoded).first(length));
}

void WebPeer::press(char digit, int step, bool end) {
    constexpr std::string_view keys = "0123456789*#ABCD";
    RtpPacket packet;
    packet.payload_type = web_events_type;
    packet.marker = step == 1;
    packet.sequence = sequence_++;
    packet.timestamp = timestamp_;
    packet.ssrc = ssrc_;
    std::array<std::uint8_t, 4> payload = {static_cast<std::uint8_t>(keys.find(digit)),
                                           static_cast<std::uint8_t>(end ? 0x8A : 0x0A)};
    store16(payload, 2, static_cast<std::uint16_t>(step * info(options_.codec).clock_rate / 50));
    send_rtp(packet, payload);
}

double WebPeer::hears(double wanted) const {
    return tone_share(heard, wanted, info(options_.codec).sample_rate);
}

void WebPeer::forget() {
    heard.clear();
    digits.clear();
    media_packets = 0;
}

}  // namespace linka::media::testing
