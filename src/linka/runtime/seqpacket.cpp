#include "linka/runtime/seqpacket.hpp"

#include "linka/base/assert.hpp"
#include "linka/base/text.hpp"
#include "linka/runtime/log.hpp"

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace linka::runtime {
namespace {

constexpr int backlog = 64;
constexpr int packets_at_once_max = 64;  // then others of the loop have their turn
constexpr Duration accept_pause = 100ms;

Error system_error(ErrorCode code, std::string_view attempt, const std::string& path) {
    return fail(code, text::format("{} {}: {}", attempt, path, std::strerror(errno)));
}

/// A socket address for `path`. The system allows 107 bytes; a longer path is reached through its
/// directory's descriptor, which must stay open while the address is used.
struct Address {
    sockaddr_un value{};
    Fd directory;
};

std::optional<Address> address_of(const std::string& path) {
    Address address;
    address.value.sun_family = AF_UNIX;
    std::string name = path;
    if (name.size() >= sizeof address.value.sun_path) {
        const std::size_t slash = path.rfind('/');
        const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
        address.directory = Fd(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!address.directory) {
            return {};
        }
        name = text::format("/proc/self/fd/{}/{}", address.directory.get(),
                            path.substr(slash == std::string::npos ? 0 : slash + 1));
    }
    if (name.empty() || name.size() >= sizeof address.value.sun_path) {
        errno = ENAMETOOLONG;
        return {};
    }
    name.copy(&address.value.sun_path[0], name.size());
    return address;
}

/// sockaddr_un is what POSIX makes us pass as a sockaddr.
const sockaddr* generic(const Address& address) {
    return reinterpret_cast<const sockaddr*>(&address.value);
}

Fd new_socket() {
    return Fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

/// Removes the socket file of a program that is gone.
Status make_room(const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        return Done{};
    }
    if (!S_ISSOCK(found.st_mode)) {
        return fail(ErrorCode::invalid, text::format("{} is there and is not a socket", path));
    }
    if (connect_seqpacket(path)) {
        return fail(ErrorCode::conflict, text::format("somebody listens on {} already", path));
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return system_error(ErrorCode::internal, "removing the old socket", path);
    }
    return Done{};
}

}  // namespace

Result<Fd> listen_seqpacket(const std::string& path) {
    if (const Status room = make_room(path); !room) {
        return room.error();
    }
    Fd fd = new_socket();
    const auto address = address_of(path);
    if (!fd || !address || ::bind(fd.get(), generic(*address), sizeof address->value) != 0) {
        return system_error(ErrorCode::internal, "binding", path);
    }
    // Nobody can connect before listen(), so there is no moment with wider rights.
    if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(fd.get(), backlog) != 0) {
        return system_error(ErrorCode::internal, "listening on", path);
    }
    return fd;
}

Result<Fd> connect_seqpacket(const std::string& path) {
    Fd fd = new_socket();
    const auto address = address_of(path);
    if (!fd || !address || ::connect(fd.get(), generic(*address), sizeof address->value) != 0) {
        return system_error(ErrorCode::unavailable, "connecting to", path);
    }
    return fd;
}

SeqpacketListener::SeqpacketListener(Loop& loop, Fd listening, std::function<void(Fd)> on_accept)
    : loop_(loop), fd_(std::move(listening)) {
    loop_.watch(fd_.get(), EPOLLIN,
                [this, call = std::move(on_accept)](std::uint32_t) { accept_one(call); });
}

SeqpacketListener::~SeqpacketListener() {
    loop_.cancel(pause_);
    loop_.unwatch(fd_.get());
}

void SeqpacketListener::accept_one(const std::function<void(Fd)>& on_accept) {
    // One at a time: the watch is level-triggered, and on_accept may destroy this listener.
    Fd peer(::accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (peer) {
        on_accept(std::move(peer));
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        // The connection stays in the backlog: trying at once again would only burn time.
        log::warn("cannot accept a local connection", {{"reason", std::strerror(errno)}});
        loop_.change(fd_.get(), 0);
        pause_ = loop_.after(accept_pause, [this] { loop_.change(fd_.get(), EPOLLIN); });
    }
}

SeqpacketPeer::SeqpacketPeer(Loop& loop, Fd connected, OnPacket on_packet, OnClosed on_closed)
    : SeqpacketPeer(loop, std::move(connected), std::move(on_packet), std::move(on_closed),
                    Options{}) {
}

SeqpacketPeer::SeqpacketPeer(Loop& loop, Fd connected, OnPacket on_packet, OnClosed on_closed,
                             Options options)
    : loop_(loop),
      fd_(std::move(connected)),
      options_(options),
      buffer_(options.packet_bytes_max, '\0') {
    LINKA_ASSERT(fd_);
    // A packet that does not fit the socket's buffer could never be sent. The system may grant
    // less than we ask; then send() refuses what is too large.
    const int size = static_cast<int>(options_.packet_bytes_max * 2);
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    Callbacks callbacks{std::move(on_packet), std::move(on_closed)};
    loop_.watch(fd_.get(), EPOLLIN,
                [this, callbacks = std::move(callbacks)](std::uint32_t events) mutable {
                    handle(events, callbacks);
                });
    if (options_.hurries) {
        loop_.hurry(fd_.get());
    }
}

SeqpacketPeer::~SeqpacketPeer() {
    if (running_ != nullptr) {
        running_->peer_destroyed = true;
    }
    if (fd_) {
        loop_.unwatch(fd_.get());
    }
}

bool SeqpacketPeer::send(std::string packet) {
    if (!fd_ || packet.empty() || packet.size() > options_.packet_bytes_max) {
        return false;
    }
    if (queue_.empty()) {
        const Sent sent = send_now(packet);
        if (sent != Sent::later) {
            return sent != Sent::refused;
        }
        loop_.change(fd_.get(), EPOLLIN | EPOLLOUT);
    }
    if (queue_.size() >= options_.queue_max) {
        return false;
    }
    queue_.push_back(std::move(packet));
    return true;
}

SeqpacketPeer::Sent SeqpacketPeer::send_now(const std::string& packet) {
    while (::send(fd_.get(), packet.data(), packet.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        if (errno == EAGAIN || errno == ENOBUFS) {
            return Sent::later;
        }
        if (errno == EPIPE || errno == ECONNRESET) {
            return Sent::lost;  // the loop notices the closed end on its own
        }
        if (errno != EINTR) {
            return Sent::refused;
        }
    }
    return Sent::yes;
}

void SeqpacketPeer::send_waiting() {
    while (!queue_.empty()) {
        if (send_now(queue_.front()) == Sent::later) {
            return;
        }
        queue_.pop_front();
    }
    loop_.change(fd_.get(), EPOLLIN);
}

void SeqpacketPeer::handle(std::uint32_t events, Callbacks& callbacks) {
    running_ = &callbacks;
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        receive_waiting(callbacks);
    }
    if (callbacks.peer_destroyed) {
        return;
    }
    running_ = nullptr;
    if (fd_ && (events & EPOLLOUT)) {
        send_waiting();
    }
}

void SeqpacketPeer::receive_waiting(const Callbacks& callbacks) {
    for (int i = 0; i < packets_at_once_max && !callbacks.peer_destroyed; ++i) {
        const ssize_t size =
            ::recv(fd_.get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT | MSG_TRUNC);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        if (size <= 0 || static_cast<std::size_t>(size) > buffer_.size()) {
            close(callbacks);
            return;
        }
        callbacks.on_packet(std::string_view(buffer_.data(), static_cast<std::size_t>(size)));
    }
}

void SeqpacketPeer::close(const Callbacks& callbacks) {
    loop_.unwatch(fd_.get());
    fd_.reset();
    queue_.clear();
    if (callbacks.on_closed) {
        callbacks.on_closed();
    }
}

}  // namespace linka::runtime
