// Private to the core. Voicemail.
#pragma once

#include "linka/core/flow/step.hpp"
#include "linka/core/turn.hpp"

#include <string_view>

namespace linka::core {

void enter_voicemail(Turn& t, CallId call, std::string_view mailbox);
void voicemail_greeted(Turn& t, CallId call, const step::Greeting& at);
/// The message is over: it becomes work of the mailbox's owner.
void voicemail_left(Turn& t, CallId call, const step::Message& at);

}  // namespace linka::core
