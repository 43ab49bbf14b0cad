// A SIP peer for tests: a UDP or TCP socket and plain text. Waits for what it expects, with a time
// limit, and keeps what it did not expect yet.
#pragma once

#include "linka/base/time.hpp"
#include "linka/runtime/fd.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::sip::testing {

/// A message as a test sees it.
struct Message {
    std::string text;
    std::string start;  // first line
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;

    /// The first header of this name (case-insensitive, long form), or empty.
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] bool is_request(std::string_view method) const;
    [[nodiscard]] int status() const;  // 0 for requests
    [[nodiscard]] int cseq() const;
    [[nodiscard]] std::string method() const;  // of CSeq
    [[nodiscard]] std::string request_uri() const;
    [[nodiscard]] std::string tag(std::string_view header_name) const;
};
Message parse_message(std::string text);

class Peer {
  public:
    enum class Kind { udp, tcp };
    /// Bound to 127.0.0.1 (or `address`) on a free port; TCP connects to `server_port` when it
    /// first sends.
    explicit Peer(int server_port, Kind kind = Kind::udp, std::string address = "127.0.0.1");

    [[nodiscard]] int port() const { return port_; }
    void send(std::string_view text);
    /// TCP: drops the connection; the next send connects anew.
    void disconnect();

    /// The next message that is a request of `method`; fails the test after `limit`.
    Message request(std::string_view method, Duration limit = 3s);
    /// The next response to `method` with this status (or any of the class, e.g. 100..199 as 1).
    Message response(int status, std::string_view method, Duration limit = 3s);
    /// Whatever comes next.
    std::optional<Message> any(Duration limit);
    /// Nothing of this method arrives for a while.
    bool silent(std::string_view method, Duration limit);

    /// Builds a request with Via, Max-Forwards, Contact and Content-Length.
    struct Request {
        std::string method = "INVITE";
        std::string uri;
        std::string from;
        std::string to;
        std::string call_id;
        int cseq = 1;
        std::string branch;   // empty: a new one
        std::string headers;  // lines ended with CRLF
        std::string body;
        std::string content_type = "application/sdp";
    };
    std::string text(const Request& request);
    /// Answers a request; headers end with CRLF.
    void answer(const Message& request, int status, const std::string& phrase,
                const std::string& to_tag, const std::string& headers = {},
                const std::string& body = {});
    [[nodiscard]] std::string contact() const;
    /// Empty lines that came between messages over TCP (RFC 5626 §3.5.1).
    [[nodiscard]] int pongs() const { return pongs_; }

  private:
    std::optional<Message> receive(Duration limit);

    const int server_port_;
    const Kind kind_;
    const std::string address_;
    runtime::Fd fd_;
    int port_ = 0;
    int branches_ = 0;
    int pongs_ = 0;
    std::string stream_;
    std::deque<Message> kept_;
};

}  // namespace linka::sip::testing
