// RTCP (RFC 3550 §6): compound packets of sender or receiver report, SDES and BYE.
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/receive_stats.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace linka::media {

constexpr std::size_t rtcp_bytes_max = 256;

struct SenderInfo {
    std::uint64_t ntp = 0;  // NTP time stamp, 32.32
    std::uint32_t timestamp = 0;
    std::uint32_t packets = 0;
    std::uint32_t bytes = 0;
};

struct ReportBlock {
    ReceiveStats::Report stats;
    std::uint32_t last_report = 0;        // middle 32 bits of the peer's NTP time stamp
    std::uint32_t since_last_report = 0;  // 1/65536 s
};

struct RtcpOut {
    std::uint32_t ssrc = 0;
    std::string_view cname;
    std::optional<SenderInfo> sender;  // we sent since the last report
    std::optional<ReportBlock> block;  // we received something
    bool bye = false;
};

/// Bytes written. `out` has room for rtcp_bytes_max.
std::size_t write_rtcp(const RtcpOut& report, std::span<std::uint8_t> out);

struct RtcpIn {
    std::optional<SenderInfo> sender;
    std::optional<ReportBlock> block;  // the one about our SSRC
    bool bye = false;
};

/// Nothing if the datagram is no valid compound packet.
std::optional<RtcpIn> parse_rtcp(std::span<const std::uint8_t> datagram, std::uint32_t our_ssrc);

/// NTP time of the wall clock (RFC 5905 §6).
std::uint64_t ntp_from(Instant wall);

}  // namespace linka::media
