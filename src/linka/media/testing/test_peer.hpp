// For tests: a telephone on a loopback socket that says a tone and measures what it hears, and a
// hand on a linka-media process.
#pragma once

#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/audio/codec.hpp"
#include "linka/media/worker/rtp/dtmf.hpp"
#include "linka/media/worker/rtp/sockets.hpp"
#include "linka/media/worker/sdp/sdes.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/process.hpp"
#include "linka/runtime/seqpacket.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace linka::media::testing {

/// Share 0..1 of the power of `samples` that lies at `frequency` (Goertzel).
double tone_share(std::span<const std::int16_t> samples, double frequency, double rate);
double root_mean_square(std::span<const std::int16_t> samples);

class TestPeer {
  public:
    TestPeer(Codec codec, double frequency);

    /// Offers our codec alone, and telephone-event if `events`.
    [[nodiscard]] std::string description(std::string_view direction = "sendrecv",
                                          bool events = true) const;
    /// The worker's answer or offer: where to send.
    void take(const std::string& sdp);

    /// Sends 20 ms of the tone.
    void say();
    /// One packet of an RFC 4733 press; all bear the same time stamp.
    void press(char digit, int step, bool end);
    /// Reads everything that has come.
    void listen();
    void forget();
    void send_raw(std::span<const std::uint8_t> datagram);
    [[nodiscard]] int port() const { return sockets_.port; }
    /// From now on RTP/SAVP, with a fresh key in the description (RFC 4568).
    void secure() { crypto_ = make_sdes(); }
    [[nodiscard]] double hears(double frequency) const;

    Codec codec;
    double frequency;
    std::vector<std::int16_t> heard;  // at the codec's rate
    std::vector<RtpPacket> packets;   // without payload
    std::string digits;
    std::int64_t gaps = 0;  // breaks in sequence numbers
    int rtcp_packets = 0;
    std::uint16_t sequence = 1000;
    std::uint32_t timestamp = 5000;
    std::uint32_t ssrc = 4711;
    std::uint8_t events_type = 101;  // payload type of our presses

  private:
    void take_packet(const RtpPacket& packet);
    void send(std::span<const std::uint8_t> head, std::span<const std::uint8_t> payload);

    SocketPair sockets_;
    Endpoint target_;
    std::optional<SdesCrypto> crypto_;
    std::optional<SrtpSession> srtp_;
    std::uint8_t payload_type_ = 0;
    Encoder encoder_;
    Decoder decoder_;
    std::int64_t position_ = 0;
    DtmfReceiver dtmf_;
    ReceiveBatch batch_;
};

/// A linka-media process with a directory of its own.
class TestWorker {
  public:
    TestWorker();
    ~TestWorker();
    TestWorker(const TestWorker&) = delete;
    TestWorker& operator=(const TestWorker&) = delete;

    void start(int linger_seconds = 60);
    void connect();
    void hang_up() { peer_.reset(); }
    void kill();
    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] int pid() const { return process_->pid(); }

    /// Asks and waits for the answer.
    template <typename T>
    Reply ask(T request) {
        request.id = ++last_id_;
        return wait_for(Request{std::move(request)}, last_id_);
    }
    /// Runs the loop until `done` or so long.
    bool wait(const std::function<bool()>& done, Duration at_most = 10s);
    void run_for(Duration time);

    template <typename T>
    std::vector<T> noticed() const {
        std::vector<T> found;
        for (const Notice& notice : notices) {
            if (const T* one = std::get_if<T>(&notice)) {
                found.push_back(*one);
            }
        }
        return found;
    }

    std::string directory;
    std::vector<std::string> arguments;  // more of them, for start()
    std::vector<Notice> notices;

  private:
    Reply wait_for(const Request& request, std::int64_t id);

    runtime::Loop loop_;
    std::unique_ptr<runtime::Process> process_;
    std::unique_ptr<runtime::SeqpacketPeer> peer_;
    std::int64_t last_id_ = 0;
    bool running_ = false;
};

}  // namespace linka::media::testing
