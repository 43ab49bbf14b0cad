// WebPort: the one UDP port of a worker that all web phones send to, and what is common to them:
// the certificate, the thread of DTLS, and who is who. Checks are told apart by their user name
// (the ICE ufrag of ours), everything else by the address that a check proved (RFC 7983).
#pragma once

#include "linka/base/result.hpp"
#include "linka/media/worker/rtp/datagrams.hpp"
#include "linka/media/worker/rtp/sockets.hpp"
#include "linka/media/worker/web/certificate.hpp"
#include "linka/media/worker/web/dtls_thread.hpp"
#include "linka/media/worker/web/stun.hpp"
#include "linka/media/worker/web/web_path.hpp"
#include "linka/runtime/loop.hpp"

#include <memory>
#include <string>
#include <unordered_map>

namespace linka::media {

class WebPort {
  public:
    /// `datagrams` is the worker's, `bound` the address of the sockets. Errors: `unavailable`
    /// (OpenSSL).
    static Result<std::unique_ptr<WebPort>> open(runtime::Loop& loop, Datagrams& datagrams,
                                                 SocketPair sockets, const Endpoint& bound);
    ~WebPort();
    WebPort(const WebPort&) = delete;
    WebPort& operator=(const WebPort&) = delete;

    [[nodiscard]] int port() const { return sockets_.port; }
    [[nodiscard]] const std::string& fingerprint() const { return certificate_.fingerprint; }
    [[nodiscard]] DtlsThread& dtls() { return *dtls_; }
    void send(const WebRoute& route, std::span<const std::uint8_t> datagram) {
        datagrams_.send(sockets_.rtp.get(), route.peer, datagram, {}, route.local);
    }

    // For paths.
    /// The number of its DTLS association.
    DtlsThread::Id add(WebPath& path);
    void remove(const WebPath& path, DtlsThread::Id association);
    void remove_association(DtlsThread::Id association);
    void move_association(DtlsThread::Id association, WebPath& path);
    void learn_address(const Endpoint& address, WebPath& path);
    void forget_address(const Endpoint& address) { addresses_.erase(address); }

  private:
    struct Private {};  // so that only open() makes one

  public:
    WebPort(Private, runtime::Loop& loop, Datagrams& datagrams, SocketPair sockets,
            Certificate certificate, DtlsContext context);

  private:
    void take(std::span<std::uint8_t> datagram, const WebRoute& route, Instant now);
    void take_check(std::span<const std::uint8_t> datagram, const WebRoute& route);
    void answer_check(const StunMessage& request, const WebPath& path, const WebRoute& route,
                      int error_code);
    WebPath* path_of(const StunMessage& request);
    WebPath* path_of(DtlsThread::Id association);

    // Given.
    Datagrams& datagrams_;
    SocketPair sockets_;  // RTCP comes to the same port; the odd one is only kept from others
    Certificate certificate_;

    // Each path is in here as long as it lives.
    std::unordered_multimap<std::string, WebPath*> ufrags_;
    std::unordered_map<Endpoint, WebPath*, EndpointHash> addresses_;
    std::unordered_map<DtlsThread::Id, WebPath*> associations_;
    DtlsThread::Id last_association_ = 0;
    std::unique_ptr<DtlsThread> dtls_;
};

}  // namespace linka::media
