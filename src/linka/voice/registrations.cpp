#include "linka/voice/registrations.hpp"

#include "linka/core/view.hpp"
#include "linka/voice/save.hpp"

#include <optional>

namespace linka::voice {

void registered(Switchboard& board, const sip::Registration& event) {
    const bool reachable = event.contacts > 0;
    const bool keep = reachable && !event.saved.empty();
    board.save(std::string(registration_kind), event.device,
               keep ? std::optional<std::string>(event.saved) : std::nullopt);
    // A registration of a device whose record was just removed is nobody's news.
    if (const core::Device* device = core::device_by_name(board.state, event.device)) {
        board.tell(core::DeviceReachable{device->id, reachable, event.can_ask_to_answer});
    }
}

}  // namespace linka::voice
