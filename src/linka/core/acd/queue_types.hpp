// What a queue's type means: the one list that rules, API and pages go by.
#pragma once

#include "linka/core/records/records.hpp"
#include "linka/core/work/channel.hpp"

#include <utility>

namespace linka::core {

/// Callers wait in it.
constexpr bool is_inbound(QueueType type) {
    return type == QueueType::in || type == QueueType::ctc;
}
/// Agents call out through it.
constexpr bool is_outbound(QueueType type) {
    return type == QueueType::out;
}
/// Outgoing, campaigns included: a user may enter at most one of them by itself (product rule).
constexpr bool is_outgoing(QueueType type) {
    return type == QueueType::out || type == QueueType::outbounder ||
           type == QueueType::progressive || type == QueueType::dialer ||
           type == QueueType::interviewer;
}
/// How customers of the queue are reached.
constexpr Channel channel_of(QueueType type) {
    switch (type) {
        case QueueType::in:
        case QueueType::out:
        case QueueType::ctc:
        case QueueType::outbounder:
        case QueueType::progressive:
        case QueueType::dialer:
        case QueueType::interviewer:
            return Channel::call;
        case QueueType::email:
            return Channel::email;
        case QueueType::sms:
            return Channel::sms;
        case QueueType::chat:
            return Channel::chat;
        case QueueType::fbm:
            return Channel::fbm;
        case QueueType::igdm:
            return Channel::igdm;
        case QueueType::wap:
            return Channel::wap;
        case QueueType::vbr:
            return Channel::vbr;
        case QueueType::custom:
            return Channel::custom;
    }
    return Channel::custom;
}
/// Customers reach it in writing.
constexpr bool is_written(QueueType type) {
    return channel_of(type) != Channel::call;
}
/// The options that queues of the type have, as they are at first.
inline QueueOptions options_for(QueueType type) {
    if (!is_written(type)) {
        return queue_of::Calls{};
    }
    return channel_of(type) == Channel::email ? QueueOptions{queue_of::Mail{}}
                                              : QueueOptions{queue_of::Messages{}};
}
/// Its options are put to their beginnings where another channel has others.
inline void set_type(Queue& queue, QueueType type) {
    QueueOptions fresh = options_for(type);
    if (fresh.index() != queue.options.index()) {
        queue.options = std::move(fresh);
    }
    queue.type = type;
}
/// The core knows what to do with it. Campaigns are nothing yet.
constexpr bool is_worked(QueueType type) {
    return is_inbound(type) || is_outbound(type) || is_written(type);
}
/// Something serves it today. Queues of other types can neither be made nor joined: they would
/// never do anything.
constexpr bool is_served(QueueType type) {
    return is_inbound(type) || is_outbound(type);
}
/// Queues of this channel can be made.
constexpr bool is_served(Channel channel) {
    for (auto type = QueueType::in;; type = static_cast<QueueType>(static_cast<int>(type) + 1)) {
        if (is_served(type) && channel_of(type) == channel) {
            return true;
        }
        if (type == QueueType::custom) {
            return false;
        }
    }
}
static_assert(is_served(Channel::call) && !is_served(Channel::custom));

}  // namespace linka::core
