#include "linka/media/worker/web/web_transport.hpp"

#include "linka/media/worker/rtp/rtcp.hpp"
#include "linka/media/worker/web/web_port.hpp"

#include <algorithm>
#include <array>

namespace linka::media {
namespace {

constexpr std::size_t ufrag_chars = 8;      // 48 bits; RFC 8445 §5.3 wants 24
constexpr std::size_t password_chars = 32;  // 192 bits; RFC 8445 §5.3 wants 128

}  // namespace

WebTransport::WebTransport(WebPort& port, std::vector<std::string> addresses)
    : port_(port), addresses_(std::move(addresses)) {
}

std::unique_ptr<WebPath> WebTransport::new_path(IceCredentials local) {
    if (local.ufrag.empty()) {
        local = {.ufrag = random_ice_text(ufrag_chars),
                 .password = random_ice_text(password_chars)};
    }
    WebPathUser& user = *this;
    return std::make_unique<WebPath>(port_, user, std::move(local));
}

void WebTransport::describe(LocalMedia& local, Describes as) {
    if (as == Describes::offer) {
        // An offer inside the call keeps what is there (RFC 8842 §5.5: no new association).
        described_ = next_ ? next_.get() : current_.get();
    }
    if (described_ == nullptr) {
        next_ = new_path({});
        described_ = next_.get();
    }
    local.address = addresses_.front();
    local.port = port_.port();
    local.web = WebMedia{.ice = described_->local(),
                         .fingerprint = port_.fingerprint(),
                         .addresses = addresses_,
                         .as = as};
}

Status WebTransport::expect(const Agreement& agreement, Describes as) {
    if (!agreement.security) {
        return fail(ErrorCode::invalid, "the SDP does not say how it is secured");
    }
    const PeerSecurity& security = *agreement.security;
    for (WebPath* path : {next_.get(), current_.get()}) {
        if (path != nullptr && path->peer() == security) {
            described_ = path;  // the same session goes on
            return Done{};
        }
    }
    if (as == Describes::answer && next_ && !next_->peer()) {
        next_->set_peer(security);
        described_ = next_.get();
        return Done{};
    }
    // Another page, or an ICE restart: its own path, beside the one in use until it is up. A page
    // that answers our offer afresh uses the credentials that stood in it.
    IceCredentials ours;
    if (as == Describes::answer && described_ != nullptr) {
        ours = described_->local();
    }
    auto path = new_path(std::move(ours));
    path->set_peer(security);
    next_ = std::move(path);
    described_ = next_.get();
    return Done{};
}

void WebTransport::promote() {
    const bool stays_described = described_ == next_.get();
    current_ = std::move(next_);
    if (!stays_described) {
        described_ = current_.get();
    }
    user_->transport_up();
}

void WebTransport::path_up(WebPath& path) {
    if (&path == next_.get()) {
        promote();
    } else if (&path == current_.get()) {
        user_->transport_up();
    }
}

void WebTransport::path_media(WebPath& path, std::span<std::uint8_t> packet, bool rtcp,
                              const Endpoint& from, Instant now) {
    SrtpSession* session = path.srtp();
    // An ICE restart leaves the DTLS association as it is: what comes by the new addresses is
    // protected with the old keys.
    const bool restarted = session == nullptr && &path == next_.get() && current_ &&
                           current_->secure() && path.peer() &&
                           path.peer()->fingerprints == current_->peer()->fingerprints;
    if (restarted) {
        session = current_->srtp();
    }
    const auto length = session != nullptr ? session->open(packet, rtcp) : std::nullopt;
    if (!length) {
        return;
    }
    if (restarted) {
        path.take_over(*current_);
        promote();
    }
    const auto opened = packet.first(*length);
    if (rtcp) {
        user_->take_rtcp(opened, now);
    } else {
        user_->take_rtp(opened, from, now);
    }
}

void WebTransport::send_rtp(std::span<const std::uint8_t> head,
                            std::span<const std::uint8_t> payload) {
    // Written by protect(). NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    alignas(8) std::array<std::uint8_t, datagram_bytes_max + SrtpSession::trailer_bytes_max> buffer;
    send(head, payload, buffer, false);
}

void WebTransport::send_rtcp(std::span<const std::uint8_t> packet) {
    // Written by protect(). NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    alignas(8) std::array<std::uint8_t, rtcp_bytes_max + SrtpSession::trailer_bytes_max> buffer;
    send(packet, {}, buffer, true);
}

void WebTransport::send(std::span<const std::uint8_t> head, std::span<const std::uint8_t> payload,
                        std::span<std::uint8_t> buffer, bool rtcp) {
    if (!ready()) {
        return;
    }
    const auto sealed = current_->srtp()->protect(head, payload, buffer, rtcp);
    if (!sealed.empty()) {
        port_.send(current_->target(), sealed);
    }
}

}  // namespace linka::media
