#include "linka/core/flow/place.hpp"

#include "linka/base/text.hpp"

namespace linka::core {

Place place_of(const Destination& destination) {
    const std::int64_t id = text::to_int(destination.value).value_or(0);
    switch (destination.kind) {
        case DestinationKind::none:
            return place::Nowhere{};
        case DestinationKind::queue:
            return place::Queue{QueueId{id}};
        case DestinationKind::extension:
            return place::Extension{destination.value};
        case DestinationKind::ring_group:
            return place::RingGroup{RingGroupId{id}};
        case DestinationKind::menu:
            return place::Menu{MenuId{id}};
        case DestinationKind::voicemail:
            return place::Voicemail{destination.value};
        case DestinationKind::number:
            return place::Number{destination.value};
        case DestinationKind::echo:
            return place::Echo{};
        case DestinationKind::announcement:
            return place::Announcement{destination.value};
        case DestinationKind::hangup:
            return place::HangUp{};
        case DestinationKind::busy:
            return place::Busy{};
        case DestinationKind::congestion:
            return place::Congestion{};
    }
    return place::Nowhere{};
}

std::string number_of(const Place& place) {
    if (const auto* queue = std::get_if<place::Queue>(&place)) {
        return std::to_string(queue->queue.value);
    }
    if (const auto* group = std::get_if<place::RingGroup>(&place)) {
        return std::to_string(group->group.value);
    }
    if (const auto* user = std::get_if<place::Extension>(&place)) {
        return user->extension;
    }
    const auto* outside = std::get_if<place::Number>(&place);
    return outside == nullptr ? std::string{} : outside->number;
}

}  // namespace linka::core
