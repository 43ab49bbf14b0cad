#include "linka/sip/source_limits.hpp"

#include <algorithm>

namespace linka::sip {

const SourceLimits::Rate& SourceLimits::rate_of(Kind kind) {
    switch (kind) {
        case Kind::proven:
            return proven;
        case Kind::contact:
            return contact;
        case Kind::stranger:
            break;
    }
    return stranger;
}

bool SourceLimits::take(Bucket& bucket, const Rate& rate, Instant now) {
    const double seconds = static_cast<double>((now - bucket.at).count()) / 1e6;
    bucket.tokens = std::min(rate.at_once, bucket.tokens + std::max(0.0, seconds) * rate.a_second);
    bucket.at = now;
    if (bucket.tokens < 1.0) {
        return false;
    }
    bucket.tokens -= 1.0;
    return true;
}

SourceLimits::Bucket& SourceLimits::bucket_of(Kind kind, const std::string& network, Instant now) {
    const std::string key = std::to_string(static_cast<int>(kind)) + network;
    if (const auto found = buckets_.find(key); found != buckets_.end()) {
        return found->second;
    }
    if (buckets_.size() >= entries_max && now - swept_ >= 1s) {
        // A bucket that had time to fill up says no more than a new one.
        swept_ = now;
        std::erase_if(buckets_, [&](const auto& each) { return now - each.second.at >= 10s; });
    }
    if (buckets_.size() >= entries_max) {
        return shared_;
    }
    return buckets_.emplace(key, Bucket{rate_of(kind).at_once, now}).first->second;
}

bool SourceLimits::admit(Kind kind, const std::string& network, bool has_contact, Instant now) {
    if (!take(bucket_of(kind, network, now), rate_of(kind), now)) {
        return false;
    }
    return kind != Kind::stranger || has_contact || take(all_strangers_, all_strangers, now);
}

}  // namespace linka::sip
