// Passwords as Argon2id hashes (RFC 9106; libsodium), 64 MiB and about 60 ms each, so never on the
// threads that serve connections. Hashes are secrets of kind "password", by the user's login name;
// who has none cannot sign in.
#pragma once

#include <string>
#include <string_view>

namespace linka::api {

inline constexpr std::string_view password_kind = "password";  // by user name
inline constexpr std::string_view trunk_kind = "trunk";        // by trunk name, in clear
inline constexpr std::string_view sip_kind = "sip";            // by device name, in clear
inline constexpr std::string_view token_kind = "token";        // by user name, see token_hash()

/// Shortest new password, characters; see password_rule.hpp.
inline constexpr std::size_t password_size_min = 8;
inline constexpr std::size_t password_size_min_demo = 6;
/// Longest password taken, bytes; a bound on work, not on people.
inline constexpr std::size_t password_bytes_max = 256;
/// Longest password of a telephone.
inline constexpr std::size_t device_password_bytes_max = 64;

/// What to keep. Empty if there is no memory for it.
std::string hash_password(std::string_view password);
/// Takes as long for an empty (unknown) hash as for a wrong password.
bool verify_password(const std::string& hash, std::string_view password);

}  // namespace linka::api
