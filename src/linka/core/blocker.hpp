// Why something is not possible now, by a stable code. The one list of reasons that API, web app
// and phone prompts share.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/core/ids.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linka::core {

enum class BlockerCode {
    not_logged_in,
    not_ready,
    paused,
    no_device,
    device_not_registered,
    multiple_devices,
    device_cannot_answer_remotely,
    no_inbound_queue,
    no_outbound_queue,
    no_email_queue,
    no_chat_queue,
    queue_autoanswer_off,
    no_right,
    not_allowed_number,
    right_to_call,  // the rights to call of who asks do not have the number: `subjects` the title
    transfer_kind,  // the profile of who asks has no such transfers: `subjects` its title
    at_capacity,
    open_work,  // beside what is open the distribution matrix gives no more of it
    busy,
    no_trunk,       // no line to the public network
    device_in_use,  // a colleague is logged in to it, who can be asked: take it over
    leads_back,     // a redirection that would come back to where it began
    in_use,         // something refers to it: `subjects`
    device_failed,  // every device refused the last call without ringing
    logged_in,      // somebody else is: their rights wait until they are logged out
    no_extension,   // who has none cannot be called directly
    still_used      // calls, people or work are still with what is to go: `subjects` if people
};
LINKA_DESCRIBE_ENUM(BlockerCode, not_logged_in, not_ready, paused, no_device, device_not_registered,
                    multiple_devices, device_cannot_answer_remotely, no_inbound_queue,
                    no_outbound_queue, no_email_queue, no_chat_queue, queue_autoanswer_off,
                    no_right, not_allowed_number, right_to_call, transfer_kind, at_capacity,
                    open_work, busy, no_trunk, device_in_use, leads_back, in_use, device_failed,
                    logged_in, no_extension, still_used)

/// `subjects`: the devices, queues or pauses meant, by name, e.g. the devices that ring.
/// `of`: what is in the way of the one who asks, or of the colleague they want.
enum class BlockerOf { oneself, colleague };
LINKA_DESCRIBE_ENUM(BlockerOf, oneself, colleague)
/// Which record a subject is; none: such as no role hides from anybody (routes, menus, ring
/// groups).
using SubjectRecord = std::variant<std::monostate, UserId, QueueId, ProfileId>;
/// A record that is in the way of another's end.
struct InTheWay {
    std::string title;
    SubjectRecord record;
    bool operator==(const InTheWay&) const = default;
};
struct Blocker {
    BlockerCode code = BlockerCode::not_logged_in;
    std::vector<std::string> subjects{};
    BlockerOf of = BlockerOf::oneself;
    std::vector<SubjectRecord> records{};  // what the subjects are, one by one; empty: no records
    bool operator==(const Blocker&) const = default;
};
LINKA_DESCRIBE(Blocker, (code, subjects, of))

/// What a user may want to do; see can().
enum class Action {
    call_out,
    receive_calls,
    answer_web,
    auto_answer,
    send_email,
    take_chat,
    be_called,          // a call straight to the extension would ring
    take,               // have an item that waits, or rings at a colleague
    transfer_attended,  // as far as their profile goes, whoever is to get the call
    transfer_blind
};
LINKA_DESCRIBE_ENUM(Action, call_out, receive_calls, answer_web, auto_answer, send_email, take_chat,
                    be_called, take, transfer_attended, transfer_blind)

}  // namespace linka::core
