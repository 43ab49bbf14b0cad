#include "linka/media/protocol/message.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::media {
namespace {

// Members that this version does not know are ignored: a newer server may speak to an older
// worker that is still carrying calls.
template <typename Variant>
Result<Variant> decode(std::string_view packet) {
    return json::from_text<Variant>(packet, json::Unknown::ignore,
                                    {.bytes_max = message_bytes_max, .depth_max = 8});
}

}  // namespace

std::string encode(const Request& request) {
    return json::to_text(request);
}

std::string encode(const Notice& notice) {
    return json::to_text(notice);
}

Result<Request> decode_request(std::string_view packet) {
    return decode<Request>(packet);
}

Result<Notice> decode_notice(std::string_view packet) {
    return decode<Notice>(packet);
}

std::int64_t id_of_unreadable(std::string_view packet) {
    // {"type":"leg.open","id":7,…
    constexpr std::size_t beginning = 80;
    constexpr std::string_view name = "\"id\":";
    packet = packet.substr(0, beginning);
    const std::size_t at = packet.find(name);
    if (at == std::string_view::npos) {
        return 0;
    }
    packet.remove_prefix(at + name.size());
    const std::size_t digits = std::min(packet.find_first_not_of("0123456789"), packet.size());
    return text::to_int(packet.substr(0, digits)).value_or(0);
}

}  // namespace linka::media
