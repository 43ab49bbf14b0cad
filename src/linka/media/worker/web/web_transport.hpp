// WebTransport: a leg's way to a web phone: SRTP over the worker's shared port (RFC 8834, RFC
// 5764). When the page is loaded again, or its network changed, a second path comes up beside the
// first and takes its place; the leg notices nothing but a new SSRC of the peer.
#pragma once

#include "linka/media/worker/transport.hpp"
#include "linka/media/worker/web/web_path.hpp"

#include <memory>
#include <string>
#include <vector>

namespace linka::media {

class WebPort;

class WebTransport : public Transport, private WebPathUser {
  public:
    /// `addresses`: our candidates, best first. `port` outlives us.
    WebTransport(WebPort& port, std::vector<std::string> addresses);

    [[nodiscard]] Profile profile() const override { return Profile::web; }
    void start(TransportUser& user) override { user_ = &user; }
    void describe(LocalMedia& local, Describes as) override;
    Status expect(const Agreement& agreement, Describes as) override;
    /// SRTP has proved whose it is.
    bool accept(const Endpoint&, const RtpPacket&, Instant) override { return true; }
    [[nodiscard]] bool ready() const override { return current_ && current_->ready(); }
    void send_rtp(std::span<const std::uint8_t> head,
                  std::span<const std::uint8_t> payload) override;
    void send_rtcp(std::span<const std::uint8_t> packet) override;

  private:
    // WebPathUser
    void path_up(WebPath& path) override;
    void path_media(WebPath& path, std::span<std::uint8_t> packet, bool rtcp, const Endpoint& from,
                    Instant now) override;

    [[nodiscard]] std::unique_ptr<WebPath> new_path(IceCredentials local);
    void send(std::span<const std::uint8_t> head, std::span<const std::uint8_t> payload,
              std::span<std::uint8_t> buffer, bool rtcp);
    void promote();

    // Given.
    WebPort& port_;
    std::vector<std::string> addresses_;
    TransportUser* user_ = nullptr;  // owns us

    // State.
    std::unique_ptr<WebPath> current_;  // in use; at first none
    std::unique_ptr<WebPath> next_;     // coming up
    WebPath* described_ = nullptr;      // that of our last description: one of the two
};

}  // namespace linka::media
