// Private to the core. Records are saved and removed.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const SaveUser& input);
void apply(Turn& t, const SaveDevice& input);
void apply(Turn& t, const SaveQueue& input);
void apply(Turn& t, const SavePause& input);
void apply(Turn& t, const SaveRightToCall& input);
void apply(Turn& t, const SaveProfile& input);
void apply(Turn& t, const SaveTrunk& input);
void apply(Turn& t, const SavePrompt& input);
void apply(Turn& t, const SaveRoute& input);
void apply(Turn& t, const SaveMenu& input);
void apply(Turn& t, const SaveRingGroup& input);
void apply(Turn& t, const SaveSettings& input);
void apply(Turn& t, const RemoveUser& input);
void apply(Turn& t, const RemoveDevice& input);
void apply(Turn& t, const RemoveQueue& input);
void apply(Turn& t, const RemovePause& input);
void apply(Turn& t, const RemoveRightToCall& input);
void apply(Turn& t, const RemoveProfile& input);
void apply(Turn& t, const RemoveTrunk& input);
void apply(Turn& t, const RemovePrompt& input);
void apply(Turn& t, const RemoveRoute& input);
void apply(Turn& t, const RemoveMenu& input);
void apply(Turn& t, const RemoveRingGroup& input);

}  // namespace linka::core
