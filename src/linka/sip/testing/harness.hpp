// A running port for tests and waiting for its events.
#pragma once

#include "linka/runtime/clock.hpp"
#include "linka/sip/digest.hpp"
#include "linka/sip/port.hpp"
#include "linka/sip/testing/peer.hpp"

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include <gtest/gtest.h>
#include <poll.h>

namespace linka::sip::testing {

inline const std::string sdp_a = "v=0\r\no=a 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
inline const std::string sdp_b = "v=0\r\no=b 2 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
inline const std::string sdp_c = "v=0\r\no=a 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

/// One port with accounts 330, 331 and optionally a trunk at 127.0.0.1; remembers saved texts as
/// the journal would.
class Harness {
  public:
    explicit Harness(bool with_trunk = true, Options options = {}) : options_(std::move(options)) {
        options_.listen.port = 0;
        options_.listen.tls_port = options_.listen.tls_directory.empty() ? -1 : 0;
        accounts_ = {{"330", "sip330"}, {"331", "sip331"}};
        if (with_trunk) {
            Trunk trunk;
            trunk.name = "public";
            trunk.addresses = {"127.0.0.1", "::1"};
            trunk.host = "127.0.0.1";
            trunks_ = {trunk};
        }
        start();
    }

    void start() {
        Restore restore{legs, registrations};
        Result<std::unique_ptr<Port>> port = start_port(options_, accounts_, trunks_, restore);
        ASSERT_TRUE(port.ok()) << port.error().text;
        port_ = std::move(*port);
        options_.listen.port = port_->port();
    }
    /// As a crash and a new start: nothing is sent by the old one.
    void restart() {
        port_.reset();
        events_.clear();
        options_.first_incoming += 1000;
        start();
    }
    /// From a new start on this account is challenged with MD5 alone.
    void set_md5_only(const std::string& user) {
        for (Account& account : accounts_) {
            account.only_md5 = account.only_md5 || account.name == user;
        }
        restart();
    }
    void trunk_to(int port, const std::string& username = {}, const std::string& password = {},
                  Transport transport = Transport::udp) {
        trunks_.front().port = port;
        trunks_.front().username = username;
        trunks_.front().password = password;
        trunks_.front().transport = transport;
        send(SetTrunks{trunks_});
    }

    [[nodiscard]] int port() const { return port_->port(); }
    Port& get() { return *port_; }
    void send(Command command) { EXPECT_TRUE(port_->send(std::move(command))); }

    /// The next event of this type; others are kept. Fails the test after `limit`.
    template <typename T>
    T event(Duration limit = 3s) {
        const Instant until = runtime::steady_now() + limit;
        while (true) {
            for (auto each = events_.begin(); each != events_.end(); ++each) {
                if (std::holds_alternative<T>(*each)) {
                    T found = std::move(std::get<T>(*each));
                    events_.erase(each);
                    return found;
                }
            }
            if (runtime::steady_now() >= until) {
                ADD_FAILURE() << "no event of " << typeid(T).name() << " came";
                return {};
            }
            pump(100ms);
        }
    }
    template <typename T>
    bool none(Duration limit) {
        const Instant until = runtime::steady_now() + limit;
        while (runtime::steady_now() < until) {
            pump(until - runtime::steady_now());
        }
        return std::none_of(events_.begin(), events_.end(),
                            [](const Event& each) { return std::holds_alternative<T>(each); });
    }

    std::map<LegId, std::string> legs;  // newest saved texts
    std::map<std::string, std::string> registrations;

  private:
    void pump(Duration limit) {
        pollfd ready{port_->events_fd(), POLLIN, 0};
        static_cast<void>(poll(&ready, 1, static_cast<int>(limit.count() / 1000) + 1));
        for (Event& each : port_->take_events()) {
            remember(each);
            events_.push_back(std::move(each));
        }
    }
    void remember(const Event& each) {
        std::visit(
            [this](const auto& event) {
                using T = std::decay_t<decltype(event)>;
                if constexpr (std::is_same_v<T, Registration>) {
                    registrations[event.device] = event.saved;
                    if (event.saved.empty()) {
                        registrations.erase(event.device);
                    }
                } else if constexpr (std::is_same_v<T, Ended>) {
                    legs.erase(event.leg);
                } else if constexpr (requires { event.saved; }) {
                    legs[event.leg] = event.saved;
                }
            },
            each);
    }

    Options options_;
    std::vector<Account> accounts_;
    std::vector<Trunk> trunks_;
    std::unique_ptr<Port> port_;
    std::deque<Event> events_;
};

/// Credentials for a challenge in `response`, preferring `algorithm`.
inline std::string authorize(const Message& response, const std::string& user,
                             const std::string& password, const std::string& method,
                             const std::string& uri,
                             DigestAlgorithm algorithm = DigestAlgorithm::sha256,
                             std::uint32_t nc = 1) {
    for (const std::string& header : response.all("WWW-Authenticate")) {
        const auto challenge = parse_challenge(header);
        if (challenge && challenge->algorithm == algorithm) {
            DigestAnswer answer{user, password, method, uri, "0a4f113b", nc};
            return "Authorization: " + to_header(answer_challenge(*challenge, answer)) + "\r\n";
        }
    }
    ADD_FAILURE() << "no challenge in " << response.start;
    return {};
}

/// Registers `user` from `peer` with its contact.
inline void register_device(Harness& harness, Peer& peer, const std::string& user,
                            const std::string& headers = "Expires: 600\r\n",
                            DigestAlgorithm algorithm = DigestAlgorithm::sha256) {
    Peer::Request request;
    request.method = "REGISTER";
    request.uri = "sip:127.0.0.1";
    request.from = "<sip:" + user + "@127.0.0.1>;tag=r" + std::to_string(peer.port());
    request.to = "<sip:" + user + "@127.0.0.1>";
    request.call_id = "register-" + user + "-" + std::to_string(peer.port());
    request.headers = headers;
    peer.send(peer.text(request));
    const Message challenge = peer.response(401, "REGISTER");
    request.cseq = 2;
    request.headers =
        headers + authorize(challenge, user, "sip" + user, "REGISTER", request.uri, algorithm);
    peer.send(peer.text(request));
    const Message done = peer.response(200, "REGISTER");
    EXPECT_NE(done.header("Contact"), "");
    EXPECT_EQ(harness.event<Registration>().device, user);
}

}  // namespace linka::sip::testing
