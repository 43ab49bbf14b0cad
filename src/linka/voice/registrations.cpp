#include "linka/voice/registrations.hpp"

#include "linka/core/view.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/voice/save.hpp"

#include <map>
#include <optional>
#include <utility>

namespace linka::voice {

void registered(Switchboard& board, const sip::Registration& event) {
    const core::Device* device = core::device_by_name(board.state, event.device);
    const bool reachable = event.contacts > 0;
    if (reachable) {
        board.silent.forget(event.device);
    }
    std::optional<std::string> text;
    if (device != nullptr && reachable && !event.saved.empty()) {
        RegistrationRecord record;
        record.address = event.address;
        record.can_ask_to_answer = event.can_ask_to_answer;
        record.sip = event.saved;
        text = registration_text(record);
    }
    board.save(std::string(registration_kind), event.device, std::move(text));
    if (device == nullptr) {
        return;  // a registration of a device whose record was just removed is nobody's news
    }
    if (reachable) {
        board.device_addresses[device->id] = host_of(event.address);
    } else {
        board.device_addresses.erase(device->id);
    }
    board.tell(core::DeviceReachabilityReport{device->id, reachable, event.can_ask_to_answer,
                                              core::UserId{event.page_of}});
}

void asked_in_vain(Switchboard& board, const sip::NeverAnswers& event) {
    if (core::device_by_name(board.state, event.device) == nullptr) {
        return;
    }
    SilentTelephone telephone;
    telephone.times = event.challenges;
    telephone.since = event.since;
    telephone.last = runtime::wall_now();
    telephone.address = event.address;
    telephone.user_agent = event.user_agent;
    board.silent.asked(event.device, std::move(telephone));
}

void restore_registrations(Switchboard& board, const Side& side) {
    std::map<core::DeviceId, RegistrationRecord> registered;
    for (const auto& [place, value] : side) {
        if (place.first != registration_kind) {
            continue;
        }
        const core::Device* device = core::device_by_name(board.state, place.second);
        Result<RegistrationRecord> record = registration_from_text(value);
        if (device == nullptr || !record) {
            board.save(std::string(registration_kind), place.second, std::nullopt);
            continue;
        }
        board.device_addresses[device->id] = host_of(record->address);
        registered[device->id] = std::move(*record);
    }
    for (const auto& [id, live] : board.state.device_lives) {
        if (live.reachable && registered.count(id) == 0) {
            board.tell(core::DeviceReachabilityReport{id, false, false});
        }
    }
    for (const auto& [id, record] : registered) {
        const auto live = board.state.device_lives.find(id);
        if (live == board.state.device_lives.end() || !live->second.reachable) {
            board.tell(core::DeviceReachabilityReport{id, true, record.can_ask_to_answer});
        }
    }
}

}  // namespace linka::voice
