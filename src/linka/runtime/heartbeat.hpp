// Signs of life of the threads that must not hang: each says when it last came round and what it
// went to do. The same of other processes that are asked and must answer: whoever asks them beats
// in their stead. Health reads them; what is too late, and what is done then, is not decided here.
#pragma once

#include "linka/base/time.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace linka::runtime {

/// One thread's sign of life, listed in heartbeats() for the life of the object. beat() is for the
/// owner alone and costs a few relaxed stores.
class Heartbeat {
  public:
    /// Longer words are cut.
    static constexpr std::size_t doing_max = 32;

    enum class Of { thread, process };

    /// `name` as people see it: "sip". Counts as the first beat.
    explicit Heartbeat(std::string name, Of of = Of::thread);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    /// "I am here, and now begin to …". To be called at least once a second, also when idle.
    void beat(std::string_view doing);

    struct State {
        std::string name;
        std::string doing;
        Instant at;  // steady_now() of the last beat
        Of of = Of::thread;
    };
    /// From any thread. Read while it beats, `doing` may be a mixture of two words.
    [[nodiscard]] State state() const;

  private:
    using Word = std::uint64_t;

    const std::string name_;
    const Of of_;
    std::atomic<std::int64_t> at_us_{0};
    std::array<std::atomic<Word>, doing_max / sizeof(Word)> doing_{};
};

/// All that exist now, sorted by name. From any thread.
std::vector<Heartbeat::State> heartbeats();

}  // namespace linka::runtime
