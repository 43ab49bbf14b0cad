#include "linka/voice/phone_message.hpp"

#include "linka/base/json_read.hpp"
#include "linka/base/json_write.hpp"
#include "linka/base/text.hpp"

namespace linka::voice {
namespace {

constexpr std::size_t device_name_max = 100;

Status check_browser(const std::string& browser) {
    if (browser.size() > phone_browser_max) {
        return fail(ErrorCode::full,
                    text::format("browser: longer than {} bytes", phone_browser_max), "browser");
    }
    return Done{};
}

Status check_device(const std::string& device) {
    if (device.empty() || device.size() > device_name_max) {
        return fail(ErrorCode::invalid,
                    text::format("device: a name of 1 to {} bytes", device_name_max), "device");
    }
    return Done{};
}

Status check_leg(std::int64_t leg) {
    if (leg <= 0) {
        return fail(ErrorCode::invalid, "leg: the number of a call", "leg");
    }
    return Done{};
}

Status check_sdp(const std::string& sdp) {
    if (sdp.size() > phone_sdp_max) {
        return fail(ErrorCode::full, text::format("sdp: longer than {} bytes", phone_sdp_max),
                    "sdp");
    }
    // RFC 8866 §5.1: every description begins so.
    if (!sdp.starts_with("v=0") || sdp.find('\0') != std::string::npos) {
        return fail(ErrorCode::invalid, "sdp: a description that begins with v=0", "sdp");
    }
    return Done{};
}

Status check_digit(const std::string& digit) {
    constexpr std::string_view keys = "0123456789*#ABCD";
    if (digit.size() != 1 || keys.find(digit.front()) == std::string_view::npos) {
        return fail(ErrorCode::invalid, "digit: one of 0-9 * # A-D", "digit");
    }
    return Done{};
}

// Each member by its name, whatever the message is.
template <typename Message>
Status check_members(const Message& message) {
    if constexpr (requires { message.device; }) {
        Status status = check_device(message.device);
        if constexpr (requires { message.browser; }) {
            status = status ? check_browser(message.browser) : status;
        }
        return status;
    } else {
        Status status = check_leg(message.leg);
        if constexpr (requires { message.sdp; }) {
            status = status ? check_sdp(message.sdp) : status;
        }
        if constexpr (requires { message.digit; }) {
            status = status ? check_digit(message.digit) : status;
        }
        return status;
    }
}

}  // namespace

Result<PhoneMessage> phone_message_from_text(std::string_view text) {
    json::ReadLimits limits;
    limits.bytes_max = phone_message_max;
    limits.depth_max = 4;
    Result<PhoneMessage> message =
        json::from_text<PhoneMessage>(text, json::Unknown::ignore, limits);
    if (!message) {
        return message;
    }
    const Status checked =
        std::visit([](const auto& found) { return check_members(found); }, *message);
    if (!checked) {
        return checked.error();
    }
    return message;
}

std::string phone_message_text(const PhoneMessage& message) {
    return json::to_text(message);
}

}  // namespace linka::voice
