#include "linka/media/worker/rtp/source_lock.hpp"

#include <algorithm>

namespace linka::media {
namespace {

// A stranger that says nothing for so long makes room for another.
constexpr Duration forgotten = 150ms;

}  // namespace

void SourceLock::expect(const Endpoint& described) {
    const bool same = expecting_ && described == described_;
    expecting_ = true;
    strangers_ = {};
    if (same && !described_spoke_) {
        return;
    }
    described_ = described;
    described_spoke_ = described_spoke_ && same;
    source_ = {};
}

bool SourceLock::judge(const Endpoint& from, const RtpPacket& packet, Instant now) {
    if (!expecting_) {
        ++ignored_;
        return false;
    }
    if (from == described_) {
        described_spoke_ = true;
        take(from, packet, now);
        return true;
    }
    const bool silent = !source_.known() || now - heard_at_ >= silence;
    const bool moved = source_.known() && silent && goes_on(packet);
    // Also one that speaks beside the source shows patience: when a peer's port changes, that ends
    // with the source's silence.
    const bool patient_enough = patient(from, now);
    const bool eligible = !source_.known() || from.same_host(source_);
    if (moved || (silent && eligible && patient_enough)) {
        take(from, packet, now);
        return true;
    }
    ++ignored_;
    return false;
}

void SourceLock::take(const Endpoint& from, const RtpPacket& packet, Instant now) {
    source_ = from;
    strangers_ = {};
    note(packet, now);
}

SourceLock::Stranger* SourceLock::entry(const Endpoint& from, Instant now) {
    const auto known = std::find_if(strangers_.begin(), strangers_.end(),
                                    [&](const Stranger& each) { return each.from == from; });
    if (known != strangers_.end()) {
        return &*known;
    }
    const auto free = std::find_if(strangers_.begin(), strangers_.end(), [&](const Stranger& each) {
        return each.packets == 0 || now - each.at > forgotten;
    });
    if (free == strangers_.end()) {
        return nullptr;
    }
    *free = {.from = from, .since = {}, .at = {}, .packets = 0};
    return &*free;
}

bool SourceLock::patient(const Endpoint& from, Instant now) {
    Stranger* stranger = entry(from, now);
    if (stranger == nullptr) {
        return false;
    }
    if (stranger->packets == 0 || now - stranger->at > learning) {
        stranger->since = now;
        stranger->packets = 0;
    }
    stranger->at = now;
    ++stranger->packets;
    return stranger->packets >= packets_to_lock && now - stranger->since >= learning;
}

bool SourceLock::goes_on(const RtpPacket& packet) const {
    const int step = sequence_distance(packet.sequence, sequence_);
    return packet.ssrc == ssrc_ && step > 0 && step < lost_in_move_max;
}

}  // namespace linka::media
