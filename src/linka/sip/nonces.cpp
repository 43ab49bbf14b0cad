#include "linka/sip/nonces.hpp"

#include "linka/base/text.hpp"

#include <array>
#include <optional>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace linka::sip {
namespace {

// time(16 hex) salt(16 hex) seal(32 hex) seal with the network(32 hex)
constexpr std::size_t time_size = 16;
constexpr std::size_t open_size = 32;
constexpr std::size_t ours_size = 64;
constexpr std::size_t nonce_size = 96;

std::optional<Instant> born(std::string_view nonce) {
    std::int64_t value = 0;
    for (const char c : nonce.substr(0, time_size)) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        value = static_cast<std::int64_t>((static_cast<std::uint64_t>(value) << 4U) | digit);
    }
    return Instant{value};
}

}  // namespace

std::string Nonces::seal(std::string_view open) const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    const std::basic_string<unsigned char> bytes(open.begin(), open.end());
    if (HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()), bytes.data(),
             bytes.size(), out.data(), &size) == nullptr) {
        return {};
    }
    return text::hex(std::string(out.begin(), out.begin() + 16));
}

std::string Nonces::seal(std::string_view open, std::string_view network) const {
    return seal(text::format("{} {}", open, network));
}

std::string Nonces::make(Instant now, std::string_view salt, std::string_view network) const {
    const std::string open =
        text::format("{:016x}{:0>16}", static_cast<std::uint64_t>(now.us), salt.substr(0, 16));
    return open + seal(open) + seal(open, network);
}

Nonces::Verdict Nonces::look(std::string_view nonce, std::string_view network, Instant now) const {
    if (nonce.size() != nonce_size) {
        return Verdict::alien;
    }
    const std::optional<Instant> at = born(nonce);
    const std::string_view open = nonce.substr(0, open_size);
    if (!at || nonce.substr(open_size, ours_size - open_size) != seal(open)) {
        return Verdict::alien;
    }
    if (now - *at > lifetime || *at > now + 1s || nonce.substr(ours_size) != seal(open, network)) {
        return Verdict::stale;
    }
    return Verdict::good;
}

Nonces::Verdict Nonces::use(std::string_view nonce, std::uint32_t count, std::string_view network,
                            Instant now) {
    if (const Verdict verdict = look(nonce, network, now); verdict != Verdict::good) {
        return verdict;
    }
    const Instant at = born(nonce).value_or(Instant{});
    const std::string key(nonce);
    const auto known = used_.find(key);
    if (known == used_.end()) {
        if (at <= forgotten_until_ || count == 0) {
            return Verdict::stale;
        }
        remember(key, count);
        return Verdict::good;
    }
    if (count <= known->second) {
        return Verdict::stale;
    }
    known->second = count;
    return Verdict::good;
}

void Nonces::remember(const std::string& nonce, std::uint32_t count) {
    if (order_.size() >= used_max) {
        const Instant at = born(order_.front()).value_or(Instant{});
        forgotten_until_ = std::max(forgotten_until_, at);
        used_.erase(order_.front());
        order_.pop_front();
    }
    used_.emplace(nonce, count);
    order_.push_back(nonce);
}

}  // namespace linka::sip
