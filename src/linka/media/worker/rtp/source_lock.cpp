#include "linka/media/worker/rtp/source_lock.hpp"

namespace linka::media {

void SourceLock::expect(const Endpoint& described) {
    if (described_.known() && described == described_) {
        return;
    }
    described_ = described;
    learned_ = {};
    locked_ = false;
    count_ = 0;
}

bool SourceLock::accept(const Endpoint& from, Instant now) {
    if (!described_.known()) {
        ++ignored_;
        return false;
    }
    if (locked_) {
        const bool ours = from == learned_;
        ignored_ += ours ? 0 : 1;
        return ours;
    }
    if (from == described_) {
        learned_ = from;
        locked_ = true;
        return true;
    }
    if (!learned_.known()) {
        learned_ = from;
        first_ = now;
        count_ = 1;
        return true;
    }
    const bool ours = from == learned_;
    count_ += ours ? 1 : 0;
    ignored_ += ours ? 0 : 1;
    locked_ = count_ >= packets_to_lock || now - first_ >= learning;
    return ours;
}

}  // namespace linka::media
