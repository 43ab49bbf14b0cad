// The distribution matrix: how much more queues give to somebody beside the work that they have
// open. It knows neither who has what nor anybody's state: see core/acd/availability.hpp.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/core/work/channel.hpp"

#include <array>

namespace linka::core {

/// What is open is of one channel; for each that is offered, how many more of it may come.
struct Beside {
    int call = 0;
    int chat = 0;
    int sms = 0;
    int fbm = 0;
    int igdm = 0;
    int wap = 0;
    int vbr = 0;
    int custom = 0;
    bool operator==(const Beside&) const = default;
};

/// Beside something in writing: no call, and more in writing.
inline constexpr Beside beside_writing{0, 2, 2, 2, 2, 2, 2, 2};

/// A row for each channel that somebody has open. E-mail is in neither direction: it is not given
/// out.
struct DistributionMatrix {
    Beside call{};
    Beside chat = beside_writing;
    Beside sms = beside_writing;
    Beside fbm = beside_writing;
    Beside igdm = beside_writing;
    Beside wap = beside_writing;
    Beside vbr = beside_writing;
    Beside custom = beside_writing;
    bool operator==(const DistributionMatrix&) const = default;
};
LINKA_DESCRIBE(Beside, (call, chat, sms, fbm, igdm, wap, vbr, custom))
LINKA_DESCRIBE(DistributionMatrix, (call, chat, sms, fbm, igdm, wap, vbr, custom))

/// The channels of the matrix.
inline constexpr std::array given_out{Channel::call, Channel::chat, Channel::sms, Channel::fbm,
                                      Channel::igdm, Channel::wap,  Channel::vbr, Channel::custom};

/// The one of a row or of the matrix that is a channel's; null: the channel is not in it.
template <typename T>
auto part_of(T& whole, Channel channel) -> decltype(&whole.call) {
    switch (channel) {
        case Channel::call:
            return &whole.call;
        case Channel::chat:
            return &whole.chat;
        case Channel::sms:
            return &whole.sms;
        case Channel::fbm:
            return &whole.fbm;
        case Channel::igdm:
            return &whole.igdm;
        case Channel::wap:
            return &whole.wap;
        case Channel::vbr:
            return &whole.vbr;
        case Channel::custom:
            return &whole.custom;
        case Channel::email:
            break;
    }
    return nullptr;
}

}  // namespace linka::core
