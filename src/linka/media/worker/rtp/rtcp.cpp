#include "linka/media/worker/rtp/rtcp.hpp"

#include <algorithm>

namespace linka::media {
namespace {

constexpr std::uint8_t sender_report = 200;
constexpr std::uint8_t receiver_report = 201;
constexpr std::uint8_t source_description = 202;
constexpr std::uint8_t goodbye = 203;
constexpr std::size_t block_bytes = 24;

// Writes the header of one RTCP packet of `bytes` (a multiple of 4) at `at`.
void write_header(std::span<std::uint8_t> out, std::size_t at, std::uint8_t type,
                  std::uint8_t count, std::size_t bytes) {
    out[at] = static_cast<std::uint8_t>(0x80U | count);
    out[at + 1] = type;
    store16(out, at + 2, static_cast<std::uint16_t>(bytes / 4 - 1));
}

void write_block(std::span<std::uint8_t> out, std::size_t at, const ReportBlock& block) {
    store32(out, at, block.stats.ssrc);
    const auto lost = static_cast<std::uint32_t>(block.stats.cumulative_lost) & 0xFFFFFFU;
    store32(out, at + 4, (std::uint32_t{block.stats.fraction_lost} << 24) | lost);
    store32(out, at + 8, block.stats.highest_sequence);
    store32(out, at + 12, block.stats.jitter);
    store32(out, at + 16, block.last_report);
    store32(out, at + 20, block.since_last_report);
}

ReportBlock read_block(std::span<const std::uint8_t> bytes) {
    ReportBlock block;
    block.stats.ssrc = load32(bytes, 0);
    block.stats.fraction_lost = bytes[4];
    const std::uint32_t lost = load32(bytes, 4) & 0xFFFFFFU;
    block.stats.cumulative_lost =
        static_cast<std::int32_t>(lost) - ((lost & 0x800000U) != 0 ? 0x1000000 : 0);
    block.stats.highest_sequence = load32(bytes, 8);
    block.stats.jitter = load32(bytes, 12);
    block.last_report = load32(bytes, 16);
    block.since_last_report = load32(bytes, 20);
    return block;
}

void read_report(std::span<const std::uint8_t> packet, std::uint32_t our_ssrc, RtcpIn& in) {
    std::size_t at = 8;
    if (packet[1] == sender_report) {
        if (packet.size() < 28) {
            return;
        }
        in.sender = SenderInfo{.ntp = (std::uint64_t{load32(packet, 8)} << 32) | load32(packet, 12),
                               .timestamp = load32(packet, 16),
                               .packets = load32(packet, 20),
                               .bytes = load32(packet, 24)};
        at = 28;
    }
    for (int left = packet[0] & 31; left > 0 && at + block_bytes <= packet.size();
         --left, at += block_bytes) {
        const ReportBlock block = read_block(packet.subspan(at, block_bytes));
        if (block.stats.ssrc == our_ssrc) {
            in.block = block;
        }
    }
}

}  // namespace

std::size_t write_rtcp(const RtcpOut& report, std::span<std::uint8_t> out) {
    std::size_t at = report.sender ? 28 : 8;
    const std::size_t blocks = report.block ? block_bytes : 0;
    write_header(out, 0, report.sender ? sender_report : receiver_report, report.block ? 1 : 0,
                 at + blocks);
    store32(out, 4, report.ssrc);
    if (report.sender) {
        store32(out, 8, static_cast<std::uint32_t>(report.sender->ntp >> 32));
        store32(out, 12, static_cast<std::uint32_t>(report.sender->ntp));
        store32(out, 16, report.sender->timestamp);
        store32(out, 20, report.sender->packets);
        store32(out, 24, report.sender->bytes);
    }
    if (report.block) {
        write_block(out, at, *report.block);
        at += block_bytes;
    }
    const std::size_t name_bytes = std::min<std::size_t>(report.cname.size(), 64);
    // SSRC, CNAME item, and 1 to 4 zero bytes that end the chunk on a word.
    const std::size_t sdes = 4 + (4 + 2 + name_bytes) / 4 * 4 + 4;
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(at), sdes, std::uint8_t{0});
    write_header(out, at, source_description, 1, sdes);
    store32(out, at + 4, report.ssrc);
    out[at + 8] = 1;
    out[at + 9] = static_cast<std::uint8_t>(name_bytes);
    std::copy_n(report.cname.begin(), name_bytes,
                out.begin() + static_cast<std::ptrdiff_t>(at + 10));
    at += sdes;
    if (report.bye) {
        write_header(out, at, goodbye, 1, 8);
        store32(out, at + 4, report.ssrc);
        at += 8;
    }
    return at;
}

std::optional<RtcpIn> parse_rtcp(std::span<const std::uint8_t> datagram, std::uint32_t our_ssrc) {
    // RFC 3550 A.2: version 2 throughout, first a report, lengths that fit together.
    if (!looks_like_rtcp(datagram) ||
        (datagram[1] != sender_report && datagram[1] != receiver_report)) {
        return std::nullopt;
    }
    RtcpIn in;
    std::span<const std::uint8_t> rest = datagram;
    while (!rest.empty()) {
        if (rest.size() < 4 || (rest[0] >> 6) != 2) {
            return std::nullopt;
        }
        const std::size_t bytes = (std::size_t{load16(rest, 2)} + 1) * 4;
        if (bytes > rest.size()) {
            return std::nullopt;
        }
        const auto packet = rest.first(bytes);
        if ((packet[1] == sender_report || packet[1] == receiver_report) && bytes >= 8) {
            read_report(packet, our_ssrc, in);
        } else if (packet[1] == goodbye) {
            in.bye = true;
        }
        rest = rest.subspan(bytes);
    }
    return in;
}

std::uint64_t ntp_from(Instant wall) {
    constexpr std::uint64_t epoch_1900 = 2'208'988'800;
    const auto us = static_cast<std::uint64_t>(wall.us);
    return ((us / 1'000'000 + epoch_1900) << 32) | ((us % 1'000'000) << 32) / 1'000'000;
}

}  // namespace linka::media
