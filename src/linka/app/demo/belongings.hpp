// Belongings: which records are the demo's, and taking them away. What it knows is kept with the
// events that it belongs to, so that no crash parts them.
#pragma once

#include "linka/api/ports.hpp"
#include "linka/app/demo/kept_demo.hpp"
#include "linka/app/engine.hpp"
#include "linka/runtime/loop.hpp"

#include <atomic>
#include <set>
#include <vector>

namespace linka::app {

/// Everything but api::Demo's members is for the loop's thread.
class Belongings final : public api::Demo {
  public:
    /// Where it is kept among the side records.
    static constexpr const char* kept_kind = "meta";
    static constexpr const char* kept_key = "demo";

    /// The loop and the engine outlive it; the engine has its state.
    Belongings(runtime::Loop& loop, Engine& engine, KeptDemo kept);
    ~Belongings() override;
    Belongings(const Belongings&) = delete;
    Belongings& operator=(const Belongings&) = delete;

    /// These are the demo's, too.
    void add(const core::RecordIds& records);
    /// It was there and is no longer; its last recording.
    [[nodiscard]] bool removed() const { return kept_.removed; }
    [[nodiscard]] core::RecordingId last_recording() const { return kept_.recordings; }
    [[nodiscard]] const core::RecordIds& records() const { return kept_.records; }

    // api::Demo
    bool is_there() const override { return there_; }
    core::RemoveRecords removal(const core::State& state, core::UserId keep) const override;
    bool remove(core::UserId keep, bool end_calls, std::function<void(const core::Reply&)> done,
                api::Note note) override;

  private:
    void keep();
    void remove_now(core::UserId keep, bool end_calls,
                    const std::function<void(const core::Reply&)>& done, const api::Note& note);
    void follow(const std::vector<core::Record>& events);

    runtime::Loop& loop_;
    Engine& engine_;
    KeptDemo kept_;
    std::atomic<bool> there_;
    // That there are: their numbers are people's, so one that went may come again.
    std::set<core::QueueId> queues_;
    std::set<core::RingGroupId> ring_groups_;
};

}  // namespace linka::app
