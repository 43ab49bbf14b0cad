#include "linka/media/worker/sdp/sdp.hpp"

#include "linka/base/text.hpp"
#include "linka/media/worker/audio/codec.hpp"

#include <algorithm>
#include <optional>

namespace linka::media {
namespace {

constexpr std::size_t lines_max = 1000;

// What stands about a line without being of it.
constexpr std::string_view blanks(" \t\0", 3);
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// The next line, cut from the front of `rest`; an empty one between the CR and the LF of a line
// end.
std::string_view next_line(std::string_view& rest) {
    const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return trimmed(line);
}

// The next word, cut from the front of `rest`.
std::string_view next_word(std::string_view& rest) {
    rest = trimmed(rest);
    const auto end = std::min(rest.find_first_of(blanks), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    return word;
}

std::optional<int> number(std::string_view word, int max) {
    const auto value = text::to_int(word);
    if (!value || *value < 0 || *value > max) {
        return std::nullopt;
    }
    return static_cast<int>(*value);
}

std::optional<Direction> direction_named(std::string_view name) {
    for (const Direction direction :
         {Direction::sendrecv, Direction::sendonly, Direction::recvonly, Direction::inactive}) {
        if (name == direction_name(direction)) {
            return direction;
        }
    }
    return std::nullopt;
}

// What may stand in our own description again (RFC 5888 §4: mid is a token).
bool is_token(std::string_view text) {
    constexpr std::size_t most = 32;
    return !text.empty() && text.size() <= most &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

class Parser {
  public:
    Result<Sdp> parse(std::string_view text) {
        std::size_t lines = 0;
        if (text.starts_with(byte_order_mark)) {
            text.remove_prefix(byte_order_mark.size());
        }
        while (!text.empty()) {
            const std::string_view line = next_line(text);
            if (line.empty()) {
                continue;
            }
            if (++lines > lines_max) {
                return fail(ErrorCode::full, text::format("SDP of more than {} lines", lines_max));
            }
            if (line.size() > sdp_line_bytes_max) {
                return fail(ErrorCode::full, text::format("SDP line {} of {} bytes; at most {}",
                                                          lines, line.size(), sdp_line_bytes_max));
            }
            if (line.size() < 2 || line[1] != '=' || (lines == 1 && line != "v=0")) {
                return fail(ErrorCode::invalid, text::format("SDP line {} is none", lines));
            }
            if (const Status status = take(line[0], line.substr(2)); !status) {
                return status.error();
            }
        }
        if (lines == 0) {
            return fail(ErrorCode::invalid, "SDP is empty");
        }
        finish_media();
        return std::move(sdp_);
    }

  private:
    Status take(char type, std::string_view value) {
        switch (type) {
            case 'm':
                return take_media(value);
            case 'c':
                take_connection(value);
                break;
            case 'a':
                take_attribute(value);
                break;
            default:
                break;
        }
        return Done{};
    }

    // m=audio 49170 RTP/AVP 0 8
    Status take_media(std::string_view value) {
        finish_media();
        if (sdp_.media.size() >= sdp_media_max) {
            return fail(ErrorCode::full,
                        text::format("SDP with more than {} media", sdp_media_max));
        }
        SdpMedia media;
        media.kind = next_word(value);
        const std::string_view ports = next_word(value);
        const auto port = number(ports.substr(0, ports.find('/')), 65535);
        media.protocol = next_word(value);
        if (media.kind.empty() || !port || media.protocol.empty()) {
            return fail(ErrorCode::invalid, "SDP with a broken m-line");
        }
        media.port = *port;
        while (media.format_names.size() < sdp_formats_max) {
            const std::string_view format = next_word(value);
            if (format.empty()) {
                break;
            }
            media.format_names.emplace_back(format);
        }
        media.address = address_;
        media.direction = direction_;
        media.ice_ufrag = session_.ice_ufrag;
        media.ice_password = session_.ice_password;
        media.setup = session_.setup;
        media.fingerprints = session_.fingerprints;
        own_fingerprints_ = false;
        sdp_.media.push_back(std::move(media));
        return Done{};
    }

    // c=IN IP4 192.0.2.1[/ttl]
    void take_connection(std::string_view value) {
        next_word(value);
        next_word(value);
        std::string_view address = next_word(value);
        address = address.substr(0, address.find('/'));
        (sdp_.media.empty() ? address_ : sdp_.media.back().address) = address;
    }

    void take_attribute(std::string_view value) {
        const auto colon = value.find(':');
        const std::string_view name = trimmed(value.substr(0, colon));
        std::string_view rest =
            colon == std::string_view::npos ? "" : trimmed(value.substr(colon + 1));
        if (const auto direction = direction_named(name)) {
            (sdp_.media.empty() ? direction_ : sdp_.media.back().direction) = *direction;
            return;
        }
        if (take_security(name, rest) || sdp_.media.empty()) {
            return;
        }
        SdpMedia& media = sdp_.media.back();
        if (name == "rtpmap") {
            take_rtpmap(rest);
        } else if (name == "rtcp-mux") {
            media.rtcp_mux = true;
        } else if (name == "rtcp") {
            media.rtcp_port = number(next_word(rest), 65535).value_or(0);
        } else if (name == "crypto" && media.crypto.size() < sdp_crypto_max) {
            media.crypto.emplace_back(rest);
        } else if (name == "mid" && is_token(rest)) {
            media.mid = rest;
        }
    }

    // True if the attribute is one of those that the session may have for all its media.
    bool take_security(std::string_view name, std::string_view rest) {
        SdpMedia& media = sdp_.media.empty() ? session_ : sdp_.media.back();
        if (name == "ice-ufrag") {
            media.ice_ufrag = rest;
        } else if (name == "ice-pwd") {
            media.ice_password = rest;
        } else if (name == "setup") {
            media.setup = rest;
        } else if (name == "fingerprint") {
            if (!own_fingerprints_ && !sdp_.media.empty()) {
                media.fingerprints.clear();  // its own take the place of the session's
                own_fingerprints_ = true;
            }
            if (media.fingerprints.size() < sdp_fingerprints_max) {
                media.fingerprints.emplace_back(rest);
            }
        } else {
            return false;
        }
        return true;
    }

    // a=rtpmap:111 opus/48000/2
    void take_rtpmap(std::string_view rest) {
        const auto payload_type = number(next_word(rest), 127);
        const auto parts = text::split(next_word(rest), '/');
        if (!payload_type || parts.size() < 2 || parts.size() > 3 ||
            maps_.size() >= sdp_formats_max) {
            return;
        }
        SdpFormat format;
        format.payload_type = *payload_type;
        format.encoding = parts[0];
        format.clock_rate = number(parts[1], 384000).value_or(0);
        format.channels = parts.size() == 3 ? number(parts[2], 16).value_or(0) : 1;
        if (text::equal_ignoring_case(format.encoding, "G722")) {
            format.clock_rate = 8000;  // RFC 3551 §4.5.2; some name what it samples with
        }
        maps_.push_back(std::move(format));
    }

    // Puts the formats of the last m-line together, static payload types included.
    void finish_media() {
        if (sdp_.media.empty()) {
            return;
        }
        SdpMedia& media = sdp_.media.back();
        for (const std::string& name : media.format_names) {
            const auto payload_type = number(name, 127);
            if (!payload_type) {
                continue;
            }
            const auto same = [&](const SdpFormat& format) {
                return format.payload_type == *payload_type;
            };
            if (const auto codec = static_codec(*payload_type)) {
                // Theirs by RFC 3551 §6 whatever the rtpmap says: G.722, whose clock is 8000 by an
                // old mistake, comes as G722/16000, "G.722/8000" and without any.
                media.formats.push_back({.payload_type = *payload_type,
                                         .encoding = std::string(info(*codec).name),
                                         .clock_rate = info(*codec).clock_rate,
                                         .channels = 1});
                continue;
            }
            const auto map = std::find_if(maps_.begin(), maps_.end(), same);
            if (map != maps_.end()) {
                media.formats.push_back(*map);
            }
        }
        maps_.clear();
    }

    static std::optional<Codec> static_codec(int payload_type) {
        for (const Codec codec : {Codec::pcma, Codec::pcmu, Codec::g722}) {
            if (info(codec).payload_type == payload_type) {
                return codec;
            }
        }
        return std::nullopt;
    }

    Sdp sdp_;
    std::string address_;
    Direction direction_ = Direction::sendrecv;
    SdpMedia session_;               // what the session says for all media
    bool own_fingerprints_ = false;  // the m-line being read has its own
    std::vector<SdpFormat> maps_;    // of the m-line being read
};

}  // namespace

Direction reversed(Direction direction) {
    switch (direction) {
        case Direction::sendonly:
            return Direction::recvonly;
        case Direction::recvonly:
            return Direction::sendonly;
        default:
            return direction;
    }
}

std::string_view direction_name(Direction direction) {
    switch (direction) {
        case Direction::sendonly:
            return "sendonly";
        case Direction::recvonly:
            return "recvonly";
        case Direction::inactive:
            return "inactive";
        default:
            return "sendrecv";
    }
}

Result<Sdp> parse_sdp(std::string_view text) {
    if (text.size() > sdp_bytes_max) {
        return fail(ErrorCode::full,
                    text::format("SDP of {} bytes; at most {}", text.size(), sdp_bytes_max));
    }
    return Parser().parse(text);
}

}  // namespace linka::media
