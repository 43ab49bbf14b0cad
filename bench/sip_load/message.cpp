#include "message.hpp"

#include "linka/base/text.hpp"

namespace linka::bench {
namespace {

constexpr std::string_view version = "SIP/2.0 ";

void take_header(Message& message, std::string_view name, std::string_view value) {
    const auto is = [&](std::string_view full, std::string_view compact = {}) {
        return text::equal_ignoring_case(name, full) ||
               (!compact.empty() && text::equal_ignoring_case(name, compact));
    };
    if (is("Via", "v")) {
        message.vias.push_back(value);
    } else if (is("From", "f")) {
        message.from = value;
    } else if (is("To", "t")) {
        message.to = value;
    } else if (is("Call-ID", "i")) {
        message.call_id = value;
    } else if (is("Contact", "m")) {
        message.contact = value;
    } else if (is("WWW-Authenticate")) {
        message.challenges.push_back(value);
    } else if (is("CSeq")) {
        const std::size_t space = value.find(' ');
        message.cseq = static_cast<int>(text::to_int(value.substr(0, space)).value_or(0));
        message.method = space == std::string_view::npos ? "" : text::trim(value.substr(space));
    }
}

bool take_start(Message& message) {
    if (message.start.starts_with(version)) {
        const auto code = text::to_int(message.start.substr(version.size(), 3));
        message.status = static_cast<int>(code.value_or(0));
        return message.status >= 100;
    }
    return message.start.ends_with(" SIP/2.0");
}

}  // namespace

std::optional<Message> parse_message(std::string_view text) {
    Message message;
    std::size_t at = text.find("\r\n");
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    message.start = text.substr(0, at);
    if (!take_start(message)) {
        return std::nullopt;
    }
    for (at += 2; at < text.size();) {
        const std::size_t end = text.find("\r\n", at);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view line = text.substr(at, end - at);
        at = end + 2;
        if (line.empty()) {
            break;
        }
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) {
            take_header(message, text::trim(line.substr(0, colon)),
                        text::trim(line.substr(colon + 1)));
        }
    }
    message.body = text.substr(at);
    if (message.is_request()) {
        message.method = message.start.substr(0, message.start.find(' '));
    }
    return message.vias.empty() || message.call_id.empty() ? std::nullopt : std::optional(message);
}

std::string_view parameter(std::string_view header, std::string_view name) {
    // Parameters of the header stand behind the bracket; those within belong to the URI.
    const std::size_t bracket = header.find('>');
    std::string_view rest = bracket == std::string_view::npos ? header : header.substr(bracket);
    for (std::size_t at = rest.find(';'); at != std::string_view::npos; at = rest.find(';')) {
        rest.remove_prefix(at + 1);
        const std::string_view one = rest.substr(0, rest.find(';'));
        const std::size_t equals = one.find('=');
        if (equals != std::string_view::npos &&
            text::equal_ignoring_case(text::trim(one.substr(0, equals)), name)) {
            return text::trim(one.substr(equals + 1));
        }
    }
    return {};
}

std::string_view uri_of(std::string_view header) {
    const std::size_t open = header.find('<');
    if (open == std::string_view::npos) {
        return header.substr(0, header.find(';'));
    }
    return header.substr(open + 1, header.find('>', open) - open - 1);
}

std::string_view user_of(std::string_view header) {
    const std::string_view uri = uri_of(header);
    const std::size_t colon = uri.find(':');
    const std::size_t at = uri.find('@');
    return at == std::string_view::npos || colon > at ? std::string_view{}
                                                      : uri.substr(colon + 1, at - colon - 1);
}

int audio_port(std::string_view sdp) {
    constexpr std::string_view audio = "m=audio ";
    const std::size_t at = sdp.find(audio);
    if (at == std::string_view::npos) {
        return 0;
    }
    const std::string_view rest = sdp.substr(at + audio.size());
    return static_cast<int>(text::to_int(rest.substr(0, rest.find(' '))).value_or(0));
}

std::string description(int rtp_port) {
    return text::format(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        "m=audio {} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\na=sendrecv\r\n",
        rtp_port);
}

std::string answer_text(const Message& request, const Answer& answer) {
    std::string out = text::format("SIP/2.0 {} {}\r\n", answer.status, answer.phrase);
    for (const std::string_view via : request.vias) {
        out += text::format("Via: {}\r\n", via);
    }
    out += text::format("From: {}\r\nTo: {}", request.from, request.to);
    if (!answer.to_tag.empty() && parameter(request.to, "tag").empty()) {
        out += text::format(";tag={}", answer.to_tag);
    }
    out += text::format("\r\nCall-ID: {}\r\nCSeq: {} {}\r\n", request.call_id, request.cseq,
                        request.method);
    if (!answer.contact.empty()) {
        out += text::format("Contact: <{}>\r\n", answer.contact);
    }
    out += "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, INFO, UPDATE\r\n";
    if (!answer.body.empty()) {
        out += "Content-Type: application/sdp\r\n";
    }
    out += text::format("Content-Length: {}\r\n\r\n{}", answer.body.size(), answer.body);
    return out;
}

}  // namespace linka::bench
