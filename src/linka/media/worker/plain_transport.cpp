#include "linka/media/worker/plain_transport.hpp"

#include "linka/runtime/clock.hpp"

namespace linka::media {

PlainTransport::PlainTransport(PlainPorts& ports, ReceiveBatch& batch,
                               std::unique_ptr<PlainPort> port, std::string advertise)
    : ports_(ports),
      batch_(batch),
      port_(std::move(port)),
      sockets_(port_->sockets),
      advertise_(std::move(advertise)) {
}

PlainTransport::~PlainTransport() {
    ports_.give_back(std::move(port_), runtime::steady_now());
}

void PlainTransport::start(TransportUser& user) {
    user_ = &user;
    port_->user = this;
}

void PlainTransport::describe(LocalMedia& local, Describes) {
    local.address = advertise_;
    local.port = sockets_.port;
}

Status PlainTransport::expect(const Agreement& agreement, Describes) {
    source_lock_.expect(agreement.rtp);
    rtp_ = agreement.rtp;
    rtcp_ = agreement.rtcp;
    rtcp_from_ = {};
    rtcp_mux_ = agreement.rtcp_mux;
    described_ = true;
    return Done{};
}

bool PlainTransport::accept(const Endpoint& from, Instant now) {
    return source_lock_.accept(from, now);
}

bool PlainTransport::ready() const {
    return described_ && !rtp_.is_unspecified() && source_lock_.target().known();
}

void PlainTransport::receive_rtp(Instant now) {
    const std::size_t count = batch_.receive(sockets_.rtp.get());
    for (std::size_t i = 0; i < count; ++i) {
        const auto datagram = batch_.datagram(i);
        if (!looks_like_rtcp(datagram)) {
            user_->take_rtp(datagram, batch_.from(i), now);
        } else if (rtcp_mux_ && source_lock_.target() == batch_.from(i)) {
            user_->take_rtcp(datagram, now);
        }
    }
}

void PlainTransport::receive_rtcp(Instant now) {
    const std::size_t count = batch_.receive(sockets_.rtcp.get());
    for (std::size_t i = 0; i < count; ++i) {
        // Reports come from the host that the sound comes from, though NAT may change the port.
        if (source_lock_.target().known() && batch_.from(i).same_host(source_lock_.target())) {
            rtcp_from_ = batch_.from(i);
            user_->take_rtcp(batch_.datagram(i), now);
        }
    }
}

void PlainTransport::send_rtp(std::span<const std::uint8_t> head,
                              std::span<const std::uint8_t> payload) {
    send_datagram(sockets_.rtp.get(), source_lock_.target(), head, payload);
}

void PlainTransport::send_rtcp(std::span<const std::uint8_t> packet) {
    const Endpoint& to = rtcp_mux_            ? source_lock_.target()
                         : rtcp_from_.known() ? rtcp_from_
                                              : rtcp_;
    if (!to.is_unspecified()) {
        send_datagram(rtcp_mux_ ? sockets_.rtp.get() : sockets_.rtcp.get(), to, packet, {});
    }
}

}  // namespace linka::media
