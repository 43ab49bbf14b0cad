// For tests: a web phone: a minimal ICE agent that controls, a DTLS client straight on OpenSSL
// (sharing no DTLS code with the worker), SRTP, and a tone that it says.
#pragma once

#include "linka/media/testing/test_peer.hpp"
#include "linka/media/worker/sdp/security.hpp"
#include "linka/media/worker/web/certificate.hpp"
#include "linka/media/worker/web/srtp.hpp"
#include "linka/media/worker/web/stun.hpp"

#include <optional>

namespace linka::media::testing {

class WebPeer {
  public:
    struct Options {
        Codec codec = Codec::opus;
        double frequency = 500.0;
        bool lies = false;  // its description has the fingerprint of another certificate
        int deaf = 0;       // loses so many of the worker's first DTLS datagrams
        std::string srtp = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
    };
    explicit WebPeer(Options options);
    ~WebPeer();

    /// Our offer, or our answer to what was taken: as a browser puts it.
    [[nodiscard]] std::string description(std::string_view setup) const;
    /// The worker's offer or answer.
    void take(const std::string& sdp);
    /// One step: a check if one is due, the handshake, everything that has come.
    void work();
    /// 20 ms of the tone, once secure.
    void say();
    void press(char digit, int step, bool end);
    /// A new socket and new credentials on the same DTLS association (an ICE restart).
    void restart_ice();
    /// One check right now, with role conflict if `controlled`, or a password of its own.
    void send_check(bool controlled, std::string_view password = {});

    [[nodiscard]] bool secure() const { return srtp_.has_value(); }
    [[nodiscard]] bool gcm() const { return gcm_; }
    [[nodiscard]] double hears(double frequency) const;
    void forget();

    std::vector<std::int16_t> heard;
    std::string digits;
    int checks_answered = 0;
    int last_error = 0;  // of a check
    int media_packets = 0;
    int rtcp_packets = 0;
    bool failed = false;  // the handshake

  private:
    void open_socket();
    void take_datagram(std::span<std::uint8_t> datagram);
    void take_dtls(std::span<const std::uint8_t> datagram);
    void handshake();
    void export_keys();
    void take_media(std::span<std::uint8_t> packet);
    void send_rtp(const RtpPacket& header, std::span<const std::uint8_t> payload);

    Options options_;
    Certificate certificate_;
    Certificate other_;
    OpensslPtr<SSL_CTX> context_;
    OpensslPtr<SSL> ssl_;
    SocketPair sockets_;
    IceCredentials ice_;
    PeerSecurity worker_;
    Endpoint target_;
    std::optional<SrtpSession> srtp_;
    bool gcm_ = false;
    bool connected_ = false;  // a check was answered
    std::uint8_t checks_ = 0;
    Instant checked_at_;
    Encoder encoder_;
    Decoder decoder_;
    DtmfReceiver dtmf_;
    std::int64_t position_ = 0;
    std::uint16_t sequence_ = 65500;  // rolls over soon
    std::uint32_t timestamp_ = 9000;
    std::uint32_t ssrc_ = 0;
    ReceiveBatch batch_;
};

}  // namespace linka::media::testing
