// How a SIP device is asked for its password: with SHA-256 and MD5 (`auto`), or with MD5 alone
// (`md5`), for telephones that give up at what they do not know (RFC 8760 wants SHA-256 first). The
// core does not need it, so it is among a device's attributes.
#pragma once

#include "linka/base/json_read.hpp"
#include "linka/core/records/records.hpp"

#include <string_view>

namespace linka::api {

inline constexpr std::string_view digest_field = "digest";
inline constexpr std::string_view digest_auto = "auto";
inline constexpr std::string_view digest_md5 = "md5";

inline bool is_md5_only(const core::Device& device) {
    const auto attributes = json::parse(device.attributes.text);
    const json::Value* digest = attributes && attributes->is_object()
                                    ? attributes->get_object().if_contains(digest_field)
                                    : nullptr;
    return digest != nullptr && digest->is_string() && digest->get_string() == digest_md5;
}

}  // namespace linka::api
