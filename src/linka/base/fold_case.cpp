#include "linka/base/fold_case.hpp"

#include <cstddef>

namespace linka::text {

namespace {

// Two-byte UTF-8 holds U+0080 to U+07FF: the letters of Europe that have a case, but for Georgian
// and rare extensions. Their lower case has two bytes as well, except for the two that are kept.
unsigned lower_of(unsigned point) {
    const bool pairs_even =
        (point >= 0x100 && point <= 0x137) || (point >= 0x14a && point <= 0x177) ||
        (point >= 0x460 && point <= 0x481) || (point >= 0x48a && point <= 0x4bf);
    const bool pairs_odd = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17e);
    if (point == 0x130 || point == 0x138) {
        return point;  // dotted I folds to ASCII; kra has no capital
    }
    if ((point >= 0xc0 && point <= 0xde && point != 0xd7) || (point >= 0x391 && point <= 0x3a9) ||
        (point >= 0x410 && point <= 0x42f)) {
        return point + 0x20;
    }
    if (point >= 0x400 && point <= 0x40f) {
        return point + 0x50;
    }
    if (point == 0x178) {
        return 0xff;
    }
    if ((pairs_even && point % 2 == 0) || (pairs_odd && point % 2 == 1)) {
        return point + 1;
    }
    return point;
}

}  // namespace

std::string fold_case(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        if (byte >= 'A' && byte <= 'Z') {
            out[i] = static_cast<char>(byte + ('a' - 'A'));
        } else if (byte >= 0xc2 && byte <= 0xdf && i + 1 < out.size()) {
            const auto next = static_cast<unsigned char>(out[i + 1]);
            if ((next & 0xc0U) != 0x80U) {
                continue;  // not UTF-8: left as it is
            }
            const unsigned point = lower_of(((byte & 0x1fU) << 6U) | (next & 0x3fU));
            out[i] = static_cast<char>(0xc0U | (point >> 6U));
            out[i + 1] = static_cast<char>(0x80U | (point & 0x3fU));
            ++i;
        }
    }
    return out;
}

}  // namespace linka::text
