// The telephone network as it would be behind the core: phones, trunks and the media worker, in
// memory. Takes the core's effects and keeps what each leg really does and hears; reports what
// comes of them as inputs. It knows nothing of users, queues or why.
#pragma once

#include "linka/base/time.hpp"
#include "linka/core/effect.hpp"
#include "linka/core/input.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace linka::sim {

enum class WireState { dialled, ringing, answered, ended };

/// One leg as the network has it.
struct Wire {
    core::LegId leg;
    bool incoming = false;
    core::DeviceId device;
    std::string number;  // incoming: the caller's; dialled: who was dialled
    std::string shown;   // the caller number that a dialled phone shows
    bool auto_answer = false;
    bool asked_to_answer = false;
    WireState state = WireState::dialled;
    bool ringback = false;  // an incoming leg was told that it rings
    core::LegId peer;       // who it hears and speaks to
    std::vector<core::Sound> sounds;
    bool loop = false;
    core::PlayId play;
    bool echo = false;
    bool muted = false;
    bool refused = false;
    core::RefuseCause cause = core::RefuseCause::busy;
    bool elsewhere = false;
    std::string digits;  // sent to it
};

/// How the far ends behave. `report` hands an input to the core after `delay`.
class Manners {
  public:
    virtual ~Manners() = default;
    /// From an effect to its report.
    virtual Duration latency() = 0;
    /// Status of a dialled leg that does not even ring; 0: it rings; silent: no answer at all.
    static constexpr int silent = -1;
    virtual int refusal(const Wire& wire) = 0;
    virtual Duration length(const std::vector<core::Sound>& sounds) = 0;
    /// Can this phone be told to answer?
    virtual bool answers_remotely(core::DeviceId device) = 0;
    /// A phone began to ring.
    virtual void rang(const Wire& wire) = 0;
};

struct Recorder {
    std::string file;
    core::LegId customer;
    core::LegId agent;
    Instant since;
    bool running = true;
    Duration length{};      // once stopped
    bool released = false;  // the core has kept it: it is not told again
};

class Exchange {
  public:
    using Report = std::function<void(Duration delay, core::Input input)>;
    using Later = std::function<void(Duration delay, std::function<void()> deed)>;

    Exchange(Manners& manners, Report report, Later later)
        : manners_(manners), report_(std::move(report)), later_(std::move(later)) {}

    /// Carries out one effect; one about a leg that is gone is dropped.
    void execute(const core::Effect& effect, Instant now);

    /// A call comes in; returns its leg. `device` 0: from a trunk.
    struct Dial {
        core::DeviceId device;
        std::string caller;
        std::string number;
        std::string trunk;
        core::LegId replaces;
    };
    core::LegId call(const Dial& dial);
    /// The far end picks up, refuses, or hangs up. Nothing happens if it cannot.
    void answer(core::LegId leg);
    void refuse(core::LegId leg, int status);
    void hang_up(core::LegId leg);
    /// The leg dies without a word; its report says `lost`.
    void lose(core::LegId leg);
    /// The call is refused with 503 before anybody here hears of it.
    void refuse_at_door(core::LegId leg);
    /// Nobody here knows of the leg any more.
    void forget(core::LegId leg);

    [[nodiscard]] const std::map<core::LegId, Wire>& wires() const { return wires_; }
    [[nodiscard]] const Wire* find(core::LegId leg) const;
    [[nodiscard]] const std::map<core::RecordingId, Recorder>& recorders() const {
        return recorders_;
    }
    /// Legs that are not ended.
    [[nodiscard]] std::vector<core::LegId> alive() const;
    /// Says again what the network has of each living leg and each finished recording, as
    /// signalling and media do after a restart.
    void report_again();

  private:
    void on(const core::RingLeg& effect);
    void on(const core::AnswerLeg& effect);
    void on(const core::RefuseLeg& effect);
    void on(const core::DialDevice& effect);
    void on(const core::DialNumber& effect);
    void on(const core::EndLeg& effect);
    void on(const core::ConnectLegs& effect);
    void on(const core::DisconnectLeg& effect);
    void on(const core::PlaySounds& effect);
    void on(const core::StopSounds& effect);
    void on(const core::EchoLeg& effect);
    void on(const core::MuteLeg& effect);
    void on(const core::SendDtmf& effect);
    void on(const core::AskToAnswer& effect);
    void on(const core::StartRecording& effect);
    void on(const core::StopRecording& effect);
    void on(const core::ReleaseRecording& effect);
    void on(const core::ConfirmTransfer& effect);

    Wire* living(core::LegId leg);
    void dial(Wire wire);
    void start_ringing(core::LegId leg);
    void part(Wire& wire);
    void silence(Wire& wire);
    void end(Wire& wire);

    Manners& manners_;
    Report report_;
    Later later_;
    std::map<core::LegId, Wire> wires_;
    std::map<core::RecordingId, Recorder> recorders_;
    std::int64_t next_incoming_ = 1;
    Instant now_;
};

}  // namespace linka::sim
