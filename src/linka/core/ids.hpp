// The identifiers of the core, each its own type. A QueueId's value is the queue's number.
#pragma once

#include "linka/base/id.hpp"

namespace linka::core {

using UserId = Id<struct UserTag>;
using DeviceId = Id<struct DeviceTag>;
using QueueId = Id<struct QueueTag>;
using PauseId = Id<struct PauseTag>;
using RightToCallId = Id<struct RightToCallTag>;
using ProfileId = Id<struct ProfileTag>;
using TrunkId = Id<struct TrunkTag>;
using PromptId = Id<struct PromptTag>;
using RouteId = Id<struct RouteTag>;
using MenuId = Id<struct MenuTag>;
using TimeGroupId = Id<struct TimeGroupTag>;
using RingGroupId = Id<struct RingGroupTag>;  // its number
using CallId = Id<struct CallTag>;
using ConversationId = Id<struct ConversationTag>;  // in writing: a chat, an e-mail
using ConversationId = Id<struct ConversationTag>;  // in writing: a chat, an e-mail
using LegId =
    Id<struct LegTag>;  // odd: came in; even: we dialled. The same number as in sip and media
using InteractionId = Id<struct InteractionTag>;
using OfferId = Id<struct OfferTag>;
using ActivityId = Id<struct ActivityTag>;
using RecordingId = Id<struct RecordingTag>;
using PlayId = Id<struct PlayTag>;
using DecisionId = Id<struct DecisionTag>;
using MissedId = Id<struct MissedTag>;

}  // namespace linka::core
