#include "linka/voice/outgoing.hpp"

#include "linka/base/text.hpp"
#include "linka/core/records/trunk.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/log.hpp"
#include "linka/voice/causes.hpp"
#include "linka/voice/ending.hpp"
#include "linka/voice/media_leg.hpp"
#include "linka/voice/referral.hpp"
#include "linka/voice/reoffer.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linka::voice {
namespace {

// A dial that does not even begin; the core hears its end.
void end_unborn(Switchboard& board, core::LegId leg, Failure failure) {
    core::LegEndedReport end;
    end.leg = leg;
    end.status = status_of(failure);
    end.by_peer = false;
    board.tell(end);
}

std::string trunk_name(const Switchboard& board) {
    const core::Trunk* trunk = core::trunk_out(board.state);
    return trunk == nullptr ? std::string{} : trunk->name;
}

// Those that come after it: it may be gone by now.
std::vector<std::string> trunks_behind(const core::State& state, const std::string& trunk) {
    std::vector<std::string> names;
    for (const core::Trunk* each : core::trunks_out(state)) {
        names.push_back(each->name);
    }
    const auto at = std::find(names.begin(), names.end(), trunk);
    if (at != names.end()) {
        names.erase(names.begin(), at + 1);
    }
    return names;
}

// How far the call has come already: what leaves for the call of another leg goes on from there, so
// that a call which comes back to us by the network does not run in a circle for ever.
void note_way(LegRecord& record, const LegRecord& beside) {
    record.forwards = std::max(0, beside.forwards - 1);
    record.hops = beside.hops;
    if (!record.trunk.empty() && beside.incoming && !beside.trunk.empty()) {
        ++record.hops;
        record.diverted_from = beside.number;
    }
}

// Adds the leg and lets its media open, or ends it if there is no room.
void begin(Switchboard& board, LegRecord record, core::CallId call, core::LegId near) {
    if (board.legs.find(record.leg) != nullptr) {
        return;  // dialled again after a restart
    }
    if (board.legs.full()) {
        end_unborn(board, core::LegId{record.leg}, Failure::full);
        return;
    }
    record.stage = Stage::preparing;
    record.trace = text::format("call {} leg {}", call.value, record.leg);
    const Leg* beside = board.legs.find(near);
    record.group = beside == nullptr ? near.value : beside->kept.group;
    if (beside != nullptr) {
        note_way(record, beside->kept);
    }
    const Leg& leg = board.legs.add(std::move(record));
    board.changed(leg);
    board.want_media(leg);
}

void ringing_is_told(Switchboard& board, Leg& leg, bool early, bool can_ask) {
    const bool news =
        !leg.kept.ringing_told || (early && !leg.kept.early) || (can_ask && !leg.kept.can_ask);
    if (!news || leg.kept.stage != Stage::invited) {
        return;
    }
    leg.kept.ringing_told = true;
    leg.kept.early = leg.kept.early || early;
    leg.kept.can_ask = leg.kept.can_ask || can_ask;
    board.changed(leg);
    board.tell(core::LegRingingReport{leg.id(), leg.kept.early, leg.kept.can_ask});
    target_rings(board, leg);
}

}  // namespace

void dial_device(Switchboard& board, const core::DialDevice& effect) {
    const core::Device* device = core::find_device(board.state, effect.device);
    if (device == nullptr || device->deactivated) {
        end_unborn(board, effect.leg, Failure::unknown_device);
        return;
    }
    LegRecord record;
    record.leg = effect.leg.value;
    record.device = effect.device;
    record.caller = effect.caller;
    record.caller_name = effect.caller_name;
    record.auto_answer = effect.auto_answer;
    record.activity = effect.activity.value;
    record.number = device->name;
    if (device->type == core::DeviceType::external) {
        record.number = device->number;
        record.trunk = trunk_name(board);
        if (record.trunk.empty()) {
            end_unborn(board, effect.leg, Failure::no_trunk);
            return;
        }
    }
    begin(board, std::move(record), effect.call, effect.near);
}

void dial_number(Switchboard& board, const core::DialNumber& effect) {
    LegRecord record;
    record.leg = effect.leg.value;
    record.number = effect.number;
    record.caller = effect.caller;
    record.trunk = effect.trunk.empty() ? trunk_name(board) : effect.trunk;
    if (record.trunk.empty()) {
        end_unborn(board, effect.leg, Failure::no_trunk);
        return;
    }
    begin(board, std::move(record), effect.call, effect.near);
}

void send_invite(Switchboard& board, Leg& leg) {
    leg.kept.stage = Stage::invited;
    board.changed(leg);
    sip::Invite command;
    command.leg = leg.number();
    if (leg.kept.trunk.empty()) {
        command.device = leg.kept.number;
    } else {
        command.trunk = leg.kept.trunk;
        command.number = leg.kept.number;
        command.next_trunks = trunks_behind(board.state, leg.kept.trunk);
    }
    command.from_user = leg.kept.caller;
    command.from_display = leg.kept.caller_name;
    command.sdp = leg.kept.description;
    command.auto_answer = leg.kept.auto_answer;
    command.activity = leg.kept.activity;
    command.max_forwards = leg.kept.forwards;
    command.diverted_from = leg.kept.diverted_from;
    command.hops = leg.kept.hops;
    board.command(std::move(command));
}

void progressed(Switchboard& board, const sip::Progress& event) {
    Leg* leg = board.legs.find(event.leg);
    if (leg == nullptr || leg->kept.stage != Stage::invited) {
        return;
    }
    leg->kept.sip.text = event.saved;
    board.changed(*leg);
    const bool usable = !event.sdp.empty() && leg->has_media() && !leg->kept.stale;
    if (!usable || event.sdp == leg->kept.remote) {
        ringing_is_told(board, *leg, false, event.can_ask_to_answer);
        return;
    }
    media::LegRemote request;
    request.leg = event.leg;
    request.sdp = event.sdp;
    board.ask(*leg, request,
              [&board, sdp = event.sdp, can_ask = event.can_ask_to_answer](
                  Leg& found, const media::Reply& reply) {
                  const bool early = reply.error.empty();
                  if (early) {
                      found.kept.remote = sdp;
                      board.changed(found);
                  }
                  ringing_is_told(board, found, early, can_ask);
              });
}

void answered(Switchboard& board, const sip::Answered& event) {
    Leg* leg = board.legs.find(event.leg);
    if (leg == nullptr || leg->kept.stage != Stage::invited) {
        return;
    }
    leg->kept.sip.text = event.saved;
    leg->kept.stage = Stage::up;
    board.changed(*leg);
    // RFC 3261 §13.2.1: an answer that came with a reliable 18x need not be repeated in the 200.
    const std::string sdp = event.sdp.empty() ? leg->kept.remote : event.sdp;
    if (sdp.empty()) {
        log::warn("peer answered without a description", {{"leg", event.leg}});
        fail_leg(board, *leg, Failure::bad_description);
        return;
    }
    if (!leg->has_media() || leg->kept.stale) {
        leg->kept.remote = sdp;
        renew_description(board, *leg);
        return;
    }
    if (sdp == leg->kept.remote) {
        answered_is_told(board, *leg);
        return;
    }
    set_remote(board, *leg, sdp, [&board](Leg& found, const media::Reply& reply) {
        note_held(board, found, reply.held);
        answered_is_told(board, found);
    });
}

void answered_is_told(Switchboard& board, Leg& leg) {
    if (!leg.kept.answered_told) {
        leg.kept.answered_told = true;
        board.changed(leg);
        board.tell(core::LegAnsweredReport{leg.id()});
        target_answered(board, leg);
    }
}

void ask_to_answer(Switchboard& board, const Leg& leg) {
    if (leg.kept.stage == Stage::invited) {
        board.command(sip::AskToAnswer{leg.number()});
    }
}

}  // namespace linka::voice
