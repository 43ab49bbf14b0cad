// Tokens: 32 random bytes in hex. Only their hash is kept, so that a stolen database opens nothing.
#pragma once

#include <string>
#include <string_view>

namespace linka::api {

/// 64 hex digits.
std::string new_token();
/// BLAKE2b-256 of the token, hex. Tokens are random, so neither salt nor slowness is needed.
std::string token_hash(std::string_view token);
/// BLAKE2b-256 of the text with a key of at most 64 bytes, hex: shows that who made it has the key.
std::string keyed_hash(std::string_view key, std::string_view text);
/// Compares without telling by the time it takes how much of it was right. Not for empty ones:
/// false.
bool is_same_secret(std::string_view given, std::string_view expected);
/// Lower-case hex of `bytes` random bytes (at most 64), for names of new records.
std::string random_hex(std::size_t bytes);

}  // namespace linka::api
