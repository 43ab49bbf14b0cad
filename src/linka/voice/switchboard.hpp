// Switchboard: what the parts of voice share: the legs, the recordings, and the ways out to
// signalling, media, the store and the core. The parts (incoming, outgoing, hearing, ...) are free
// functions on it. It knows nothing of calls.
//
// A turn is one entry from outside (effects, SIP events, a media reply, a timer). What the turn has
// to say leaves at its end, in this order: media legs are opened for those that want one, changed
// legs are saved, inputs go to the core. So a side record never comes after the event that its
// change caused, and nothing of ours is half-changed while the core decides.
#pragma once

#include "linka/core/input.hpp"
#include "linka/media/client/media.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/runtime/metrics.hpp"
#include "linka/sip/port.hpp"
#include "linka/voice/leg_table.hpp"
#include "linka/voice/media_address.hpp"
#include "linka/voice/recording_table.hpp"
#include "linka/voice/silent_telephones.hpp"
#include "linka/voice/trunk_states.hpp"
#include "linka/voice/voice.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace linka::voice {

class Switchboard {
  public:
    using Then = std::function<void(Leg&, const media::Reply&)>;

    Switchboard(runtime::Loop& loop, sip::Port& port, const core::State& state, Sink sink,
                Options options);
    ~Switchboard();
    Switchboard(const Switchboard&) = delete;
    Switchboard& operator=(const Switchboard&) = delete;

    /// One entry from outside.
    class Turn {
      public:
        explicit Turn(Switchboard& board) : board_(board) { ++board_.depth_; }
        ~Turn() { board_.end_turn(); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

      private:
        Switchboard& board_;
    };

    // What voice was given.
    const Options options;
    const core::State& state;

    MediaAddresses addresses;
    /// Where each registered device registered from.
    std::map<core::DeviceId, std::string> device_addresses;
    SilentTelephones silent;
    TrunkStates trunks;

    LegTable legs;
    RecordingTable recordings;
    /// The newest one that was made: that of the day.
    std::filesystem::path recording_directory;
    /// Legs whose telephone asked for a transfer and waits for the result.
    std::set<LegNumber> referrers;
    metrics::Counter digits_dropped{"linka_digits_dropped_total",
                                    "Digits that came faster than people press them."};
    metrics::Counter media_unanswered{"linka_media_unanswered_total",
                                      "Requests that no media worker answered in time."};

    /// Set once media has started; null after detach().
    void take_media(std::unique_ptr<media::Media> media) { media_ = std::move(media); }
    [[nodiscard]] media::Media* media() const { return detached_ ? nullptr : media_.get(); }
    /// Nothing leaves from now on, neither to signalling nor to media.
    void detach();

    /// Runs `work` as a turn of its own; at the end of the current turn if one is under way (media
    /// may answer from within a request).
    void from_outside(std::function<void()> work);

    /// To the core, at the end of the turn.
    void tell(core::Input input);
    /// To signalling, in order. While the port's queue is full commands wait here, bounded by what
    /// legs_max legs can have to say; beyond that the command is dropped and an error logged.
    void command(sip::Command command);
    /// To media, about an open leg. `then` is called in a turn of its own if the same media leg is
    /// still there when the reply comes, or with the error "timeout" when none came in media_wait.
    void ask(const Leg& leg, media::Request request, Then then);
    /// To media, when the answer does not matter.
    void say(media::Request request);
    /// To media, about anything else; `then` is called in a turn of its own.
    void ask_anyone(media::Request request, std::function<void(const media::Reply&)> then);
    /// Opens a media leg beside `near` (0: anywhere); `then` as in ask_anyone().
    void open(media::LegOpen request, LegNumber near,
              std::function<void(const media::Reply&)> then);

    /// Saves the leg at the end of the turn.
    void changed(const Leg& leg) { changed_.insert(leg.number()); }
    /// Opens its media at the end of the turn, when it is known whom it will hear.
    void want_media(const Leg& leg) { wanting_.insert(leg.number()); }
    /// After a start: this leg has a side record, good or not; it is written anew or removed.
    void forget_saved(const std::string& key);
    /// Takes the leg out of the table and forgets its record.
    void forget(LegNumber number);
    void save(std::string kind, std::string key, std::optional<std::string> value);
    /// `work` in a turn of its own; not after the end of the switchboard.
    void later(Duration delay, std::function<void()> work);
    /// A path of the core's, made absolute.
    [[nodiscard]] std::string path(const std::string& given) const;
    std::int64_t next_generation() { return ++generation_; }

  private:
    using Reader = std::function<void(const media::Reply&)>;
    // A request that a worker has not answered.
    struct Asked {
        Instant deadline;
        Reader then;
    };

    // `then` is called once, in a turn of its own: with the worker's reply, or with the error
    // "timeout". `late` gets a reply that comes after that.
    Reader expect_reply(Reader then, Reader late = {});
    void end_waiting();
    void end_turn();
    void flush_commands();
    void save_changed();

    runtime::Loop& loop_;
    sip::Port& port_;
    Sink sink_;
    std::unique_ptr<media::Media> media_;

    // Owner: we. Callbacks that media may hold longer than we live look whether it is still there.
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
    bool detached_ = false;
    int depth_ = 0;
    std::deque<std::function<void()>> postponed_;
    std::int64_t generation_ = 0;
    std::map<std::uint64_t, Asked> asked_;  // oldest first
    std::uint64_t last_asked_ = 0;
    bool watching_asked_ = false;
    std::vector<core::Input> inputs_;
    std::set<LegNumber> changed_;
    std::set<LegNumber> wanting_;
    std::set<LegNumber> saved_;  // have a side record
    std::deque<sip::Command> waiting_;
    std::set<runtime::Loop::TimerId> timers_;

    metrics::Gauge legs_gauge_{"linka_voice_legs", "Telephone legs that live."};
};

}  // namespace linka::voice
