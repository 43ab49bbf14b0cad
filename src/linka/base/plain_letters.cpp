#include "linka/base/plain_letters.hpp"

#include "linka/base/fold_case.hpp"

#include <array>
#include <cstddef>

namespace linka::text {

namespace {

struct Range {
    unsigned first;
    unsigned last;
    char letter;
};

// By the canonical decompositions of Unicode, small letters.
constexpr std::array<Range, 29> ranges{
    {{0xe0, 0xe5, 'a'},   {0xe7, 0xe7, 'c'},   {0xe8, 0xeb, 'e'},   {0xec, 0xef, 'i'},
     {0xf1, 0xf1, 'n'},   {0xf2, 0xf6, 'o'},   {0xf9, 0xfc, 'u'},   {0xfd, 0xfd, 'y'},
     {0xff, 0xff, 'y'},   {0x100, 0x105, 'a'}, {0x106, 0x10d, 'c'}, {0x10e, 0x10f, 'd'},
     {0x112, 0x11b, 'e'}, {0x11c, 0x123, 'g'}, {0x124, 0x125, 'h'}, {0x128, 0x130, 'i'},
     {0x134, 0x135, 'j'}, {0x136, 0x137, 'k'}, {0x139, 0x13e, 'l'}, {0x143, 0x148, 'n'},
     {0x14c, 0x151, 'o'}, {0x154, 0x159, 'r'}, {0x15a, 0x161, 's'}, {0x162, 0x165, 't'},
     {0x168, 0x173, 'u'}, {0x174, 0x175, 'w'}, {0x176, 0x178, 'y'}, {0x179, 0x17e, 'z'},
     {0x300, 0x36f, 0}}};

const Range* range_of(unsigned point) {
    for (const Range& range : ranges) {
        if (point >= range.first && point <= range.last) {
            return &range;
        }
    }
    return nullptr;
}

}  // namespace

std::string plain_letters(std::string_view text) {
    const std::string folded = fold_case(text);
    std::string out;
    out.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const auto byte = static_cast<unsigned char>(folded[i]);
        const bool two = byte >= 0xc2 && byte <= 0xdf && i + 1 < folded.size() &&
                         (static_cast<unsigned char>(folded[i + 1]) & 0xc0U) == 0x80U;
        if (!two) {
            out += folded[i];
            continue;
        }
        const auto next = static_cast<unsigned char>(folded[i + 1]);
        const Range* range = range_of(((byte & 0x1fU) << 6U) | (next & 0x3fU));
        if (range == nullptr) {
            out += folded.substr(i, 2);
        } else if (range->letter != 0) {
            out += range->letter;
        }
        ++i;
    }
    return out;
}

}  // namespace linka::text
