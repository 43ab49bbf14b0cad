// What comes in by UDP: RTP through all that handles it, and RTCP. The first byte says what the
// rest is; RTP packets are cut out of it by their lengths, so that an input is a whole stream.
#include "linka/base/assert.hpp"
#include "linka/media/worker/audio_in.hpp"
#include "linka/media/worker/record/side_track.hpp"
#include "linka/media/worker/rtp/dtmf.hpp"
#include "linka/media/worker/rtp/out_stream.hpp"
#include "linka/media/worker/rtp/receive_stats.hpp"
#include "linka/media/worker/rtp/rtcp.hpp"
#include "linka/media/worker/rtp/source_lock.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace {

using namespace linka;
using namespace linka::media;

// 1 length byte, then so many bytes of datagram, again and again.
void rtp_stream(std::span<const std::uint8_t> bytes, Codec codec) {
    ReceiveStats stats;
    DtmfReceiver dtmf;
    OutStream out(1);
    AudioIn audio;
    SourceLock lock;
    const auto described = *Endpoint::from("192.0.2.1", 4000);
    const auto stranger = *Endpoint::from("192.0.2.2", 4002);
    lock.expect(described);
    std::optional<RtpPacket> newest;  // passed on
    Instant now{1};
    for (int packets = 0; !bytes.empty() && packets < 200; ++packets) {
        const std::size_t length = std::min<std::size_t>(bytes[0], bytes.size() - 1);
        const auto packet = parse_rtp(bytes.subspan(1, length));
        bytes = bytes.subspan(1 + length);
        now = now + 20ms;
        if (!packet) {
            continue;
        }
        stats.received(*packet, info(codec).clock_rate, now);
        const bool begins = dtmf.received(*packet, now).has_value();
        LINKA_ASSERT(!begins || dtmf.begun().has_value());
        // What is described is always taken, and what is taken is where we send.
        const bool taken = lock.accept(packet->marker ? described : stranger, *packet, now);
        LINKA_ASSERT(taken || !packet->marker);
        LINKA_ASSERT(!packet->marker || lock.target() == described);
        const auto passed =
            out.forward(*packet, 1, {.payload_type = 8, .clock_rate = info(codec).clock_rate}, now);
        if (passed && newest && sequence_distance(passed->sequence, newest->sequence) > 0) {
            LINKA_ASSERT(static_cast<std::int32_t>(passed->timestamp - newest->timestamp) >= 0);
        }
        if (passed && (!newest || sequence_distance(passed->sequence, newest->sequence) > 0)) {
            newest = passed;
        }
        audio.put(*packet, codec);
        std::array<std::int16_t, 320> frame{};
        audio.read(frame, 16000);
    }
    (void)stats.report();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::span<const std::uint8_t> bytes(data + 1, size - 1);
    if (data[0] % 5 == 4) {
        (void)parse_rtcp(bytes, 0x01020304);
    } else {
        rtp_stream(bytes, all_codecs[data[0] % 5]);
    }
    return 0;
}
