#include "dialog.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace linka::bench {

std::string request_text(const Dialog& dialog, const Request& request, int port) {
    return text::format(
        "{0} {1} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{2};branch={3};rport\r\n"
        "Max-Forwards: 70\r\nFrom: {4}\r\nTo: {5}\r\nCall-ID: {6}\r\nCSeq: {7} {0}\r\n"
        "Contact: <{8}>\r\n{9}{10}Content-Length: {11}\r\n\r\n{12}",
        request.method, dialog.target, port, request.branch, dialog.local, dialog.remote,
        dialog.call_id, request.cseq, dialog.contact, request.headers,
        request.body.empty() ? "" : "Content-Type: application/sdp\r\n", request.body.size(),
        request.body);
}

// RFC 3261 §17.2.3: a peer takes a branch that it knows for a repetition, also when another run
// sent it: process ids and counters come again.
std::string new_branch() {
    static const std::uint64_t run = std::random_device{}() | std::uint64_t{std::random_device{}()}
                                                                  << 32;
    static std::int64_t last = 0;
    return text::format("z9hG4bK-load-{:x}-{}", run, ++last);
}

void send_bye(Dialog& dialog, Wire& wire, Repeated& bye, std::function<void(bool answered)> done) {
    const std::string branch = new_branch();
    bye.send(request_text(dialog, {"BYE", branch, ++dialog.cseq}, wire.udp.port()), t2,
             [done = std::move(done)] { done(false); });
}

bool answer_simple(const Message& request, Wire& wire, std::string_view contact) {
    constexpr std::array<std::string_view, 4> welcome{"OPTIONS", "NOTIFY", "INFO", "UPDATE"};
    constexpr std::array<std::string_view, 4> others{"INVITE", "ACK", "BYE", "CANCEL"};
    if (std::find(others.begin(), others.end(), request.method) != others.end()) {
        return false;
    }
    const bool good = std::find(welcome.begin(), welcome.end(), request.method) != welcome.end();
    wire.udp.send(answer_text(request, {.status = good ? 200 : 405,
                                        .phrase = good ? "OK" : "Method Not Allowed",
                                        .to_tag = "load",
                                        .contact = contact}));
    return true;
}

}  // namespace linka::bench
