// What the world is to do after the events are durable. Carried out by voice on SIP and media legs;
// what comes of it returns as inputs. An effect about a leg that is gone is dropped.
#pragma once

#include "linka/core/ids.hpp"
#include "linka/core/records/records.hpp"

#include <string>
#include <variant>
#include <vector>

namespace linka::core {

/// 180 to the caller; with media if something is to be played before the answer.
struct RingLeg {
    LegId leg;
};
/// Answer an incoming leg.
struct AnswerLeg {
    LegId leg;
};
/// Refuse an incoming leg. `cause` busy 486, congestion 503, not_found 404, forbidden 403, declined
/// 603, no_answer 480.
enum class RefuseCause { busy, congestion, not_found, forbidden, declined, no_answer };
LINKA_DESCRIBE_ENUM(RefuseCause, busy, congestion, not_found, forbidden, declined, no_answer)
struct RefuseLeg {
    LegId leg;
    RefuseCause cause = RefuseCause::busy;
};
/// Ring a device (or, for an external device, its number through the trunk). `activity`: what an
/// answer there begins or goes on with; 0: nothing that its user could name.
struct DialDevice {
    LegId leg;
    CallId call;
    DeviceId device;
    std::string caller;
    std::string caller_name;
    bool auto_answer = false;
    LegId near;
    ActivityId activity{};
};
/// Dial an external number (normalised, 00…) through a trunk.
struct DialNumber {
    LegId leg;
    CallId call;
    std::string number;
    std::string caller;
    std::string trunk;
    LegId near;
};
/// End a leg in whatever state it is.
struct EndLeg {
    LegId leg;
    bool elsewhere = false;
};
struct ConnectLegs {
    LegId a;
    LegId b;
};
struct DisconnectLeg {
    LegId leg;
};
/// `kind`/`value` as media::PlayItem.
struct Sound {
    std::string kind;
    std::string value;
    std::string language = "cs";
    bool operator==(const Sound&) const = default;
};
struct PlaySounds {
    LegId leg;
    PlayId play;
    std::vector<Sound> sounds;
    bool loop = false;
};
struct StopSounds {
    LegId leg;
};
struct EchoLeg {
    LegId leg;
};
struct MuteLeg {
    LegId leg;
    bool on = true;
};
struct SendDtmf {
    LegId leg;
    std::string digits;
};
/// Ask a ringing phone to answer by itself (NOTIFY talk).
struct AskToAnswer {
    LegId leg;
};
/// Record what `customer` and `agent` say (0: nobody yet). Again for the same recording: new sides.
struct StartRecording {
    RecordingId recording;
    std::string file;
    LegId customer;
    LegId agent;
};
struct StopRecording {
    RecordingId recording;
};
/// What RecordingEndedReport told is kept: nobody need tell it again.
struct ReleaseRecording {
    RecordingId recording;
};
/// Answer to TransferAskedReport.
struct ConfirmTransfer {
    LegId leg;
    bool accepted = true;
};

using EffectVariant =
    std::variant<RingLeg, AnswerLeg, RefuseLeg, DialDevice, DialNumber, EndLeg, ConnectLegs,
                 DisconnectLeg, PlaySounds, StopSounds, EchoLeg, MuteLeg, SendDtmf, AskToAnswer,
                 StartRecording, StopRecording, ReleaseRecording, ConfirmTransfer>;
/// One of them. What copies, moves and destroys so many types is compiled once.
struct Effect : EffectVariant {
    using EffectVariant::variant;
    using EffectVariant::operator=;
    Effect();
    Effect(const Effect& other);
    Effect(Effect&& other) noexcept;
    Effect& operator=(const Effect& other);
    Effect& operator=(Effect&& other) noexcept;
    ~Effect();
};

}  // namespace linka::core
