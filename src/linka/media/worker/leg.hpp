// Leg: one peer's RTP stream pair: what was agreed with it, what it says and what it hears. How the
// packets travel is its transport's business. A leg knows of one other leg at most, its bridge; the
// worker ties and unties them.
//
// Packets of a bridged leg are passed on at once if the other side takes their codec. Everything
// else that a leg hears (prompts, music, transcoded speech, silence) comes from tick(), called
// every 20 ms while needs_tick().
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/audio_in.hpp"
#include "linka/media/worker/budget.hpp"
#include "linka/media/worker/player.hpp"
#include "linka/media/worker/rtp/dtmf.hpp"
#include "linka/media/worker/rtp/out_stream.hpp"
#include "linka/media/worker/rtp/receive_stats.hpp"
#include "linka/media/worker/rtp/rtcp.hpp"
#include "linka/media/worker/sdp/negotiation.hpp"
#include "linka/media/worker/transport.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linka::media {

class Leg;

/// Takes the packets that a leg says, e.g. into a recording.
class SpeechSink {
  public:
    virtual ~SpeechSink() = default;
    virtual void speech(int side, const RtpPacket& packet, Codec codec, Instant now) = 0;
};

/// What a leg needs from the worker around it.
class LegHost {
  public:
    virtual ~LegHost() = default;
    virtual void notice(const Notice& notice) = 0;
    /// The leg needs ticks from now on; it says itself when no more (needs_tick).
    virtual void wants_ticks(Leg& leg) = 0;
    /// One frame of silence in that codec.
    virtual std::span<const std::uint8_t> silence(Codec codec) = 0;
    virtual Instant wall_now() = 0;
};

struct LegOptions {
    LegId id = 0;
    std::vector<Codec> codecs;
    std::uint64_t seed = 0;       // unpredictable
    bool announces_ssrc = false;  // in its descriptions, as web legs do
    std::unique_ptr<Transport> transport;
};

class Leg : private TransportUser {
  public:
    Leg(LegHost& host, LegOptions options);
    ~Leg() override;
    Leg(const Leg&) = delete;
    Leg& operator=(const Leg&) = delete;

    [[nodiscard]] LegId id() const { return options_.id; }

    // Descriptions (leg_sdp.cpp). The texts are SDP; errors as agree() and parse_sdp() have them.
    std::string make_offer();
    Result<std::string> answer(std::string_view offer);
    Status take_answer(std::string_view sdp);
    /// Our present description as a new offer; `hold`: the peer shall send nothing.
    Result<std::string> reoffer(bool hold);
    [[nodiscard]] bool peer_holds() const;
    /// It is the codec that the peer speaks, or will most likely speak.
    [[nodiscard]] bool speaks(Codec codec) const { return agreement_ && own_codec() == codec; }
    /// Any agreed codec of more than telephone bandwidth.
    [[nodiscard]] bool wideband() const;

    // What it hears.
    void connect(Leg& peer);
    void disconnect();
    void play(PlayId play, std::vector<std::shared_ptr<Clip>> clips, bool loop);
    void stop_play();
    [[nodiscard]] bool plays() const { return source_ == Source::play; }
    void echo();
    bool send_dtmf(std::string_view digits);
    void mute(bool on) { muted_ = on; }
    /// Signalling has shown that the peer is there: it may be sent to wherever it says.
    void confirm() { options_.transport->confirm(); }
    [[nodiscard]] Leg* peer() const { return peer_; }

    // What it says is also given to `sink`, while it takes sinks: at most four.
    void add_sink(SpeechSink& sink, int side);
    [[nodiscard]] bool takes_sinks() const { return sinks_.size() < sinks_max; }
    [[nodiscard]] bool has_sink(const SpeechSink& sink) const;
    void remove_sink(const SpeechSink& sink);

    // Driven by the worker.
    [[nodiscard]] bool needs_tick() const;
    void tick(Instant now);
    /// Once a second: reports, quality, silence detection.
    void second(Instant now);
    /// Says goodbye to the peer and gives the last quality notice.
    void close(Instant now);

    static constexpr std::size_t sinks_max = 4;
    /// Packets that a peer may send: four times as many as 20 ms packets need.
    static constexpr int packets_per_second_max = 200;
    /// Each is kept in the journal for ever; nobody presses more keys.
    static constexpr int digits_per_second_max = 20;

    bool ticking = false;  // the worker's mark: it is in a phase of the ticker

  private:
    enum class Source { silence, play, bridge, echo };
    struct Sink {
        SpeechSink* sink;
        int side;
    };

    // TransportUser (leg_receive.cpp)
    void take_rtp(std::span<const std::uint8_t> datagram, const Endpoint& from,
                  Instant now) override;
    void take_rtcp(std::span<const std::uint8_t> datagram, Instant now) override;
    void transport_up() override;

    [[nodiscard]] LocalMedia local(Direction direction, Describes as);
    Status adopt(Agreement agreement, Describes as);
    void prefer_codecs(Agreement& agreement) const;
    [[nodiscard]] bool may_send() const;
    [[nodiscard]] bool may_receive() const;
    [[nodiscard]] Codec own_codec() const;

    // Nothing: no payload type that was agreed.
    [[nodiscard]] const AgreedEvents* events_received(std::uint8_t payload_type) const;
    [[nodiscard]] const AgreedCodec* codec_received(std::uint8_t payload_type) const;
    void take_events(RtpPacket packet, const AgreedEvents& events, Instant now);
    void take_speech(const RtpPacket& packet, Codec codec, Instant now);
    // The bridged peer said something.
    void hear(Leg& from, const RtpPacket& packet, Codec codec, Instant now);
    void hear_events(const RtpPacket& packet, int clock_rate, std::optional<char> digit,
                     Instant now);
    void hear_nothing(const RtpPacket& packet);  // what cannot be passed on

    void send(const RtpPacket& header, std::span<const std::uint8_t> payload);
    void send_own(std::span<const std::uint8_t> frame, Codec codec, Instant now);
    void tick_dtmf(Instant now);
    void tick_play(Instant now);
    void tick_transcoding(Instant now);
    void go_on();  // with what it hears when nothing is played
    void send_silence(Instant now);
    [[nodiscard]] bool hears_silence() const;
    [[nodiscard]] bool silence_is_sparse() const;
    void send_samples(std::span<const std::int16_t> frame, Codec codec, Instant now);
    void send_report(Instant now, bool bye);
    void watch_quiet(Instant now);
    [[nodiscard]] Quality quality(bool last) const;

    // Given.
    LegHost& host_;
    LegOptions options_;

    // Agreed.
    std::optional<Agreement> agreement_;
    std::vector<std::string> media_kinds_;  // of all m-lines ever, for offers of ours
    std::vector<AgreedCodec> receivable_;   // payload types that may come, ours and theirs
    std::vector<AgreedEvents> receivable_events_;
    bool holds_ = false;  // we asked the peer to send nothing
    std::uint64_t sdp_version_ = 0;

    // Received.
    ReceiveStats received_;
    Budget packets_budget_{packets_per_second_max};
    std::int64_t excess_ = 0;  // packets beyond it
    DtmfReceiver dtmf_in_;
    Budget digits_budget_{digits_per_second_max};
    std::int64_t excess_digits_ = 0;
    bool press_is_bridged_ = false;  // the newest press began with a peer
    std::unique_ptr<AudioIn> audio_in_;
    std::vector<Sink> sinks_;
    Codec heard_codec_ = Codec::pcma;  // the peer's last
    bool heard_any_ = false;
    Instant heard_at_;
    Instant quiet_since_;
    std::int64_t quiet_told_ = 0;
    bool muted_ = false;

    // Sent.
    OutStream out_;
    DtmfSender dtmf_out_;
    std::optional<ToneGenerator> dtmf_tone_;
    Player player_;
    std::optional<Encoder> encoder_;
    Source source_ = Source::silence;
    Leg* peer_ = nullptr;       // lives at least as long as it is set: the worker unties first
    bool transcoding_ = false;  // the peer's last packet had a codec that ours does not take
    bool filling_ = false;      // the peer says nothing: we send silence
    int silence_frames_ = 0;    // since something else was sent
    Instant sent_at_;
    std::int64_t sent_reported_ = 0;

    // Reports.
    std::uint32_t peer_report_ = 0;  // middle of the NTP time of the peer's last sender report
    Instant peer_report_at_;
    double round_trip_ms_ = 0.0;
    double peer_loss_ = 0.0;
    double peer_jitter_ms_ = 0.0;
    int seconds_ = 0;
};

}  // namespace linka::media
