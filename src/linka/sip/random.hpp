// Unguessable text for tags, branches, Call-IDs and nonces.
#pragma once

#include <cstddef>
#include <string>

namespace linka::sip {

/// `bytes` random bytes as lower-case hexadecimal text; at most 64 bytes.
std::string random_hex(std::size_t bytes);

}  // namespace linka::sip
