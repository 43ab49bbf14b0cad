// Tokens: 32 random bytes in hex. Only their hash is kept, so that a stolen database opens nothing.
#pragma once

#include <string>
#include <string_view>

namespace linka::api {

/// 64 hex digits.
std::string new_token();
/// BLAKE2b-256 of the token, hex. Tokens are random, so neither salt nor slowness is needed.
std::string token_hash(std::string_view token);
/// Lower-case hex of `bytes` random bytes (at most 64), for names of new records.
std::string random_hex(std::size_t bytes);

}  // namespace linka::api
