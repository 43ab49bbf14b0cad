// The lines that only descriptions for web phones have (RFC 8829 §5.2, RFC 8839, RFC 8842).
#pragma once

#include "linka/media/worker/sdp/negotiation.hpp"

#include <string>
#include <string_view>

namespace linka::media {

constexpr std::string_view web_protocol = "UDP/TLS/RTP/SAVPF";
/// The name of our only m-line in offers of ours.
constexpr std::string_view first_mid = "0";

/// Those that RFC 8829 §5.1.2 wants to be understood; all mean the same to us.
bool is_web_protocol(std::string_view protocol);
/// Before the first m-line: ICE-lite, and the bundle that consists of our one m-line.
std::string web_session_lines(std::string_view mid);
/// Below the m-line.
std::string web_media_lines(const LocalMedia& local, const Agreement& agreement);

}  // namespace linka::media
