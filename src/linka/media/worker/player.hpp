// Player: what a leg is being played: clips in order, once or again and again.
#pragma once

#include "linka/media/protocol/message.hpp"
#include "linka/media/worker/audio/clip.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace linka::media {

class Player {
  public:
    void start(PlayId play, std::vector<std::shared_ptr<Clip>> clips, bool loop);
    void stop();
    [[nodiscard]] bool active() const { return !clips_.empty(); }
    [[nodiscard]] PlayId play() const { return play_; }
    /// The next 20 ms; empty: it is over, and the player no longer active.
    std::span<const std::uint8_t> next(Codec codec);

  private:
    PlayId play_ = 0;
    std::vector<std::shared_ptr<Clip>> clips_;
    std::size_t clip_ = 0;
    std::size_t frame_ = 0;
    bool loop_ = false;
};

}  // namespace linka::media
