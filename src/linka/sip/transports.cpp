#include "linka/sip/transports.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/fd.hpp"
#include "linka/sip/addresses.hpp"
#include "linka/sip/context.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/sofia.hpp"

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace linka::sip {
namespace {

struct Bind {
    std::string address;
    bool optional = false;  // left out where the machine does not have it
};

std::vector<Bind> binds(const std::string& address) {
    if (address == "127.0.0.1" || address == "localhost") {
        return {{"127.0.0.1"}, {"::1", true}};
    }
    if (address == "0.0.0.0" || address == "::" || address.empty() || address == "*") {
        return {{"0.0.0.0", address == "::"}, {"::", address != "::"}};
    }
    return {{plain_host(address)}};
}

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

SocketAddress socket_address(const std::string& address, int port) {
    SocketAddress out;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&out.storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&out.storage);
    if (inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(static_cast<std::uint16_t>(port));
        out.size = sizeof(sockaddr_in);
    } else if (inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(static_cast<std::uint16_t>(port));
        out.size = sizeof(sockaddr_in6);
    }
    return out;
}

// Tries to bind; 0 or errno. With port 0 the one that was given is put into `port`. The library
// itself would share a busy UDP port silently or name no reason.
int try_bind(const std::string& address, int type, int& port) {
    SocketAddress where = socket_address(address, port);
    const runtime::Fd fd(socket(where.storage.ss_family, type | SOCK_CLOEXEC, 0));
    if (!fd) {
        return errno;
    }
    const int on = 1;
    if (type == SOCK_STREAM) {
        setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    }
    if (where.storage.ss_family == AF_INET6) {
        setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
    auto* raw = reinterpret_cast<sockaddr*>(&where.storage);
    if (bind(fd.get(), raw, where.size) != 0) {
        return errno;
    }
    if (type == SOCK_STREAM && listen(fd.get(), 1) != 0) {
        return errno;
    }
    if (port == 0 && getsockname(fd.get(), raw, &where.size) == 0) {
        port = ntohs(where.storage.ss_family == AF_INET
                         ? reinterpret_cast<sockaddr_in*>(&where.storage)->sin_port
                         : reinterpret_cast<sockaddr_in6*>(&where.storage)->sin6_port);
    }
    return 0;
}

bool is_absent(int error) {
    return error == EADDRNOTAVAIL || error == EAFNOSUPPORT;
}

// Finds out whether `port` is free on all addresses, removing optional addresses that the machine
// lacks. Port 0: picks one.
Status probe(std::vector<Bind>& addresses, const std::vector<int>& types, int& port) {
    constexpr int attempts = 50;
    const bool any = port == 0;
    Error last;
    for (int attempt = 0; attempt < (any ? attempts : 1); ++attempt) {
        port = any ? 0 : port;
        bool good = true;
        for (std::size_t i = 0; i < addresses.size() && good;) {
            int error = 0;
            for (const int type : types) {
                error = error == 0 ? try_bind(addresses[i].address, type, port) : error;
            }
            if (addresses[i].optional && is_absent(error)) {
                addresses.erase(addresses.begin() + static_cast<std::ptrdiff_t>(i));
                continue;
            }
            if (error != 0) {
                last = fail(ErrorCode::unavailable,
                            text::format("cannot listen for SIP on {} port {}: {}",
                                         addresses[i].address, port, std::strerror(error)));
                good = false;
            }
            ++i;
        }
        if (good && !addresses.empty()) {
            return Done{};
        }
    }
    return addresses.empty() ? fail(ErrorCode::unavailable, "no address to listen for SIP on")
                             : last;
}

// One transport at a time: the library reads a list of them from memory that it has left.
Status add(nta_agent_t* agent, const Bind& bind, Transport transport, int port,
           const Listen& listen) {
    const bool tls = transport == Transport::tls;
    const char* scheme = tls ? "sips" : "sip";
    std::string url;
    const std::string host = uri_host(bind.address);
    const bool named =
        !listen.public_address.empty() &&
        (listen.public_address.find(':') != std::string::npos) == (host.front() == '[');
    if (named) {
        url =
            text::format("{}:{}:{};maddr={}", scheme, uri_host(listen.public_address), port, host);
    } else {
        url = text::format("{}:{}:{}", scheme, host, port);
    }
    url += text::format(";transport={}", name_of(transport));
    const int added = nta_agent_add_tport(
        agent, URL_STRING_MAKE(url.c_str()), TPTAG_UDP_RMEM(4U << 20U), TPTAG_UDP_WMEM(4U << 20U),
        TPTAG_PONG2PING(1), TPTAG_IDENT(host.front() == '[' ? ip6_ident : ip4_ident),
        TPTAG_TIMEOUT(30000), TPTAG_IDLE(7200000),
        TAG_IF(tls, TPTAG_CERTIFICATE(listen.tls_directory.c_str())), TAG_END());
    if (added == 0) {
        return Done{};
    }
    return fail(ErrorCode::unavailable,
                text::format("cannot listen for {} on {} port {}: {}", tls ? "SIP over TLS" : "SIP",
                             bind.address, port, su_strerror(su_errno())));
}

}  // namespace

Result<Listening> open_transports(nta_agent_t* agent, const Listen& listen, TlsContexts& tls) {
    Listening listening;
    listening.port = listen.port;
    std::vector<Bind> addresses = binds(listen.address);
    for (const Bind& bind : addresses) {
        if (!is_ip_address(bind.address)) {
            return fail(ErrorCode::invalid, "SIP listens on IP addresses, not on " + bind.address);
        }
    }
    if (Status free = probe(addresses, {SOCK_DGRAM, SOCK_STREAM}, listening.port); !free) {
        return free.error();
    }
    for (const Bind& bind : addresses) {
        for (const Transport transport : {Transport::udp, Transport::tcp}) {
            if (Status added = add(agent, bind, transport, listening.port, listen); !added) {
                return added.error();
            }
        }
    }
    if (listen.tls_port < 0 || listen.tls_directory.empty()) {
        return listening;
    }
    // The library ends the process's hope of a clear message if the file is wrong: look first.
    if (Status good = tls.load(listen.tls_directory); !good) {
        return good.error();
    }
    listening.tls_port = listen.tls_port;
    if (Status free = probe(addresses, {SOCK_STREAM}, listening.tls_port); !free) {
        return free.error();
    }
    tls.begin();
    for (const Bind& bind : addresses) {
        if (Status added = add(agent, bind, Transport::tls, listening.tls_port, listen); !added) {
            tls.collect();
            return added.error();
        }
    }
    tls.collect();
    if (Status loaded = tls.load(listen.tls_directory); !loaded) {
        return loaded.error();
    }
    return listening;
}

}  // namespace linka::sip
