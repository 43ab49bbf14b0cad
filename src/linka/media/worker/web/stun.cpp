#include "linka/media/worker/web/stun.hpp"

#include "linka/media/worker/rtp/packet.hpp"

#include <algorithm>
#include <cstring>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace linka::media {
namespace {

constexpr std::uint32_t magic_cookie = 0x2112A442;
constexpr std::size_t stun_header_bytes = 20;
constexpr std::size_t integrity_bytes = 20;

enum Attribute : std::uint16_t {
    attr_username = 0x0006,
    attr_integrity = 0x0008,
    attr_error_code = 0x0009,
    attr_unknown = 0x000A,
    attr_xor_mapped = 0x0020,
    attr_priority = 0x0024,
    attr_use_candidate = 0x0025,
    attr_fingerprint = 0x8028,
    attr_controlled = 0x8029,
    attr_controlling = 0x802A,
};

// CRC-32 of ITU V.42, bit by bit: a hundred bytes a check make a table pointless.
std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

std::uint32_t stun_fingerprint(std::span<const std::uint8_t> before) {
    return crc32(before) ^ 0x5354554EU;  // RFC 8489 §14.7
}

std::array<std::uint8_t, integrity_bytes> stun_integrity(std::span<const std::uint8_t> before,
                                                         std::string_view password) {
    std::array<std::uint8_t, integrity_bytes> digest{};
    unsigned int length = digest.size();
    ::HMAC(::EVP_sha1(), password.data(), static_cast<int>(password.size()), before.data(),
           before.size(), digest.data(), &length);
    return digest;
}

std::uint64_t load64(std::span<const std::uint8_t> bytes, std::size_t at) {
    return (std::uint64_t{load32(bytes, at)} << 32) | load32(bytes, at + 4);
}

// XOR-MAPPED-ADDRESS (RFC 8489 §14.2) of the message that begins with `header`.
std::optional<Endpoint> read_mapped(std::span<const std::uint8_t> value,
                                    std::span<const std::uint8_t> header) {
    const bool v6 = value.size() == 20 && value[1] == 2;
    if (!v6 && (value.size() != 8 || value[1] != 1)) {
        return std::nullopt;
    }
    std::array<std::uint8_t, 16> address{};
    for (std::size_t i = 0; i + 4 < value.size(); ++i) {
        address[i] = value[4 + i] ^ header[4 + i];  // cookie, then transaction
    }
    sockaddr_storage storage{};
    const auto port = static_cast<std::uint16_t>(load16(value, 2) ^ (magic_cookie >> 16));
    if (v6) {
        sockaddr_in6 in6{};
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        std::memcpy(&in6.sin6_addr, address.data(), 16);
        std::memcpy(&storage, &in6, sizeof in6);
        return Endpoint(storage, sizeof in6);
    }
    sockaddr_in in4{};
    in4.sin_family = AF_INET;
    in4.sin_port = htons(port);
    std::memcpy(&in4.sin_addr, address.data(), 4);
    std::memcpy(&storage, &in4, sizeof in4);
    return Endpoint(storage, sizeof in4);
}

// One attribute before MESSAGE-INTEGRITY. False: broken.
bool take_attribute(StunMessage& message, std::uint16_t type, std::span<const std::uint8_t> value) {
    switch (type) {
        case attr_username:
            message.username = {reinterpret_cast<const char*>(value.data()), value.size()};
            return value.size() <= 513;  // RFC 8489 §14.3
        case attr_priority:
            message.priority = value.size() == 4 ? load32(value, 0) : 0;
            return value.size() == 4;
        case attr_use_candidate:
            message.use_candidate = true;
            return value.empty();
        case attr_controlled:
        case attr_controlling:
            if (value.size() != 8) {
                return false;
            }
            (type == attr_controlled ? message.controlled : message.controlling) = load64(value, 0);
            return true;
        case attr_xor_mapped:
            message.mapped = read_mapped(value, message.bytes);
            return message.mapped.has_value();
        case attr_error_code:
            if (value.size() < 4) {
                return false;
            }
            message.error_code = (value[2] & 7) * 100 + value[3] % 100;
            return true;
        case attr_unknown:
            return true;
        default:
            // RFC 8489 §14: types below 0x8000 must be understood.
            if (type < 0x8000 && message.not_understood.size() < 8) {
                message.not_understood.push_back(type);
            }
            return true;
    }
}

class StunWriter {
  public:
    explicit StunWriter(const StunOut& message) : bytes_(stun_header_bytes) {
        store16(bytes_, 0, static_cast<std::uint16_t>(message.type));
        store32(bytes_, 4, magic_cookie);
        std::copy(message.transaction.begin(), message.transaction.end(), bytes_.begin() + 8);
    }

    // Room for an attribute's value, zeroed and padded to a word.
    std::span<std::uint8_t> add(std::uint16_t type, std::size_t size) {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + 4 + (size + 3) / 4 * 4);
        store16(bytes_, at, type);
        store16(bytes_, at + 2, static_cast<std::uint16_t>(size));
        store16(bytes_, 2, static_cast<std::uint16_t>(bytes_.size() - stun_header_bytes));
        return std::span(bytes_).subspan(at + 4, size);
    }
    void add64(std::uint16_t type, std::uint64_t value) {
        const auto out = add(type, 8);
        store32(out, 0, static_cast<std::uint32_t>(value >> 32));
        store32(out, 4, static_cast<std::uint32_t>(value));
    }
    void add_mapped(const Endpoint& mapped) {
        const std::size_t size = mapped.is_ipv6() ? 16 : 4;
        const auto out = add(attr_xor_mapped, 4 + size);
        out[1] = mapped.is_ipv6() ? 2 : 1;
        store16(out, 2,
                static_cast<std::uint16_t>(static_cast<std::uint32_t>(mapped.port()) ^
                                           (magic_cookie >> 16)));
        // The address lies behind the port in IPv4, and four bytes further in IPv6.
        const auto* address = reinterpret_cast<const std::uint8_t*>(mapped.address()) +
                              (mapped.is_ipv6() ? offsetof(sockaddr_in6, sin6_addr)
                                                : offsetof(sockaddr_in, sin_addr));
        for (std::size_t i = 0; i < size; ++i) {
            out[4 + i] = address[i] ^ bytes_[4 + i];
        }
    }
    // Both cover everything before them, with a length in the header that counts them in.
    std::vector<std::uint8_t> finish(std::string_view password) {
        std::size_t before = bytes_.size();
        auto out = add(attr_integrity, integrity_bytes);
        const auto digest = stun_integrity(std::span(bytes_).first(before), password);
        std::copy(digest.begin(), digest.end(), out.begin());
        before = bytes_.size();
        out = add(attr_fingerprint, 4);
        store32(out, 0, stun_fingerprint(std::span(bytes_).first(before)));
        return std::move(bytes_);
    }

  private:
    std::vector<std::uint8_t> bytes_;
};

}  // namespace

std::optional<StunMessage> parse_stun(std::span<const std::uint8_t> datagram) {
    if (datagram.size() < stun_header_bytes || datagram.size() > stun_bytes_max ||
        load32(datagram, 4) != magic_cookie ||
        load16(datagram, 2) + stun_header_bytes != datagram.size() || datagram.size() % 4 != 0) {
        return std::nullopt;
    }
    StunMessage message;
    message.type = static_cast<StunType>(load16(datagram, 0));
    if (message.type != StunType::request && message.type != StunType::success &&
        message.type != StunType::error) {
        return std::nullopt;
    }
    std::copy_n(datagram.begin() + 8, 12, message.transaction.begin());
    message.bytes = datagram;
    for (std::size_t at = stun_header_bytes; at < datagram.size();) {
        // A multiple of four is left, so a type and a length always are.
        const std::uint16_t type = load16(datagram, at);
        const std::size_t size = load16(datagram, at + 2);
        const std::size_t next = at + 4 + (size + 3) / 4 * 4;
        if (next > datagram.size()) {
            return std::nullopt;
        }
        const auto value = datagram.subspan(at + 4, size);
        if (type == attr_fingerprint) {
            // RFC 8489 §14.7: the last attribute.
            if (size != 4 || next != datagram.size() ||
                load32(value, 0) != stun_fingerprint(datagram.first(at))) {
                return std::nullopt;
            }
            message.has_fingerprint = true;
        } else if (message.integrity_at != 0) {
            // RFC 8489 §14.5: what follows MESSAGE-INTEGRITY is ignored.
        } else if (type == attr_integrity) {
            if (size != integrity_bytes) {
                return std::nullopt;
            }
            message.integrity_at = at;
        } else if (!take_attribute(message, type, value)) {
            return std::nullopt;
        }
        at = next;
    }
    return message;
}

bool verify_stun(const StunMessage& message, std::string_view password) {
    if (message.integrity_at == 0 || password.empty()) {
        return false;
    }
    // The digest was made over a header whose length ends with this attribute.
    std::array<std::uint8_t, stun_bytes_max> copy{};
    std::copy_n(message.bytes.begin(), message.integrity_at, copy.begin());
    store16(
        copy, 2,
        static_cast<std::uint16_t>(message.integrity_at + 4 + integrity_bytes - stun_header_bytes));
    const auto digest = stun_integrity(std::span(copy).first(message.integrity_at), password);
    return ::CRYPTO_memcmp(digest.data(), message.bytes.data() + message.integrity_at + 4,
                           integrity_bytes) == 0;
}

std::vector<std::uint8_t> write_stun(const StunOut& message) {
    StunWriter writer(message);
    if (!message.username.empty()) {
        const auto out = writer.add(attr_username, message.username.size());
        std::copy(message.username.begin(), message.username.end(), out.begin());
    }
    if (message.priority != 0) {
        store32(writer.add(attr_priority, 4), 0, message.priority);
    }
    if (message.use_candidate) {
        writer.add(attr_use_candidate, 0);
    }
    if (message.controlled) {
        writer.add64(attr_controlled, *message.controlled);
    }
    if (message.controlling) {
        writer.add64(attr_controlling, *message.controlling);
    }
    if (message.mapped) {
        writer.add_mapped(*message.mapped);
    }
    if (message.error_code != 0) {
        const auto out = writer.add(attr_error_code, 4);
        out[2] = static_cast<std::uint8_t>(message.error_code / 100);
        out[3] = static_cast<std::uint8_t>(message.error_code % 100);
    }
    if (!message.not_understood.empty()) {
        const auto out = writer.add(attr_unknown, message.not_understood.size() * 2);
        for (std::size_t i = 0; i < message.not_understood.size(); ++i) {
            store16(out, 2 * i, message.not_understood[i]);
        }
    }
    return writer.finish(message.password);
}

}  // namespace linka::media
