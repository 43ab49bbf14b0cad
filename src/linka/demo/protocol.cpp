#include "linka/demo/protocol.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"

namespace linka::demo {
namespace {

// Both sides are of one build, so a member that one does not know is a mistake.
constexpr json::ReadLimits limits{.bytes_max = message_bytes_max, .depth_max = 8};

}  // namespace

std::string encode(const Request& request) {
    return json::to_text(request);
}

std::string encode(const Notice& notice) {
    return json::to_text(notice);
}

Result<Request> decode_request(std::string_view packet) {
    return json::from_text<Request>(packet, json::Unknown::refuse, limits);
}

Result<Notice> decode_notice(std::string_view packet) {
    return json::from_text<Notice>(packet, json::Unknown::refuse, limits);
}

}  // namespace linka::demo
