// FairQueue: waiting work in lanes, one for each sender, which take turns: whoever sends much waits
// for themselves, not the others for them. Bounded. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace linka::api {

template <typename T>
class FairQueue {
  public:
    struct Limits {
        std::size_t all = 0;   // waiting in all lanes together
        std::size_t lane = 0;  // waiting in one of them
    };
    explicit FairQueue(Limits limits) : limits_(limits) {}

    /// What did not find room: the value itself, or, when everything is full, the last one of the
    /// longest lane, which makes room for a lane that has less.
    [[nodiscard]] std::optional<T> push(const std::string& name, T value) {
        const auto found = lanes_.find(name);
        const std::size_t own = found == lanes_.end() ? 0 : found->second.size();
        if (own >= limits_.lane) {
            return value;
        }
        std::optional<T> left_over;
        if (size_ >= limits_.all) {
            const auto longest = std::max_element(
                lanes_.begin(), lanes_.end(),
                [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
            if (longest == lanes_.end() || longest->second.size() <= own + 1) {
                return value;
            }
            left_over = std::move(longest->second.back());
            longest->second.pop_back();  // it had two at least: the lane stays
            --size_;
        }
        std::deque<T>& lane = lanes_[name];
        if (lane.empty()) {
            turns_.push_back(name);
        }
        lane.push_back(std::move(value));
        ++size_;
        return left_over;
    }

    /// The oldest of the lane whose turn it is.
    std::optional<T> pop() {
        if (turns_.empty()) {
            return std::nullopt;
        }
        const std::string name = std::move(turns_.front());
        turns_.pop_front();
        const auto lane = lanes_.find(name);
        T value = std::move(lane->second.front());
        lane->second.pop_front();
        --size_;
        if (lane->second.empty()) {
            lanes_.erase(lane);
        } else {
            turns_.push_back(name);
        }
        return value;
    }

    [[nodiscard]] bool empty() const { return size_ == 0; }

  private:
    const Limits limits_;
    std::map<std::string, std::deque<T>> lanes_;  // none is empty
    std::deque<std::string> turns_;               // every lane once
    std::size_t size_ = 0;
};

}  // namespace linka::api
