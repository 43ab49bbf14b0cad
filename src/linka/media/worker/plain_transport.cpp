#include "linka/media/worker/plain_transport.hpp"

#include "linka/base/text.hpp"
#include "linka/media/worker/rtp/rtcp.hpp"
#include "linka/runtime/clock.hpp"

#include <array>

namespace linka::media {

PlainTransport::PlainTransport(PlainPorts& ports, Datagrams& datagrams,
                               std::unique_ptr<PlainPort> port, PlainOptions options)
    : ports_(ports),
      datagrams_(datagrams),
      port_(std::move(port)),
      sockets_(port_->sockets),
      options_(std::move(options)),
      advertised_(Endpoint::from(options_.advertise, 0).value_or(Endpoint())) {
    if (options_.srtp) {
        ours_ = make_sdes();
    }
}

PlainTransport::~PlainTransport() {
    ports_.give_back(std::move(port_), runtime::steady_now());
}

void PlainTransport::start(TransportUser& user) {
    user_ = &user;
    port_->user = this;
}

void PlainTransport::describe(LocalMedia& local, Describes) {
    local.address = options_.advertise;
    local.port = sockets_.port;
    local.crypto = ours_;
}

Status PlainTransport::expect(const Agreement& agreement, Describes as) {
    // A name would have to be looked up, which no loop may wait for. Whoever offers one learns why
    // there is no call; one that answers is up already, so its sound is awaited and shows where.
    if (!agreement.name.empty() && as == Describes::offer) {
        return fail(ErrorCode::invalid,
                    text::format("the SDP's connection address '{}' is a name; only IP addresses "
                                 "are taken",
                                 agreement.name));
    }
    if (!agreement.rtp.is_unspecified()) {
        const std::string_view fault = ports_.own().fault(agreement.rtp, advertised_);
        if (!fault.empty()) {
            return fail(ErrorCode::invalid,
                        text::format("the SDP's address {} is {}", agreement.rtp.text(), fault));
        }
        if (agreement.rtp.is_ipv6() != sockets_.ipv6) {
            return fail(ErrorCode::invalid,
                        text::format("the SDP's address {} is of another family than ours",
                                     agreement.rtp.text()));
        }
    }
    if (const Status secured = secure(agreement, as); !secured) {
        return secured.error();
    }
    source_lock_.expect(agreement.rtp);
    rtp_ = agreement.rtp;
    // Without a usable address for them reports are left out: the sound is what counts.
    const bool reports = ports_.own().fault(agreement.rtcp, advertised_).empty();
    rtcp_ = reports ? agreement.rtcp : Endpoint();
    rtcp_mux_ = agreement.rtcp_mux;
    held_ = agreement.name.empty() && rtp_.is_unspecified();
    decide_wanted();
    return Done{};
}

Status PlainTransport::secure(const Agreement& agreement, Describes as) {
    if (!agreement.crypto) {
        ours_.reset();
        theirs_.reset();
        srtp_.reset();
        return Done{};
    }
    const SdesCrypto& peer = *agreement.crypto;
    const bool same_key = theirs_ && theirs_->suite == peer.suite && theirs_->key == peer.key;
    // A session whose keys stay goes on: its packet index must not begin anew. A new key in an
    // offer is answered with a new one of ours (RFC 4568 §7.1.4); a new one in an answer belongs to
    // the key that our offer had.
    if (!srtp_ || (!same_key && as == Describes::offer)) {
        if (!ours_ || as == Describes::offer) {
            ours_ = make_sdes();
        }
        auto session = SrtpSession::create(
            {.profile = peer.suite, .sending = ours_->key, .receiving = peer.key});
        if (!session) {
            return session.error();
        }
        srtp_ = std::move(*session);
    } else if (!same_key) {
        if (theirs_->suite != peer.suite) {
            return fail(ErrorCode::invalid,
                        "the SDP answers with a crypto suite that we did not offer");
        }
        if (const Status taken = srtp_->receive_with(peer.suite, peer.key); !taken) {
            return taken.error();
        }
    }
    ours_->tag = peer.tag;
    ours_->suite = peer.suite;
    theirs_ = peer;
    return Done{};
}

bool PlainTransport::accept(const Endpoint& from, const RtpPacket& packet, Instant now) {
    if (source_lock_.goes_on_from(from, packet, now)) {
        return true;
    }
    if (!ports_.own().fault(from, advertised_).empty()) {
        return false;  // nothing may be sent there, so nothing is followed there
    }
    if (srtp_) {
        source_lock_.proved(from);  // it was opened with the peer's key
    } else if (!source_lock_.accept(from, packet, now)) {
        return false;
    }
    user_->transport_up();
    return true;
}

void PlainTransport::decide_wanted() {
    wanted_ = rtp_.known() && (!options_.unconfirmed || !options_.signalling.known() ||
                               rtp_.same_host(options_.signalling));
}

void PlainTransport::confirm() {
    options_.unconfirmed = false;
    decide_wanted();
    user_->transport_up();
}

bool PlainTransport::ready() const {
    return !held_ && (wanted_ || source_lock_.locked());
}

std::span<const std::uint8_t> PlainTransport::opened(const Datagram& datagram, bool rtcp) {
    if (!srtp_) {
        return datagram.bytes;
    }
    return datagram.bytes.first(srtp_->open(datagram.bytes, rtcp).value_or(0));
}

void PlainTransport::at_rtp_port(const Datagram& datagram, Instant now) {
    if (!looks_like_rtcp(datagram.bytes)) {
        user_->take_rtp(opened(datagram, false), datagram.from, now);
    } else if (rtcp_mux_ && source_lock_.target() == datagram.from) {
        user_->take_rtcp(opened(datagram, true), now);
    }
}

void PlainTransport::at_rtcp_port(const Datagram& datagram, Instant now) {
    // Reports come from the host that the sound comes from, though NAT may change the port.
    if (source_lock_.target().known() && datagram.from.same_host(source_lock_.target())) {
        user_->take_rtcp(opened(datagram, true), now);
    }
}

void PlainTransport::send_rtp(std::span<const std::uint8_t> head,
                              std::span<const std::uint8_t> payload) {
    send(sockets_.rtp.get(), source_lock_.target(), head, payload, false);
}

Endpoint PlainTransport::rtcp_target() const {
    const Endpoint& sound = source_lock_.target();
    if (rtcp_mux_) {
        return sound;
    }
    if (rtcp_.known() && sound.same_host(rtcp_)) {
        return rtcp_;
    }
    // Behind NAT the described port means nothing; by custom reports go to the next one (RFC 3550
    // §11). A port that reports only come from is not followed: anybody of that host can send.
    const Endpoint next = sound.is_ipv6() ? Endpoint::from(sound.ipv6(), sound.port() + 1)
                                          : Endpoint::from(sound.ipv4(), sound.port() + 1);
    return sound.known() && sound.port() < 65535 ? next : Endpoint();
}

void PlainTransport::send_rtcp(std::span<const std::uint8_t> packet) {
    const Endpoint to = rtcp_target();
    if (ready() && to.known()) {
        send(rtcp_mux_ ? sockets_.rtp.get() : sockets_.rtcp.get(), to, packet, {}, true);
    }
}

void PlainTransport::send(int fd, const Endpoint& to, std::span<const std::uint8_t> head,
                          std::span<const std::uint8_t> payload, bool rtcp) {
    if (!srtp_) {
        datagrams_.send(fd, to, head, payload);
        return;
    }
    // Written by protect(). NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    alignas(8) std::array<std::uint8_t, datagram_bytes_max + SrtpSession::trailer_bytes_max> buffer;
    const auto sealed = srtp_->protect(head, payload, buffer, rtcp);
    if (!sealed.empty()) {
        datagrams_.send(fd, to, sealed, {});
    }
}

}  // namespace linka::media
