#include "linka/store/db/fitting.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <cstring>

namespace linka::store {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

// Eight bytes at a time: texts are ASCII nearly always.
bool is_ascii(std::string_view text) {
    std::uint64_t high = 0;
    std::size_t at = 0;
    for (; at + sizeof high <= text.size(); at += sizeof high) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        high |= bytes;
    }
    for (; at < text.size(); ++at) {
        high |= static_cast<unsigned char>(text[at]);
    }
    return (high & 0x8080808080808080U) == 0;
}

// How many bytes the character takes that begins here; 0 if none does.
std::size_t character_at(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const bool whole = at + size <= text.size() && text::is_utf8(text.substr(at, size));
    return whole && first != 0 ? size : 0;
}

}  // namespace

bool fits(std::string_view text) {
    return text.find('\0') == std::string_view::npos && (is_ascii(text) || text::is_utf8(text));
}

Error unfit(std::string_view sql) {
    return fail(
        ErrorCode::invalid,
        text::format("a text is not UTF-8, or has a NUL character, in: {}", sql.substr(0, 80)));
}

std::string fitted(std::string_view text) {
    if (fits(text)) {
        return std::string(text);
    }
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = character_at(text, at);
        out += size == 0 ? replacement : text.substr(at, size);
        at += std::max<std::size_t>(size, 1);
    }
    return out;
}

}  // namespace linka::store
