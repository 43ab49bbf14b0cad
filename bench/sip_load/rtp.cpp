#include "rtp.hpp"

#include "linka/runtime/clock.hpp"
#include "speech.hpp"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <sys/socket.h>

namespace linka::bench {
namespace {

constexpr std::size_t header_bytes = 12;
constexpr std::size_t samples = 160;  // 20 ms
constexpr std::size_t packet_bytes = header_bytes + samples;
constexpr std::size_t batch_max = 64;
// A quarter of the sockets each 5 ms: calls are not in step with each other either.
constexpr std::size_t phases = 4;
// What came is read once a millisecond, and the sockets are not watched: a network takes a packet
// without waking anybody, but on one machine the sender's processor pays for a reader that it
// wakes.
constexpr Duration read_every = 1ms;

using Packet = std::array<unsigned char, packet_bytes>;

void put(Packet& packet, std::size_t at, std::uint32_t value) {
    const std::uint32_t wire = htonl(value);
    std::memcpy(packet.data() + at, &wire, sizeof wire);
}

std::uint32_t get(const unsigned char* from) {
    std::uint32_t wire = 0;
    std::memcpy(&wire, from, sizeof wire);
    return ntohl(wire);
}

}  // namespace

Rtp::Rtp(runtime::Loop& loop, sockaddr_in server, bool enabled)
    : loop_(loop), server_(server), enabled_(enabled) {
    for (std::size_t i = 0; i < sockets; ++i) {
        fds_[i] = bound_socket();
        ports_[i] = port_of(fds_[i].get());
    }
    if (enabled_) {
        next_send_ = runtime::steady_now();
        tick();
    }
}

void Rtp::open(int socket, int remote) {
    if (!enabled_ || remote == 0 || streams_.contains(remote)) {
        return;
    }
    Stream stream;
    stream.socket = socket;
    stream.time = static_cast<std::uint32_t>(remote) * samples * 7;  // each its own piece of speech
    streams_[remote] = stream;
    sending_.at(static_cast<std::size_t>(socket)).push_back(remote);
}

void Rtp::count(int remote) {
    if (const auto found = streams_.find(remote); found != streams_.end()) {
        found->second.counting = true;
    }
}

void Rtp::close(int remote, RtpFigures& figures) {
    const auto found = streams_.find(remote);
    if (found == streams_.end()) {
        return;
    }
    const Stream& stream = found->second;
    std::erase(sending_.at(static_cast<std::size_t>(stream.socket)), remote);
    if (stream.counting) {
        ++figures.streams;
        figures.sent += stream.sent;
        figures.received += stream.received;
        figures.lost += stream.lost;
        figures.silent += stream.received == 0 ? 1 : 0;
        figures.gap_ms = std::max(figures.gap_ms, static_cast<double>(stream.gap.count()) / 1000);
    }
    streams_.erase(found);
}

void Rtp::tick() {
    for (std::size_t socket = 0; socket < sockets; ++socket) {
        while (receive(socket) == batch_max) {
        }
    }
    const Instant now = runtime::steady_now();
    if (now >= next_send_) {
        for (std::size_t socket = phase_; socket < sockets; socket += phases) {
            send_from(socket);
        }
        phase_ = (phase_ + 1) % phases;
        next_send_ = next_send_ + 20ms / phases;
    }
    loop_.at(now + read_every, [this] { tick(); });
}

void Rtp::send_from(std::size_t socket) {
    std::array<Packet, batch_max> packets{};
    std::array<mmsghdr, batch_max> headers{};
    std::array<iovec, batch_max> parts{};
    std::array<sockaddr_in, batch_max> addresses{};
    std::size_t count = 0;
    const auto flush = [&] {
        (void)::sendmmsg(fds_[socket].get(), headers.data(), static_cast<unsigned>(count), 0);
        count = 0;
    };
    for (const int remote : sending_[socket]) {
        Stream& stream = streams_[remote];
        Packet& packet = packets[count];
        put(packet, 0, 0x80080000U | ++stream.sequence);  // version 2, payload type 8
        put(packet, 4, stream.time += samples);
        put(packet, 8, static_cast<std::uint32_t>(remote));
        speech(stream.time, {packet.data() + header_bytes, samples});
        stream.sent += stream.counting ? 1 : 0;
        addresses[count] = server_;
        addresses[count].sin_port = htons(static_cast<std::uint16_t>(remote));
        parts[count] = {packet.data(), packet.size()};
        headers[count].msg_hdr.msg_name = &addresses[count];
        headers[count].msg_hdr.msg_namelen = sizeof(sockaddr_in);
        headers[count].msg_hdr.msg_iov = &parts[count];
        headers[count].msg_hdr.msg_iovlen = 1;
        if (++count == batch_max) {
            flush();
        }
    }
    if (count > 0) {
        flush();
    }
}

std::size_t Rtp::receive(std::size_t socket) {
    // Not cleared: 64 KiB for each wake-up. NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<std::array<unsigned char, 2048>, batch_max> packets;
    std::array<mmsghdr, batch_max> headers{};
    std::array<iovec, batch_max> parts{};
    std::array<sockaddr_in, batch_max> from{};
    for (std::size_t i = 0; i < batch_max; ++i) {
        parts[i] = {packets[i].data(), packets[i].size()};
        headers[i].msg_hdr.msg_iov = &parts[i];
        headers[i].msg_hdr.msg_iovlen = 1;
        headers[i].msg_hdr.msg_name = &from[i];
        headers[i].msg_hdr.msg_namelen = sizeof(sockaddr_in);
    }
    const int count =
        ::recvmmsg(fds_[socket].get(), headers.data(), batch_max, MSG_DONTWAIT, nullptr);
    const Instant now = runtime::steady_now();
    for (int i = 0; i < count; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const auto stream = streams_.find(ntohs(from[index].sin_port));
        if (stream != streams_.end() && headers[index].msg_len >= header_bytes) {
            take(stream->second, packets[index].data(), now);
        }
    }
    return count > 0 ? static_cast<std::size_t>(count) : 0;
}

void Rtp::take(Stream& stream, const unsigned char* packet, Instant now) {
    if (!stream.counting) {
        return;
    }
    const auto sequence = static_cast<std::uint16_t>(get(packet) & 0xffffU);
    const std::uint32_t source = get(packet + 8);
    if (stream.received > 0 && source == stream.remote_source) {
        const auto step = static_cast<std::int16_t>(sequence - stream.remote_sequence);
        // One that comes late was counted as lost when it was skipped.
        stream.lost += step > 0 ? step - 1 : -1;
    }
    if (stream.heard) {
        stream.gap = std::max(stream.gap, now - stream.heard);
    }
    stream.remote_source = source;
    stream.remote_sequence = sequence;
    stream.heard = now;
    ++stream.received;
}

}  // namespace linka::bench
