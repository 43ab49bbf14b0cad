#include "linka/media/worker/web/srtp.hpp"

#include "linka/media/worker/rtp/packet.hpp"

#include <algorithm>

#include <srtp2/srtp.h>

namespace linka::media {
namespace {

bool start_srtp_library() {
    static const bool started = ::srtp_init() == srtp_err_status_ok;
    return started;
}

srtp_t create_direction(SrtpProfile profile, std::span<const std::uint8_t> key,
                        srtp_ssrc_type_t direction) {
    srtp_policy_t policy{};
    const srtp_profile_t named = profile == SrtpProfile::aes_128_gcm ? srtp_profile_aead_aes_128_gcm
                                 : profile == SrtpProfile::aes_128_cm_sha1_80
                                     ? srtp_profile_aes128_cm_sha1_80
                                     : srtp_profile_aes128_cm_sha1_32;
    if (::srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, named) != srtp_err_status_ok ||
        ::srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, named) != srtp_err_status_ok) {
        return nullptr;
    }
    std::array<std::uint8_t, SRTP_MAX_KEY_LEN> copy{};
    std::copy(key.begin(), key.end(), copy.begin());
    policy.key = copy.data();
    policy.ssrc.type = direction;
    policy.window_size = 1024;  // a second of loss and reordering at 20 ms is far less
    srtp_t session = nullptr;
    return ::srtp_create(&session, &policy) == srtp_err_status_ok ? session : nullptr;
}

}  // namespace

struct SrtpSession::State {
    ~State() {
        if (out != nullptr) {
            ::srtp_dealloc(out);
        }
        if (in != nullptr) {
            ::srtp_dealloc(in);
        }
    }
    srtp_t out = nullptr;
    srtp_t in = nullptr;
    // The library keeps a context for each SSRC that it opened a packet of.
    std::vector<std::uint32_t> sources;
};

SrtpSession::SrtpSession(std::unique_ptr<State> state) : state_(std::move(state)) {
}
SrtpSession::SrtpSession(SrtpSession&&) noexcept = default;
SrtpSession& SrtpSession::operator=(SrtpSession&&) noexcept = default;
SrtpSession::~SrtpSession() = default;

void SrtpSession::prepare() {
    (void)start_srtp_library();  // create() says if it did not
}

Result<SrtpSession> SrtpSession::create(const SrtpKeys& keys) {
    auto state = std::make_unique<State>();
    if (start_srtp_library()) {
        state->out = create_direction(keys.profile, keys.sending, ssrc_any_outbound);
        state->in = create_direction(keys.profile, keys.receiving, ssrc_any_inbound);
    }
    if (state->out == nullptr || state->in == nullptr) {
        return fail(ErrorCode::unavailable, "libsrtp refuses the keys");
    }
    return SrtpSession(std::move(state));
}

std::optional<std::size_t> SrtpSession::protect(std::span<std::uint8_t> buffer, std::size_t length,
                                                bool rtcp) {
    static_assert(trailer_bytes_max >= SRTP_MAX_TAG_LEN + 4);
    if (length < 8 || length + trailer_bytes_max > buffer.size()) {
        return std::nullopt;
    }
    int size = static_cast<int>(length);
    const auto status = rtcp ? ::srtp_protect_rtcp(state_->out, buffer.data(), &size)
                             : ::srtp_protect(state_->out, buffer.data(), &size);
    if (status != srtp_err_status_ok) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(size);
}

Status SrtpSession::receive_with(SrtpProfile profile, std::span<const std::uint8_t> key) {
    const srtp_t fresh = create_direction(profile, key, ssrc_any_inbound);
    if (fresh == nullptr) {
        return fail(ErrorCode::unavailable, "libsrtp refuses the key");
    }
    ::srtp_dealloc(state_->in);
    state_->in = fresh;
    state_->sources.clear();
    return Done{};
}

std::span<const std::uint8_t> SrtpSession::protect(std::span<const std::uint8_t> head,
                                                   std::span<const std::uint8_t> payload,
                                                   std::span<std::uint8_t> buffer, bool rtcp) {
    const std::size_t length = head.size() + payload.size();
    if (length + trailer_bytes_max > buffer.size()) {
        return {};
    }
    std::copy(payload.begin(), payload.end(), std::copy(head.begin(), head.end(), buffer.begin()));
    const auto size = protect(buffer, length, rtcp);
    return buffer.first(size.value_or(0));
}

std::optional<std::size_t> SrtpSession::open(std::span<std::uint8_t> packet, bool rtcp) {
    if (packet.size() < rtp_header_bytes) {
        return std::nullopt;
    }
    const std::uint32_t ssrc = load32(packet, rtcp ? 4 : 8);
    const bool known =
        std::find(state_->sources.begin(), state_->sources.end(), ssrc) != state_->sources.end();
    if (!known && state_->sources.size() >= sources_max) {
        return std::nullopt;
    }
    int size = static_cast<int>(packet.size());
    const auto status = rtcp ? ::srtp_unprotect_rtcp(state_->in, packet.data(), &size)
                             : ::srtp_unprotect(state_->in, packet.data(), &size);
    if (status != srtp_err_status_ok || size < 0) {
        return std::nullopt;
    }
    if (!known) {
        state_->sources.push_back(ssrc);
    }
    return static_cast<std::size_t>(size);
}

}  // namespace linka::media
