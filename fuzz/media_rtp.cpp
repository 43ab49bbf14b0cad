// What comes in by UDP: RTP through all that handles it, and RTCP. The first byte says what the
// rest is; RTP packets are cut out of it by their lengths, so that an input is a whole stream.
#include "linka/media/worker/audio_in.hpp"
#include "linka/media/worker/record/side_track.hpp"
#include "linka/media/worker/rtp/dtmf.hpp"
#include "linka/media/worker/rtp/out_stream.hpp"
#include "linka/media/worker/rtp/receive_stats.hpp"
#include "linka/media/worker/rtp/rtcp.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
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
        (void)dtmf.received(*packet, now);
        (void)out.forward(*packet, 1, {.payload_type = 8, .clock_rate = info(codec).clock_rate},
                          now);
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
