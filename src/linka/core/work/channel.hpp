// How a customer reaches the contact centre, and what carries one piece of communication with them.
// Interactions, offers and activities are the same thing on every channel; what only calls have is
// at the call and its legs.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/core/ids.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace linka::core {

/// fbm, igdm, wap, vbr: Facebook Messenger, Instagram, WhatsApp, Viber. custom: of a client that
/// brings its own.
enum class Channel { call, chat, sms, fbm, igdm, wap, vbr, email, custom };
LINKA_DESCRIBE_ENUM(Channel, call, chat, sms, fbm, igdm, wap, vbr, email, custom)
inline constexpr std::size_t channels = 9;

/// Something for each channel.
template <typename T>
struct ByChannel {
    std::array<T, channels> all{};

    constexpr T& operator[](Channel channel) { return all[static_cast<std::size_t>(channel)]; }
    constexpr const T& operator[](Channel channel) const {
        return all[static_cast<std::size_t>(channel)];
    }
    bool operator==(const ByChannel&) const = default;
};

/// The customer's side: the number or address by which they are reached (empty: withheld), and
/// their name as far as it is known.
struct Party {
    std::string address;
    std::string name;
};
LINKA_DESCRIBE(Party, (address, name))

namespace carrier {

/// The type of a carrier in the journal.
#define LINKA_CARRIER(name) static constexpr std::string_view type = name

struct Call {
    LINKA_CARRIER("call");
    CallId call{};
};
struct Conversation {
    LINKA_CARRIER("conversation");
    ConversationId conversation{};
};

#undef LINKA_CARRIER

LINKA_DESCRIBE(Call, (call))
LINKA_DESCRIBE(Conversation, (conversation))

}  // namespace carrier

/// What carries it: a call, or a conversation in writing.
using Carrier = std::variant<carrier::Call, carrier::Conversation>;

/// The call that carries it; 0: something else does.
inline CallId call_of(const Carrier& carrier) {
    const auto* call = std::get_if<carrier::Call>(&carrier);
    return call == nullptr ? CallId{} : call->call;
}

}  // namespace linka::core
