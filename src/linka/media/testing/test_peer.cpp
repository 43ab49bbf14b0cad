#include "linka/media/testing/test_peer.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"
#include "linka/media/worker/sdp/sdp.hpp"
#include "linka/runtime/clock.hpp"

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <numbers>

#include <unistd.h>

namespace linka::media::testing {

double tone_share(std::span<const std::int16_t> samples, double frequency, double rate) {
    if (samples.empty()) {
        return 0.0;
    }
    const double coefficient = 2.0 * std::cos(2.0 * std::numbers::pi * frequency / rate);
    double power = 0.0;
    double all = 1.0;
    // In pieces of 40 ms, so that a slip of the phase does not hide the tone.
    const auto piece = static_cast<std::size_t>(rate / 25);
    for (std::size_t begin = 0; begin + piece <= samples.size(); begin += piece) {
        double one = 0.0;
        double two = 0.0;
        double sum = 0.0;
        for (const std::int16_t sample : samples.subspan(begin, piece)) {
            const double next = sample + coefficient * one - two;
            two = one;
            one = next;
            sum += static_cast<double>(sample) * sample;
        }
        const double magnitude = one * one + two * two - coefficient * one * two;
        power += magnitude * 2.0 / static_cast<double>(piece);
        all += sum;
    }
    return power / all;
}

double root_mean_square(std::span<const std::int16_t> samples) {
    double sum = 0.0;
    for (const std::int16_t sample : samples) {
        sum += static_cast<double>(sample) * sample;
    }
    return samples.empty() ? 0.0 : std::sqrt(sum / static_cast<double>(samples.size()));
}

TestPeer::TestPeer(Codec codec_spoken, double frequency_spoken)
    : codec(codec_spoken),
      frequency(frequency_spoken),
      payload_type_(static_cast<std::uint8_t>(info(codec).payload_type)),
      encoder_(codec),
      decoder_(codec) {
    // Tests of several programs run at once: each begins at a place of its own.
    static PortRange ports(30000 + ::getpid() % 2000 * 10, 59999);
    auto opened = ports.open("127.0.0.1");
    LINKA_ASSERT(opened.ok());
    sockets_ = std::move(*opened);
}

std::string TestPeer::description(std::string_view direction, bool events) const {
    const CodecInfo& known = info(codec);
    std::string text = text::format(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        "m=audio {} {} {}{}\r\na=rtpmap:{} {}/{}{}\r\n",
        sockets_.port, crypto_ ? "RTP/SAVP" : "RTP/AVP", payload_type_, events ? " 101" : "",
        payload_type_, known.name, known.clock_rate, codec == Codec::opus ? "/2" : "");
    if (events) {
        text += text::format("a=rtpmap:101 telephone-event/{}\r\n", known.clock_rate);
    }
    if (crypto_) {
        text += text::format("a=crypto:{}\r\n", write_sdes(*crypto_));
    }
    return text + text::format("a={}\r\n", direction);
}

void TestPeer::take(const std::string& sdp_text) {
    const auto sdp = parse_sdp(sdp_text);
    LINKA_ASSERT(sdp.ok());
    LINKA_ASSERT(!sdp->media.empty());
    target_ = *Endpoint::from(sdp->media[0].address, sdp->media[0].port);
    if (crypto_) {
        LINKA_ASSERT(sdp->media[0].protocol == "RTP/SAVP" && !sdp->media[0].crypto.empty());
        const auto theirs = read_sdes(sdp->media[0].crypto[0]);
        LINKA_ASSERT(theirs.has_value());
        auto session = SrtpSession::create(
            {.profile = theirs->suite, .sending = crypto_->key, .receiving = theirs->key});
        LINKA_ASSERT(session.ok());
        srtp_ = std::move(*session);
    }
    for (const SdpFormat& format : sdp->media[0].formats) {
        if (format.encoding == "telephone-event" && format.clock_rate == info(codec).clock_rate) {
            events_type = static_cast<std::uint8_t>(format.payload_type);
        }
    }
}

void TestPeer::say() {
    std::vector<std::int16_t> samples(frame_samples(codec));
    for (std::int16_t& sample : samples) {
        const double phase = 2.0 * std::numbers::pi * frequency * static_cast<double>(position_++) /
                             info(codec).sample_rate;
        sample = static_cast<std::int16_t>(std::lrint(8000.0 * std::sin(phase)));
    }
    std::array<std::uint8_t, frame_bytes_max> encoded{};
    const std::size_t length = encoder_.encode(samples, encoded);
    RtpPacket packet;
    packet.payload_type = payload_type_;
    packet.sequence = sequence++;
    packet.timestamp = timestamp;
    packet.ssrc = ssrc;
    timestamp += frame_ticks(codec);
    std::array<std::uint8_t, rtp_header_bytes> head{};
    write_rtp_header(packet, head);
    send(head, std::span(encoded).first(length));
}

void TestPeer::send(std::span<const std::uint8_t> head, std::span<const std::uint8_t> payload) {
    alignas(8) std::array<std::uint8_t, datagram_bytes_max + SrtpSession::trailer_bytes_max>
        buffer{};
    if (srtp_) {
        head = srtp_->protect(head, payload, buffer, false);
        payload = {};
    }
    send_datagram(sockets_.rtp.get(), target_, head, payload);
}

void TestPeer::press(char digit, int step, bool end) {
    constexpr std::string_view keys = "0123456789*#ABCD";
    RtpPacket packet;
    packet.payload_type = events_type;
    packet.marker = step == 1;
    packet.sequence = sequence++;
    packet.timestamp = timestamp;
    packet.ssrc = ssrc;
    std::array<std::uint8_t, rtp_header_bytes + 4> bytes{};
    write_rtp_header(packet, bytes);
    bytes[12] = static_cast<std::uint8_t>(keys.find(digit));
    bytes[13] = end ? 0x8A : 0x0A;
    store16(bytes, 14, static_cast<std::uint16_t>(step * info(codec).clock_rate / 50));
    send(bytes, {});
}

void TestPeer::send_raw(std::span<const std::uint8_t> datagram) {
    send_datagram(sockets_.rtp.get(), target_, datagram, {});
}

void TestPeer::listen() {
    for (std::size_t count = 0; (count = batch_.receive(sockets_.rtp.get())) > 0;) {
        for (std::size_t i = 0; i < count; ++i) {
            auto bytes = batch_.bytes(i);
            if (srtp_) {
                bytes = bytes.first(srtp_->open(bytes, false).value_or(0));
            }
            if (const auto packet = parse_rtp(bytes)) {
                take_packet(*packet);
            }
        }
    }
    rtcp_packets += static_cast<int>(batch_.receive(sockets_.rtcp.get()));
}

void TestPeer::take_packet(const RtpPacket& packet) {
    if (!packets.empty() && packets.back().ssrc == packet.ssrc &&
        sequence_distance(packet.sequence, packets.back().sequence) != 1) {
        ++gaps;
    }
    packets.push_back(packet);
    packets.back().payload = {};
    if (packet.payload_type == events_type || packet.payload_type == 101) {
        if (const auto digit = dtmf_.received(packet, runtime::steady_now())) {
            digits += *digit;
        }
        return;
    }
    std::array<std::int16_t, packet_samples_max> samples{};
    const std::size_t count = decoder_.decode(packet.payload, samples);
    heard.insert(heard.end(), samples.begin(),
                 samples.begin() + static_cast<std::ptrdiff_t>(count));
}

void TestPeer::forget() {
    heard.clear();
    packets.clear();
    digits.clear();
    gaps = 0;
}

double TestPeer::hears(double wanted) const {
    return tone_share(heard, wanted, info(codec).sample_rate);
}

TestWorker::TestWorker() {
    std::string pattern = (std::filesystem::temp_directory_path() / "linka-media-XXXXXX").string();
    LINKA_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    directory = pattern;
}

TestWorker::~TestWorker() {
    peer_.reset();
    if (process_ && running_) {
        process_->signal(SIGKILL);
        (void)wait([this] { return !running_; });
    }
    std::error_code failure;
    std::filesystem::remove_all(directory, failure);
}

void TestWorker::start(int linger_seconds) {
    const auto own = std::filesystem::read_symlink("/proc/self/exe");
    const int low = 20000 + ::getpid() % 900 * 10;
    runtime::Command command;
    command.arguments = {(own.parent_path() / "linka-media").string(),
                         "--socket",
                         directory + "/media-0.sock",
                         "--ports",
                         text::format("{}-{}", low, low + 999),
                         "--spool",
                         directory + "/spool",
                         "--prompts",
                         (own.parent_path() / "prompts").string() + ":" + directory + "/prompts",
                         "--linger",
                         std::to_string(linger_seconds)};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    auto started =
        runtime::Process::start(loop_, command, [this](runtime::Exit) { running_ = false; });
    LINKA_ASSERT(started.ok());
    process_ = std::move(*started);
    running_ = true;
}

void TestWorker::connect() {
    Result<runtime::Fd> fd = fail(ErrorCode::unavailable, "");
    const bool connected = wait([&] {
        fd = runtime::connect_seqpacket(directory + "/media-0.sock");
        return fd.ok();
    });
    LINKA_ASSERT(connected);
    peer_ = std::make_unique<runtime::SeqpacketPeer>(
        loop_, std::move(*fd),
        [this](std::string_view packet) {
            const auto notice = decode_notice(packet);
            LINKA_ASSERT(notice.ok());
            notices.push_back(*notice);
        },
        [] {});
}

void TestWorker::kill() {
    process_->signal(SIGKILL);
    (void)wait([this] { return !running_; });
    peer_.reset();
}

bool TestWorker::wait(const std::function<bool()>& done, Duration at_most) {
    const Instant end = runtime::steady_now() + at_most;
    while (!done()) {
        if (runtime::steady_now() > end) {
            return false;
        }
        loop_.step(5ms);
    }
    return true;
}

void TestWorker::run_for(Duration time) {
    const Instant end = runtime::steady_now() + time;
    for (Instant now = runtime::steady_now(); now < end; now = runtime::steady_now()) {
        loop_.step(end - now);
    }
}

Reply TestWorker::wait_for(const Request& request, std::int64_t id) {
    LINKA_ASSERT(peer_->send(encode(request)));
    Reply answer;
    answer.error = "no answer";
    (void)wait([&] {
        for (const Reply& reply : noticed<Reply>()) {
            if (reply.id == id) {
                answer = reply;
                return true;
            }
        }
        return false;
    });
    return answer;
}

}  // namespace linka::media::testing
