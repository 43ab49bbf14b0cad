#include "linka/media/worker/player.hpp"

namespace linka::media {

void Player::start(PlayId play, std::vector<std::shared_ptr<Clip>> clips, bool loop) {
    play_ = play;
    clips_ = std::move(clips);
    clip_ = 0;
    frame_ = 0;
    loop_ = loop;
}

void Player::stop() {
    clips_.clear();
}

std::span<const std::uint8_t> Player::next(Codec codec) {
    bool again = loop_;  // once: a loop of empty clips must end
    while (!clips_.empty()) {
        const auto frame = clips_[clip_]->frame(codec, frame_);
        if (!frame.empty()) {
            ++frame_;
            return frame;
        }
        frame_ = 0;
        if (++clip_ < clips_.size()) {
            continue;
        }
        clip_ = 0;
        if (!again) {
            stop();
        }
        again = false;
    }
    return {};
}

}  // namespace linka::media
