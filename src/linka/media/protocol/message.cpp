#include "linka/media/protocol/message.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

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

}  // namespace linka::media
