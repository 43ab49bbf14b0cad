// How the SIP library reads what peers send, where it is too strict or too trusting for us. One
// message class for the whole port; only the reading of received messages differs.
//
// - Via: `maddr` is dropped (RFC 3261 §18.2.2 would have the answer sent there: to a third party of
//   the sender's choice, without any forged address). We have no multicast peers.
// - From and To: a display name in UTF-8 without quotes is read as if quoted; one that is not UTF-8
//   is left out. RFC 3261 §25.1 wants quotes; the library would refuse the call.
#pragma once

#include "linka/sip/sofia.hpp"

namespace linka::sip {

/// Made once a process, never freed. Null if the library's own class is not as we know it.
msg_mclass_t* message_class();

}  // namespace linka::sip
