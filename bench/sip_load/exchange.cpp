#include "exchange.hpp"

#include "linka/base/text.hpp"

#include <algorithm>
#include <cmath>

namespace linka::bench {
namespace {

constexpr std::int64_t first_number = 600'000'000;
constexpr std::size_t digits = 9;

double milliseconds(Duration duration) {
    return static_cast<double>(duration.count()) / 1000;
}

double seconds(Duration duration) {
    return static_cast<double>(duration.count()) / 1e6;
}

}  // namespace

Spread spread_of(std::vector<Duration> samples) {
    if (samples.empty()) {
        return {};
    }
    std::sort(samples.begin(), samples.end());
    const auto at = [&](double share) {
        const auto last = static_cast<double>(samples.size() - 1);
        return milliseconds(samples[static_cast<std::size_t>(std::lround(share * last))]);
    };
    return {static_cast<std::int64_t>(samples.size()), at(0.5), at(0.99), at(1)};
}

std::string number_of(int call) {
    return std::to_string(first_number + call);
}

int call_of(std::string_view number) {
    if (number.size() < digits) {
        return -1;
    }
    const auto value = text::to_int(number.substr(number.size() - digits)).value_or(0);
    return value < first_number ? -1 : static_cast<int>(value - first_number);
}

Exchange::Pair* Exchange::find(int call) {
    const bool known = call >= 0 && static_cast<std::size_t>(call) < pairs_.size();
    return known ? &pairs_[static_cast<std::size_t>(call)] : nullptr;
}

void Exchange::invited(int call, Instant now) {
    pairs_.resize(std::max(pairs_.size(), static_cast<std::size_t>(call) + 1));
    find(call)->invited = now;
    first_ = first_ ? first_ : now;
    last_start_ = now;
    ++figures_.tried;
    ++waiting_;
    ++open_;
}

void Exchange::answered(int call, Instant now) {
    ++figures_.answered;
    set_up_.push_back(now - find(call)->invited);
}

void Exchange::rang(int call, Instant now) {
    Pair* pair = find(call);
    if (pair != nullptr && !pair->rang) {
        pair->rang = now;
        post_dial_.push_back(now - pair->invited);
        waiting_ -= pair->ended ? 0 : 1;
    }
}

void Exchange::connected(int call) {
    Pair* pair = find(call);
    if (pair != nullptr && !pair->connected) {
        pair->connected = true;
        ++figures_.connected;
        on_connected(call);
    }
}

void Exchange::hung_up(int call, Instant now) {
    if (Pair* pair = find(call); pair != nullptr) {
        pair->hung_up = now;
    }
}

void Exchange::heard(int call, Instant now) {
    Pair* pair = find(call);
    if (pair != nullptr && pair->hung_up) {
        hang_up_.push_back(now - pair->hung_up);
        pair->hung_up = {};
    }
}

void Exchange::ended(int call, bool well, Instant now) {
    Pair* pair = find(call);
    if (pair == nullptr || pair->ended) {
        return;
    }
    pair->ended = true;
    --open_;
    waiting_ -= pair->rang ? 0 : 1;
    last_end_ = now;
    figures_.finished += well ? 1 : 0;
}

bool Exchange::is_connected(int call) const {
    const auto index = static_cast<std::size_t>(call);
    return call >= 0 && index < pairs_.size() && pairs_[index].connected;
}

void Exchange::finish() {
    if (open_ > 0) {
        figures_.failed["open"] += open_;
    }
    figures_.took_s = seconds(std::max(last_end_, last_start_) - first_);
    const double starting = seconds(last_start_ - first_);
    figures_.rate = starting > 0 ? static_cast<double>(figures_.tried - 1) / starting : 0;
    figures_.set_up_ms = spread_of(std::move(set_up_));
    figures_.post_dial_ms = spread_of(std::move(post_dial_));
    figures_.free_to_next_ms = spread_of(std::move(free_));
    figures_.hang_up_ms = spread_of(std::move(hang_up_));
}

}  // namespace linka::bench
