#include "linka/media/testing/heard_file.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/process.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

namespace linka::media::testing {

std::span<const std::int16_t> HeardFile::part(const std::vector<std::int16_t>& side, double from,
                                              double to) const {
    const auto begin = std::min(side.size(), static_cast<std::size_t>(from * 48000));
    const auto end = std::min(side.size(), static_cast<std::size_t>(to * 48000));
    return std::span(side).subspan(begin, end - begin);
}

HeardFile decode_with_ffmpeg(const std::string& file) {
    HeardFile heard;
    const auto probe = runtime::run_program(
        {.arguments = {"ffprobe", "-v", "error", "-show_entries", "stream=channels:format=duration",
                       "-of", "default=nw=1:nk=1", file},
         .environment = {},
         .directory = {}});
    if (probe) {
        const auto lines = text::split(probe->out, '\n');
        heard.channels = static_cast<int>(text::to_int(lines[0]).value_or(0));
        if (lines.size() > 1) {
            const std::string_view seconds = lines[1];
            std::from_chars(seconds.data(), seconds.data() + seconds.size(), heard.seconds);
        }
    }
    const std::string raw = file + ".raw";
    (void)runtime::run_program({.arguments = {"ffmpeg", "-v", "error", "-y", "-i", file, "-f",
                                              "s16le", "-ar", "48000", raw},
                                .environment = {},
                                .directory = {}});
    std::ifstream stream(raw, std::ios::binary);
    std::array<char, 4> sample{};
    while (stream.read(sample.data(), sample.size())) {
        const auto value = [&](std::size_t at) {
            return static_cast<std::int16_t>(static_cast<unsigned char>(sample[at]) |
                                             (static_cast<unsigned char>(sample[at + 1]) << 8));
        };
        heard.left.push_back(value(0));
        heard.right.push_back(value(2));
    }
    return heard;
}

}  // namespace linka::media::testing
