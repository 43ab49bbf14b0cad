#include "linka/voice/media_loss.hpp"

#include "linka/runtime/log.hpp"
#include "linka/voice/causes.hpp"
#include "linka/voice/ending.hpp"
#include "linka/voice/recordings.hpp"

namespace linka::voice {
namespace {

bool talks(Switchboard& board, const Leg& leg) {
    const Leg* peer = board.legs.find(leg.kept.peer);
    return leg.answered() && peer != nullptr && peer->answered();
}

// Its media leg is gone. True if it had one and lives on without.
bool lose(Switchboard& board, Leg& leg) {
    const MediaStage was = leg.media;
    if (was == MediaStage::none) {
        return false;
    }
    leg.media = MediaStage::none;
    leg.moving = false;
    leg.generation = board.next_generation();
    leg.kept.media = false;
    board.changed(leg);
    if (!leg.alive()) {
        finish_if_over(board, leg);
        return false;
    }
    return true;
}

}  // namespace

void media_lost(Switchboard& board, const std::vector<media::LegId>& lost) {
    std::vector<LegNumber> talking;
    std::vector<LegNumber> others;
    recordings_lost(board, lost);
    for (const LegNumber number : lost) {
        Leg* leg = board.legs.find(number);
        if (leg != nullptr && lose(board, *leg)) {
            (talks(board, *leg) ? talking : others).push_back(number);
        }
    }
    log::warn("media worker lost",
              {{"legs", lost.size()}, {"ended", talking.size()}, {"opened_again", others.size()}});
    for (const LegNumber number : talking) {
        if (Leg* leg = board.legs.find(number); leg != nullptr) {
            fail_leg(board, *leg, Failure::media_lost);
        }
    }
    for (const LegNumber number : others) {
        if (const Leg* leg = board.legs.find(number); leg != nullptr) {
            board.want_media(*leg);
        }
    }
}

}  // namespace linka::voice
