#include "linka/media/worker/plain_transport.hpp"

#include "linka/runtime/clock.hpp"

namespace linka::media {

PlainTransport::PlainTransport(PlainPorts& ports, Datagrams& datagrams,
                               std::unique_ptr<PlainPort> port, std::string advertise)
    : ports_(ports),
      datagrams_(datagrams),
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

void PlainTransport::at_rtp_port(const Datagram& datagram, Instant now) {
    if (!looks_like_rtcp(datagram.bytes)) {
        user_->take_rtp(datagram.bytes, datagram.from, now);
    } else if (rtcp_mux_ && source_lock_.target() == datagram.from) {
        user_->take_rtcp(datagram.bytes, now);
    }
}

void PlainTransport::at_rtcp_port(const Datagram& datagram, Instant now) {
    // Reports come from the host that the sound comes from, though NAT may change the port.
    if (source_lock_.target().known() && datagram.from.same_host(source_lock_.target())) {
        rtcp_from_ = datagram.from;
        user_->take_rtcp(datagram.bytes, now);
    }
}

void PlainTransport::send_rtp(std::span<const std::uint8_t> head,
                              std::span<const std::uint8_t> payload) {
    datagrams_.send(sockets_.rtp.get(), source_lock_.target(), head, payload);
}

void PlainTransport::send_rtcp(std::span<const std::uint8_t> packet) {
    const Endpoint& to = rtcp_mux_            ? source_lock_.target()
                         : rtcp_from_.known() ? rtcp_from_
                                              : rtcp_;
    if (!to.is_unspecified()) {
        datagrams_.send(rtcp_mux_ ? sockets_.rtp.get() : sockets_.rtcp.get(), to, packet, {});
    }
}

}  // namespace linka::media
