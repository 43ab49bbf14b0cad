// Voice: carries the core's effects out on SIP legs (sip::Port) and media legs (media::Media), and
// turns what they report into core inputs. It decides nothing about calls: who rings, who hears
// whom and what is played is the core's word. Everything runs on the core's thread, in its loop.
//
// A leg has one number everywhere: in the core, in sip and in media.
//
// Crash-safety. Each leg has one side record ("voice_leg"), each registration one
// ("sip_registration"). Who gives us the Sink must write the side records of a turn in the same or
// an earlier transaction than the events of that turn: then every command that a later effect
// causes leaves after the dialog's text is durable. After a start the records come back, and
// living legs go on.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/effect.hpp"
#include "linka/core/input.hpp"
#include "linka/media/client/media.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/sip/port.hpp"
#include "linka/voice/silent_telephones.hpp"
#include "linka/voice/trunk_states.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linka::core {
struct State;
}

namespace linka::voice {

struct Options {
    /// Files that the core names (recordings, greetings) are relative to it.
    std::string data_directory;
    /// Where RTP is bound. "0.0.0.0" or "::": the address that faces the peer, of either family.
    std::string media_address = "127.0.0.1";
    std::string media_address6;   // for IPv6 peers when media_address is one IPv4 address
    std::string media_advertise;  // public address, shown to peers beyond the own networks
    std::vector<std::string> codecs{"PCMA", "PCMU", "G722", "opus"};  // best first
    std::vector<std::string> web_codecs{"opus", "PCMA", "PCMU"};      // the same for browsers

    /// When full, callers get 503 with Retry-After and dials end with 503.
    std::size_t legs_max = 10'000;

    /// A peer that spoke before and sends nothing for so long is gone, unless it holds.
    Duration quiet_max = 60s;
    /// The same for a peer that never sent anything (a listener behind a one-way network).
    Duration mute_max = 2h;
    /// After the loss of a worker, media legs are opened again this often, so many times.
    Duration reopen_wait = 250ms;
    int reopen_max = 40;
    /// How long the end of a leg waits for the worker's last word on its quality.
    Duration close_wait = 200ms;
    /// A leg that we hang up and of which signalling never says a last word is given up then.
    Duration hang_up_wait = 40s;
    /// Between two attempts of our own re-INVITE after 491 (RFC 3261 §14.1), and their number.
    Duration reinvite_wait = 2100ms;
    int reinvite_max = 3;
    /// Start goes on without media workers if they do not report within this time.
    Duration ready_wait = 10s;
    /// A digit by INFO waits so long for the same press in the sound.
    Duration info_wait = 300ms;
    /// Between digits that we send by INFO.
    Duration info_gap = 200ms;
    /// How long a telephone that asked for a transfer is kept until it may hear what became of it,
    /// and how soon after the last telephone has stopped to ring that is failure.
    Duration referral_wait = 15s;
    Duration referral_settle = 200ms;
    /// A worker that does not answer a request within this time never will.
    Duration media_wait = 10s;
    /// Between attempts to hand a command to a port whose queue is full.
    Duration port_wait = 20ms;
};

/// Where voice's reports go. Called on the loop's thread, never from within carry_out's caller
/// before the turn's side records were given.
struct Sink {
    std::function<void(core::Input)> submit;
    /// No value: forget.
    std::function<void(std::string kind, std::string key, std::optional<std::string> value)> save;
};

/// The side records that the store kept, by kind and key; other kinds than ours are ignored.
using Side = std::map<std::pair<std::string, std::string>, std::string>;

/// What sip::start_port wants back after a start.
sip::Restore sip_restore(const Side& side);
/// The first odd leg number that was never used (sip::Options::first_incoming).
sip::LegId first_incoming(const core::State& state, const Side& side);

class Voice {
  public:
    using MediaFactory = std::function<std::unique_ptr<media::Media>(media::Events)>;

    /// Starts media. Once the workers have reported, rebuilds the legs from `side`, submits
    /// core::ProgramStartedReport (always, also when there is nothing to restore), and begins to
    /// take SIP events. `loop`, `port` and `state` must outlive it.
    Voice(runtime::Loop& loop, sip::Port& port, const MediaFactory& start_media,
          const core::State& state, Sink sink, Options options, const Side& side);
    /// As detach().
    ~Voice();
    Voice(const Voice&) = delete;
    Voice& operator=(const Voice&) = delete;

    /// Call it once the events that came with the effects are durable. Effects about legs that are
    /// gone are dropped. Every leg that the core has dialled or been told of ends with exactly one
    /// core::LegEndedReport, except those that were missing in core::ProgramStartedReport.
    void carry_out(const std::vector<core::Effect>& effects);

    /// New calls get 503 with Retry-After while on.
    void drain(bool on);
    /// Leaves all calls to the workers and the port as they are, for the next start; takes no more
    /// events and carries out no more effects.
    void detach();
    /// Hangs up every leg. They end as usual; then quit() may follow.
    void end_all();
    /// Ends the media workers too.
    void quit();

    /// True once core::ProgramStartedReport was submitted.
    [[nodiscard]] bool ready() const;
    /// Living legs.
    [[nodiscard]] std::size_t legs() const;
    /// Devices in whose name somebody asks to register and never answers the challenge. From any
    /// thread.
    [[nodiscard]] SilentTelephones::Table silent_telephones() const;
    /// What is known of trunks that register or are asked whether they are there. From any thread.
    [[nodiscard]] TrunkStates::Table trunk_states() const;

  private:
    class Machinery;
    std::unique_ptr<Machinery> machinery_;
};

}  // namespace linka::voice
