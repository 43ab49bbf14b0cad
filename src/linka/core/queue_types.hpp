// What a queue's type means: the one list that rules, API and pages go by.
#pragma once

#include "linka/core/records.hpp"

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
/// Something serves it today. Queues of other types can neither be made nor joined: they would
/// never do anything.
constexpr bool is_served(QueueType type) {
    return is_inbound(type) || is_outbound(type);
}

}  // namespace linka::core
