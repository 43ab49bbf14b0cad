// Datagram: one that came, and how its way is written for the sockets.
#pragma once

#include "linka/base/time.hpp"
#include "linka/media/worker/rtp/endpoint.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace linka::media {

struct Datagram {
    std::span<std::uint8_t> bytes;  // may be opened in place; begins at a multiple of four
    Endpoint from;
    Endpoint local;  // the address of ours it was sent to, port 0; unknown without tell_local()
};

/// What is done with each; what it views is valid during the call.
using TakeDatagram = std::function<void(const Datagram&, Instant now)>;

/// Room for the control message that names an address of ours.
constexpr std::size_t control_bytes = 64;

/// A socket on 0.0.0.0 or :: says from now on which address a datagram was sent to.
void tell_local(int fd, bool ipv6);

/// That address, from what recvmsg wrote; unknown if it does not say.
Endpoint local_of(const msghdr& received);

/// Writes to `control`, which is aligned as a cmsghdr, that `local` shall be the sender, and points
/// `message` to it, which has its target. An unknown address, or one of another family, writes
/// nothing: the route decides.
void set_local(msghdr& message, const Endpoint& local, std::span<std::uint8_t> control);

}  // namespace linka::media
