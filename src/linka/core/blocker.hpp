// Why something is not possible now, by a stable code. The one list of reasons that API, web app
// and phone prompts share.
#pragma once

#include "linka/base/describe.hpp"

#include <string>
#include <string_view>
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
    at_capacity,
    busy,
    no_trunk,       // no line to the public network
    device_in_use,  // a colleague is logged in to it, who can be asked: take it over
    leads_back,     // a redirection that would come back to where it began
    in_use          // something refers to it: `subjects`
};
LINKA_DESCRIBE_ENUM(BlockerCode, not_logged_in, not_ready, paused, no_device, device_not_registered,
                    multiple_devices, device_cannot_answer_remotely, no_inbound_queue,
                    no_outbound_queue, no_email_queue, no_chat_queue, queue_autoanswer_off,
                    no_right, not_allowed_number, at_capacity, busy, no_trunk, device_in_use,
                    leads_back, in_use)

/// `subjects`: the devices, queues or pauses meant, by name, e.g. the devices that ring.
struct Blocker {
    BlockerCode code = BlockerCode::not_logged_in;
    std::vector<std::string> subjects;
    bool operator==(const Blocker&) const = default;
};
LINKA_DESCRIBE(Blocker, (code, subjects))

/// What a user may want to do; see can().
enum class Action {
    call_out,
    receive_calls,
    answer_web,
    auto_answer,
    send_email,
    take_chat,
    be_called  // a call straight to the extension would ring
};
LINKA_DESCRIBE_ENUM(Action, call_out, receive_calls, answer_web, auto_answer, send_email, take_chat,
                    be_called)

}  // namespace linka::core
