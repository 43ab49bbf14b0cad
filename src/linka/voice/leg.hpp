// Leg: what voice knows of one leg. `kept` survives a restart as a side record; the rest is the
// moment's.
//
// What a leg is to hear is kept as a wish (`peer`, `playing`, `echo`, `muted`) and put to the media
// worker when there is a media leg to put it to: at once, when it opens, or when it is opened again
// on another worker. So effects may come before, while and after a media leg opens.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/json_write.hpp"
#include "linka/core/ids.hpp"
#include "linka/core/input.hpp"
#include "linka/media/protocol/message.hpp"
#include "linka/sip/port.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linka::voice {

using LegNumber = std::int64_t;

enum class Stage {
    arrived,    // came in, not answered
    answering,  // our 200 is out, its ACK is not here
    preparing,  // to be dialled: no INVITE yet
    invited,    // our INVITE is out
    up,         // both sides know that it is answered
    ending      // we hung up or refused; signalling's last word is awaited
};
LINKA_DESCRIBE_ENUM(Stage, arrived, answering, preparing, invited, up, ending)

struct Playing {
    media::PlayId play = 0;
    std::vector<media::PlayItem> items;
    bool loop = false;
};
LINKA_DESCRIBE(Playing, (play, items, loop))

/// The side record "voice_leg". Members are only ever added. Version 1, which had `sip` as a
/// string, is restored as well; another one is not.
struct LegRecord {
    static constexpr int version_now = 2;
    static constexpr bool leaves_out_defaults = true;
    int version = version_now;
    LegNumber leg = 0;
    Stage stage = Stage::arrived;
    bool incoming = false;
    core::DeviceId device;  // that called or is called; 0: a trunk
    std::string trunk;
    std::string source;   // incoming: the IP address that it came from
    bool proved = false;  // somebody is there: nothing forged, as far as signalling can tell
    std::string number;   // dialled
    std::string caller;
    std::string caller_name;
    bool auto_answer = false;
    LegNumber replaces = 0;
    std::string trace;
    LegNumber group = 0;        // legs that will hear each other live on one worker
    std::int64_t activity = 0;  // what an answer begins or goes on with
    int forwards = 70;          // Max-Forwards that are left, came or goes
    int hops = 0;               // how often the call was sent on
    std::string diverted_from;  // outgoing: the number that it is sent on from

    json::Raw sip;  // the port's text, an object; empty: the port does not have the leg

    bool media = false;       // a worker has a media leg
    std::string remote;       // the peer's newest description
    std::string description;  // our newest description
    bool stale = false;       // the peer does not know `description` yet

    bool rung = false;           // incoming: 180 is out
    bool early = false;          // incoming: 183 is out; outgoing: early media was reported
    bool answer_wanted = false;  // incoming: answer as soon as there is media
    bool ringing_told = false;
    bool can_ask = false;
    bool answered_told = false;
    bool held = false;  // by the peer

    LegNumber peer = 0;
    std::optional<Playing> playing;
    media::PlayId played = 0;  // the newest that has ended; older ones are not begun again
    bool echo = false;
    bool muted = false;
};
LINKA_DESCRIBE(LegRecord,
               (version, leg, stage, incoming, device, trunk, source, proved, number, caller,
                caller_name, auto_answer, replaces, trace, group, activity, forwards, hops,
                diverted_from, sip, media, remote, description, stale, rung, early, answer_wanted,
                ringing_told, can_ask, answered_told, held, peer, playing, played, echo, muted))

/// A transfer that a telephone asked for, while its target rings.
struct Referral {
    LegNumber group = 0;  // of the other side, which the target's legs join
    LegNumber after = 0;  // they are newer than this one
    int told = 100;       // the newest status that the telephone has heard
    int failure = 480;    // of the target, if nobody answers
    bool let_go = false;  // the core has ended the leg
};

enum class MediaStage { none, opening, open, closing };

struct Leg {
    LegRecord kept;

    MediaStage media = MediaStage::none;
    std::int64_t generation = 0;  // of the media leg: replies to an older one do not count
    int reopened = 0;             // attempts since media was last open
    bool moving = false;          // closes in order to open beside its peer

    bool reinviting = false;                // our re-INVITE is out
    std::int64_t reinvited_generation = 0;  // the media leg that it described
    int reinvites_refused = 0;
    bool offered_in_answer = false;              // our 200 carried an offer; the ACK answers it
    std::optional<std::string> reoffer_waiting;  // the peer's re-INVITE that we have to answer
    bool reoffer_opens = false;                  // the media leg opens with it as its offer

    // Presses in the sound that no INFO has repeated yet, and how fast they come.
    std::vector<std::pair<char, Instant>> heard;
    int digits_used = 0;
    Instant digits_since;
    std::string digits_waiting;  // to be sent when there is media

    std::optional<Referral> referral;  // it asked for a transfer and waits for the result
    std::string warning;               // why it fails, for the peer's people

    std::optional<media::Quality> quality;  // newest
    bool has_spoken = false;                // RTP came at least once
    bool untold = false;                    // the core does not know it: no LegEndedReport

    std::optional<core::LegEndedReport> verdict;  // how it ended, if that is our word
    std::optional<core::LegEndedReport> over;     // signalling is over; waits for media only

    [[nodiscard]] LegNumber number() const { return kept.leg; }
    [[nodiscard]] core::LegId id() const { return core::LegId{kept.leg}; }
    [[nodiscard]] bool answered() const {
        return kept.stage == Stage::answering || kept.stage == Stage::up;
    }
    [[nodiscard]] bool alive() const { return kept.stage != Stage::ending && !over; }
    [[nodiscard]] bool has_media() const { return media == MediaStage::open; }
};

}  // namespace linka::voice
