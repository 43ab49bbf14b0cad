// Private to the core. What people do with what they are offered and with the call that they have.
#pragma once

#include "linka/core/turn.hpp"

namespace linka::core {

void apply(Turn& t, const Accept& input);
void apply(Turn& t, const Reject& input);
void apply(Turn& t, const Take& input);
void apply(Turn& t, const Hold& input);
void apply(Turn& t, const Mute& input);
void apply(Turn& t, const SendDigits& input);
void apply(Turn& t, const HangUpActivity& input);

}  // namespace linka::core
