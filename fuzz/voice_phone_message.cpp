// What pages of web phones say, and the saved text of their legs: what is read is within its bounds
// and can be written and read again, equal.
#include "linka/base/assert.hpp"
#include "linka/voice/phone_message.hpp"
#include "linka/voice/phone_texts.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace linka;
    const std::string_view input(reinterpret_cast<const char*>(data), size);

    if (const auto message = voice::phone_message_from_text(input)) {
        if (const auto* answer = std::get_if<voice::PhoneAnswer>(&*message)) {
            LINKA_ASSERT(answer->sdp.size() <= voice::phone_sdp_max);
            LINKA_ASSERT(answer->leg > 0);
        }
        if (const auto* start = std::get_if<voice::PhoneStart>(&*message)) {
            LINKA_ASSERT(start->browser.size() <= voice::phone_browser_max);
        }
        if (const auto* digit = std::get_if<voice::PhoneDigit>(&*message)) {
            LINKA_ASSERT(digit->digit.size() == 1);
        }
        const std::string text = voice::phone_message_text(*message);
        const auto again = voice::phone_message_from_text(text);
        // Escaped, a message may become longer than one may be.
        LINKA_ASSERT(again.ok() || text.size() > voice::phone_message_max);
        LINKA_ASSERT(!again || voice::phone_message_text(*again) == text);
    } else {
        LINKA_ASSERT(!voice::error_text(message.error()).empty());
    }
    if (const auto leg = voice::phone_leg_from_text(input)) {
        const std::string text = voice::phone_leg_text(*leg);
        LINKA_ASSERT(voice::is_web_phone_text(text));
        const auto again = voice::phone_leg_from_text(text);
        LINKA_ASSERT(again.ok());
        LINKA_ASSERT(voice::phone_leg_text(*again) == text);
    }
    return 0;
}
