#include "linka/media/worker/web/web_port.hpp"

#include "linka/media/worker/web/datagram_kind.hpp"
#include "linka/media/worker/web/web_path.hpp"

namespace linka::media {

Result<std::unique_ptr<WebPort>> WebPort::open(runtime::Loop& loop, Datagrams& datagrams,
                                               SocketPair sockets, const Endpoint& bound) {
    auto certificate = make_certificate();
    if (!certificate) {
        return certificate.error();
    }
    auto context = DtlsContext::create(*certificate);
    if (!context) {
        return context.error();
    }
    if (bound.is_unspecified()) {
        // Answers must come from the address that the browser sent to: to it they are one pair.
        tell_local(sockets.rtp.get(), bound.is_ipv6());
    }
    return std::unique_ptr<WebPort>(
        std::make_unique<WebPort>(Private{}, loop, datagrams, std::move(sockets),
                                  std::move(*certificate), std::move(*context)));
}

WebPort::WebPort(Private, runtime::Loop& loop, Datagrams& datagrams, SocketPair sockets,
                 Certificate certificate, DtlsContext context)
    : datagrams_(datagrams), sockets_(std::move(sockets)), certificate_(std::move(certificate)) {
    DtlsThread::Events events;
    events.send = [this](DtlsThread::Id id, const DtlsThread::Datagram& datagram) {
        if (const WebPath* path = path_of(id); path != nullptr && path->target().peer.known()) {
            send(path->target(), datagram);
        }
    };
    events.up = [this](DtlsThread::Id id, const SrtpKeys& keys) {
        if (WebPath* path = path_of(id)) {
            path->dtls_up(keys);
        }
    };
    events.failed = [this](DtlsThread::Id id, bool stranger) {
        if (WebPath* path = path_of(id)) {
            path->dtls_failed(stranger);
        }
    };
    dtls_ = std::make_unique<DtlsThread>(loop, std::move(context), std::move(events));
    // All web phones share it: room for a stall of the loop.
    constexpr int buffer_bytes = 4 * 1024 * 1024;
    ::setsockopt(sockets_.rtp.get(), SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
    ::setsockopt(sockets_.rtp.get(), SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
    datagrams_.watch(sockets_.rtp.get(), [this](const Datagram& datagram, Instant now) {
        take(datagram.bytes, {.local = datagram.local, .peer = datagram.from}, now);
    });
}

WebPort::~WebPort() {
    datagrams_.unwatch(sockets_.rtp.get());
}

DtlsThread::Id WebPort::add(WebPath& path) {
    ufrags_.emplace(path.local().ufrag, &path);
    associations_.emplace(++last_association_, &path);
    return last_association_;
}

void WebPort::remove(const WebPath& path, DtlsThread::Id association) {
    const auto [begin, end] = ufrags_.equal_range(path.local().ufrag);
    for (auto each = begin; each != end; ++each) {
        if (each->second == &path) {
            ufrags_.erase(each);
            break;
        }
    }
    remove_association(association);
}

void WebPort::remove_association(DtlsThread::Id association) {
    if (associations_.erase(association) > 0) {
        dtls_->end(association);
    }
}

void WebPort::move_association(DtlsThread::Id association, WebPath& path) {
    const auto found = associations_.find(association);
    if (found != associations_.end()) {
        found->second = &path;
    }
}

void WebPort::learn_address(const Endpoint& address, WebPath& path) {
    const auto [place, added] = addresses_.try_emplace(address, &path);
    if (!added) {
        // E.g. a reloaded page that got the same port again.
        place->second->lost_address(address);
        place->second = &path;
    }
}

WebPath* WebPort::path_of(DtlsThread::Id association) {
    const auto found = associations_.find(association);
    return found == associations_.end() ? nullptr : found->second;
}

WebPath* WebPort::path_of(const StunMessage& request) {
    // RFC 8445 §7.2.2: "ours:theirs". Two paths share ours while a new page answers an old offer.
    const auto colon = request.username.find(':');
    if (colon == std::string_view::npos) {
        return nullptr;
    }
    const std::string_view theirs = request.username.substr(colon + 1);
    const auto [begin, end] = ufrags_.equal_range(std::string(request.username.substr(0, colon)));
    WebPath* open = nullptr;
    for (auto each = begin; each != end; ++each) {
        WebPath* path = each->second;
        if (path->peer() && path->peer()->ice.ufrag == theirs) {
            return path;
        }
        open = path->peer() ? open : path;  // its description is still on its way
    }
    return open;
}

void WebPort::take(std::span<std::uint8_t> datagram, const WebRoute& route, Instant now) {
    const DatagramKind kind = datagram_kind(datagram);
    if (kind == DatagramKind::stun) {
        take_check(datagram, route);
        return;
    }
    const auto found = addresses_.find(route.peer);
    if (found == addresses_.end()) {
        return;
    }
    if (kind == DatagramKind::dtls) {
        found->second->dtls(datagram);
    } else if (kind != DatagramKind::unknown) {
        found->second->media(datagram, kind == DatagramKind::rtcp, route.peer, now);
    }
}

void WebPort::take_check(std::span<const std::uint8_t> datagram, const WebRoute& route) {
    const auto request = parse_stun(datagram);
    // RFC 8445 §7.1: checks have FINGERPRINT. Who cannot prove to know our password gets no answer,
    // where RFC 8489 §9.1.3 would have an error: the port is no mirror for forged addresses.
    if (!request || request->type != StunType::request || !request->has_fingerprint) {
        return;
    }
    WebPath* path = path_of(*request);
    if (path == nullptr || !verify_stun(*request, path->local().password)) {
        return;
    }
    if (!request->not_understood.empty()) {
        answer_check(*request, *path, route, 420);
        return;
    }
    if (request->controlled) {
        // RFC 8445 §7.3.1.1: both think that they are controlled; a lite side always is.
        answer_check(*request, *path, route, 487);
        return;
    }
    path->check(*request, route);
    answer_check(*request, *path, route, 0);
}

void WebPort::answer_check(const StunMessage& request, const WebPath& path, const WebRoute& route,
                           int error_code) {
    StunOut answer;
    answer.type = error_code == 0 ? StunType::success : StunType::error;
    answer.transaction = request.transaction;
    answer.error_code = error_code;
    answer.password = path.local().password;
    if (error_code == 0) {
        answer.mapped = route.peer;
    } else if (error_code == 420) {
        answer.not_understood = request.not_understood;
    }
    send(route, write_stun(answer));
}

}  // namespace linka::media
