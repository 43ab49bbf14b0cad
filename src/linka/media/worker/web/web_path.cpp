#include "linka/media/worker/web/web_path.hpp"

#include "linka/media/worker/web/web_port.hpp"
#include "linka/runtime/log.hpp"

#include <algorithm>

namespace linka::media {

WebPath::WebPath(WebPort& port, WebPathUser& user, IceCredentials local)
    : port_(port), user_(user), local_(std::move(local)), association_(port.add(*this)) {
}

WebPath::~WebPath() {
    for (const Endpoint& address : addresses_) {
        port_.forget_address(address);
    }
    port_.remove(*this, association_);
}

void WebPath::set_peer(PeerSecurity peer) {
    peer_ = std::move(peer);
    if (!early_.empty()) {
        dtls(std::exchange(early_, {}));
    }
}

void WebPath::take_over(WebPath& other) {
    srtp_ = std::move(other.srtp_);
    other.srtp_.reset();
    port_.remove_association(association_);
    association_ = std::exchange(other.association_, 0);
    port_.move_association(association_, *this);
}

void WebPath::check(const StunMessage& request, const Endpoint& from) {
    learn(from);
    // RFC 8445 §7.3.2: as the lite side we take the pair that the peer nominates; a later
    // nomination is a change of network. Until one comes, the first that works is as good.
    if (request.use_candidate || !nominated_) {
        nominated_ = nominated_ || request.use_candidate;
        target_ = from;
    }
}

void WebPath::learn(const Endpoint& from) {
    const auto known = std::find(addresses_.begin(), addresses_.end(), from);
    if (known != addresses_.end()) {
        return;
    }
    if (addresses_.size() >= addresses_max) {
        const auto oldest = std::find_if(addresses_.begin(), addresses_.end(),
                                         [&](const Endpoint& each) { return !(each == target_); });
        port_.forget_address(*oldest);
        addresses_.erase(oldest);
    }
    addresses_.push_back(from);
    port_.learn_address(from, *this);
}

void WebPath::lost_address(const Endpoint& address) {
    std::erase(addresses_, address);
    if (target_ == address) {
        target_ = {};
        nominated_ = false;
    }
}

void WebPath::dtls(std::span<const std::uint8_t> datagram) {
    if (!peer_) {
        // RFC 8827 §6.5 lets nothing pass whose certificate is not known yet; but to wait for the
        // browser to repeat its ClientHello would delay the first word.
        if (is_client_hello(datagram)) {
            early_.assign(datagram.begin(), datagram.end());
        }
        return;
    }
    if (!refused_) {
        port_.dtls().received(association_, datagram, peer_->fingerprints);
    }
}

void WebPath::dtls_up(const SrtpKeys& keys) {
    auto session = SrtpSession::create(keys);
    if (!session) {
        log::warn("web phone without keys", {{"why", session.error().text}});
        return;
    }
    srtp_ = std::move(*session);
    user_.path_up(*this);
}

void WebPath::dtls_failed(bool stranger) {
    refused_ = stranger;
    if (stranger) {
        log::warn("web phone refused: its certificate is not that of its description",
                  {{"from", target_.text()}});
    }
}

}  // namespace linka::media
