#include "linka/media/worker/audio/resample.hpp"

#include "linka/base/assert.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace linka::media {
namespace {

// Modified Bessel function of order zero, for the Kaiser window.
double bessel_i0(double x) {
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; k < 40; ++k) {
        const double half = x / (2.0 * k);
        term *= half * half;
        sum += term;
    }
    return sum;
}

double kaiser(double position, double beta) {
    return bessel_i0(beta * std::sqrt(std::max(0.0, 1.0 - position * position))) / bessel_i0(beta);
}

double sinc(double x) {
    return x == 0.0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

}  // namespace

Resampler::Resampler(int from, int to) : from_(from), to_(to) {
    LINKA_ASSERT(from >= 4000 && from <= 192000 && to >= 4000 && to <= 192000);
    const int divisor = std::gcd(from, to);
    up_ = static_cast<std::size_t>(to / divisor);
    down_ = static_cast<std::size_t>(from / divisor);
    if (up_ == down_) {
        return;
    }
    // The filter runs at from * up_; it must pass what both rates can carry.
    const double widest = static_cast<double>(std::max(up_, down_));
    const double cutoff = 0.94 / widest;  // of the Nyquist frequency of the filter's rate
    constexpr double beta = 8.0;
    taps_ = static_cast<std::size_t>(
        std::ceil(32.0 * std::max(1.0, static_cast<double>(down_) / static_cast<double>(up_))));
    const std::size_t length = taps_ * up_;
    const double middle = static_cast<double>(length - 1) / 2.0;
    filter_.resize(length);
    for (std::size_t n = 0; n < length; ++n) {
        const double t = static_cast<double>(n) - middle;
        const double value =
            cutoff * static_cast<double>(up_) * sinc(cutoff * t) * kaiser(t / (middle + 1.0), beta);
        // Tap n belongs to phase n % up_ and meets the input n / up_ steps back.
        filter_[(n % up_) * taps_ + (taps_ - 1 - n / up_)] = static_cast<float>(value);
    }
    history_.assign(taps_ - 1, 0.0F);
}

void Resampler::process(std::span<const std::int16_t> in, std::vector<std::int16_t>& out) {
    if (up_ == down_) {
        out.insert(out.end(), in.begin(), in.end());
        return;
    }
    history_.insert(history_.end(), in.begin(), in.end());
    std::size_t start = skip_;  // window of taps_ inputs beginning here
    while (start + taps_ <= history_.size()) {
        const float* coefficients = &filter_[phase_ * taps_];
        const float* samples = &history_[start];
        float sum = 0.0F;
        for (std::size_t k = 0; k < taps_; ++k) {
            sum += coefficients[k] * samples[k];
        }
        out.push_back(static_cast<std::int16_t>(std::lrint(std::clamp(sum, -32768.0F, 32767.0F))));
        phase_ += down_;
        start += phase_ / up_;
        phase_ %= up_;
    }
    const std::size_t passed = std::min(start, history_.size() - (taps_ - 1));
    skip_ = start - passed;
    history_.erase(history_.begin(), history_.begin() + static_cast<std::ptrdiff_t>(passed));
}

}  // namespace linka::media
