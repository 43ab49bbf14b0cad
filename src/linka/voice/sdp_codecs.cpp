#include "linka/voice/sdp_codecs.hpp"

#include "linka/base/text.hpp"
#include "linka/voice/media_address.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace linka::voice {
namespace {

constexpr std::array<std::string_view, 4> known{"PCMU", "PCMA", "G722", "opus"};

// The known codec of this encoding name, or empty.
std::string_view known_codec(std::string_view name) {
    for (const std::string_view codec : known) {
        if (text::equal_ignoring_case(codec, name)) {
            return codec;
        }
    }
    return {};
}

std::map<std::string_view, std::string_view> static_types() {
    return {{"0", "PCMU"}, {"8", "PCMA"}, {"9", "G722"}};
}

// "a=rtpmap:111 opus/48000/2" names type 111.
void read_rtpmap(std::string_view line, std::map<std::string_view, std::string_view>& types) {
    const std::string_view rest = line.substr(std::string_view("a=rtpmap:").size());
    const std::size_t space = rest.find(' ');
    if (space == std::string_view::npos) {
        return;
    }
    const std::string_view encoding = text::trim(rest.substr(space + 1));
    types[rest.substr(0, space)] = known_codec(encoding.substr(0, encoding.find('/')));
}

}  // namespace

std::vector<std::string> codecs_in(std::string_view sdp) {
    std::vector<std::string_view> offered;
    auto types = static_types();
    bool in_audio = false;
    for (const std::string_view raw : text::split(sdp.substr(0, sdp_read_max), '\n')) {
        const std::string_view line = text::trim(raw);
        if (line.starts_with("m=")) {
            if (in_audio) {
                break;
            }
            in_audio = line.starts_with("m=audio ");
            if (in_audio) {
                offered = text::split(line, ' ');
            }
        } else if (in_audio && line.starts_with("a=rtpmap:")) {
            read_rtpmap(line, types);
        }
    }
    std::vector<std::string> codecs;
    for (std::size_t i = 3; i < offered.size(); ++i) {  // after media, port and profile
        const auto found = types.find(offered[i]);
        if (found != types.end() && !found->second.empty() &&
            std::find(codecs.begin(), codecs.end(), found->second) == codecs.end()) {
            codecs.emplace_back(found->second);
        }
    }
    return codecs;
}

std::vector<std::string> shared_first(const std::vector<std::string>& ours,
                                      const std::vector<std::string>& theirs) {
    std::vector<std::string> order;
    for (const std::string& codec : theirs) {
        if (std::find(ours.begin(), ours.end(), codec) != ours.end()) {
            order.push_back(codec);
        }
    }
    for (const std::string& codec : ours) {
        if (std::find(order.begin(), order.end(), codec) == order.end()) {
            order.push_back(codec);
        }
    }
    return order;
}

}  // namespace linka::voice
