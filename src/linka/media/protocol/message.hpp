// What the server and a media worker say to each other over a Unix SOCK_SEQPACKET socket: one JSON
// message a packet, {"type":…}. The server asks with an `id`, the worker answers each request
// once with `Reply` of that id, in order; notices have no id. Version: `protocol_version`.
//
// Messages say what is wanted, never how: SDP in and out is the worker's business, so nobody else
// knows codecs, ports or keys.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/id.hpp"
#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linka::media {

constexpr int protocol_version = 1;
/// Largest packet; longer ones are refused by both sides.
constexpr std::size_t message_bytes_max = 64 * 1024;

using LegId = std::int64_t;
using RecordingId = std::int64_t;
using PlayId = std::int64_t;

// ---- Requests ----------------------------------------------------------------------------------

/// First message of each connection. The reply's `legs`, `recordings` and `playing` list what the
/// worker holds: a restarted server adopts it by this. The worker refuses another version.
struct Hello {
    static constexpr std::string_view type = "hello";
    std::int64_t id = 0;
    int version = protocol_version;
    std::string server;  // for the log
};
/// A new media leg. `offer`: the peer's SDP, the reply holds our answer; empty: the reply holds our
/// offer and `leg.remote` brings the answer. `codecs`: what we may use, best first, of PCMA PCMU
/// G722 opus. `web`: the peer is a browser (ICE, DTLS, SRTP; no G722), else plain RTP/AVP.
struct LegOpen {
    static constexpr std::string_view type = "leg.open";
    std::int64_t id = 0;
    LegId leg = 0;
    std::string offer;
    std::vector<std::string> codecs;
    std::string address;    // local address to bind and to advertise, IPv4 or IPv6
    std::string advertise;  // public address to put into the SDP, empty: `address`
    std::string trace;      // for the log
    LegId near = 0;         // a leg of this worker: its codec is offered first (the client sets it)
    bool web = false;       // a browser: ICE-lite, DTLS-SRTP
    // Not for web legs. `signalling`: the IP address that the peer signals from. `unconfirmed`:
    // until leg.confirm nothing is sent but to that address, or to where the peer's sound comes
    // from.
    std::string signalling;
    bool unconfirmed = false;
    bool srtp = false;  // our offer asks for SRTP with keys in the SDP (RFC 4568)
};
/// Signalling has shown that the peer is there (its ACK or PRACK): it may be sent to wherever its
/// description says.
struct LegConfirm {
    static constexpr std::string_view type = "leg.confirm";
    std::int64_t id = 0;
    LegId leg = 0;
};
/// The peer's answer (or early-media description) to our offer.
struct LegRemote {
    static constexpr std::string_view type = "leg.remote";
    std::int64_t id = 0;
    LegId leg = 0;
    std::string sdp;
};
/// The peer's new offer inside a call; the reply holds our answer and `held`. On a web leg it may
/// be that of a new page: what is there goes on until the new connection is up and takes its place.
struct LegReoffer {
    static constexpr std::string_view type = "leg.reoffer";
    std::int64_t id = 0;
    LegId leg = 0;
    std::string sdp;
};
/// Our own current description as a new offer, e.g. for hold (`sendonly`) or resume.
struct LegOffer {
    static constexpr std::string_view type = "leg.offer";
    std::int64_t id = 0;
    LegId leg = 0;
    bool hold = false;
};
/// Two legs hear each other from now on (transcoded if their codecs differ). Ends what plays.
struct Connect {
    static constexpr std::string_view type = "connect";
    std::int64_t id = 0;
    LegId a = 0;
    LegId b = 0;
};
/// The leg hears its peer no more; both then hear silence until told otherwise.
struct Disconnect {
    static constexpr std::string_view type = "disconnect";
    std::int64_t id = 0;
    LegId leg = 0;
};
/// One thing to be heard. `kind`: "prompt" (name of a prompt, in `language`), "file" (absolute path
/// under the data directory), "number" (spoken in `language`), "digits", "music" (name), "tone"
/// (ringback, busy, congestion, beep: one round of it, or so many milliseconds: "busy 5000"),
/// "silence" (milliseconds in `value`). A number may have its gender: "2 f" (dvě).
struct PlayItem {
    std::string kind;
    std::string value;
    std::string language = "cs";
};
/// Plays the items in order, replacing what plays; `loop` starts again until stopped.
struct Play {
    static constexpr std::string_view type = "play";
    std::int64_t id = 0;
    LegId leg = 0;
    PlayId play = 0;
    std::vector<PlayItem> items;
    bool loop = false;
};
struct StopPlay {
    static constexpr std::string_view type = "play.stop";
    std::int64_t id = 0;
    LegId leg = 0;
};
/// What the leg says is not heard by the other side (nor recorded) while on.
struct Mute {
    static constexpr std::string_view type = "mute";
    std::int64_t id = 0;
    LegId leg = 0;
    bool on = true;
};
/// The leg hears itself.
struct Echo {
    static constexpr std::string_view type = "echo";
    std::int64_t id = 0;
    LegId leg = 0;
};
/// Digits to the peer: RFC 4733 if negotiated, else as tones in the audio. 100 ms each.
struct SendDtmf {
    static constexpr std::string_view type = "dtmf.send";
    std::int64_t id = 0;
    LegId leg = 0;
    std::string digits;
};
/// Records both sides into `file` (.opus, absolute): `left` is what that leg says (customer),
/// `right` likewise (agent); 0: that side is silent for now. Again with the same recording:
/// changes the sides from now on (transfer). `right` may hear prompts: only what legs say is
/// recorded.
struct Record {
    static constexpr std::string_view type = "record";
    std::int64_t id = 0;
    RecordingId recording = 0;
    std::string file;
    LegId left = 0;
    LegId right = 0;
};
/// Silence is recorded while paused (card numbers).
struct RecordPause {
    static constexpr std::string_view type = "record.pause";
    std::int64_t id = 0;
    RecordingId recording = 0;
    bool on = true;
};
/// Ends it; `record.done` follows when the file is whole.
struct RecordStop {
    static constexpr std::string_view type = "record.stop";
    std::int64_t id = 0;
    RecordingId recording = 0;
};
/// The server has kept what `record.done` told. Until then it is told again to each new connection.
struct RecordRelease {
    static constexpr std::string_view type = "record.release";
    std::int64_t id = 0;
    RecordingId recording = 0;
};
struct Close {
    static constexpr std::string_view type = "leg.close";
    std::int64_t id = 0;
    LegId leg = 0;
};
/// Close all legs and exit once recordings are whole.
struct Quit {
    static constexpr std::string_view type = "quit";
    std::int64_t id = 0;
};

using Request = std::variant<Hello, LegOpen, LegConfirm, LegRemote, LegReoffer, LegOffer, Connect,
                             Disconnect, Play, StopPlay, Mute, Echo, SendDtmf, Record, RecordPause,
                             RecordStop, RecordRelease, Close, Quit>;

// ---- Answers and notices -----------------------------------------------------------------------

/// Answer to the request with this id. `error` empty: done.
struct Reply {
    static constexpr std::string_view type = "reply";
    std::int64_t id = 0;
    std::string
        error;         // code: no_leg, no_codec, bad_sdp, no_port, no_file, full, version, internal
    std::string text;  // for people
    std::string sdp;
    bool held = false;                    // the peer sends nothing now (sendonly/inactive)
    std::vector<LegId> legs;              // Hello only
    std::vector<RecordingId> recordings;  // Hello only
    std::vector<LegId> playing;           // Hello only: legs that something is played to
};
/// A reply that says no: `error` is one of Reply::error's codes.
inline Reply refusal(std::string error, std::string text) {
    Reply reply;
    reply.error = std::move(error);
    reply.text = std::move(text);
    return reply;
}
/// A digit that the peer pressed (RFC 4733 §2.5), once a press.
struct Dtmf {
    static constexpr std::string_view type = "leg.dtmf";
    LegId leg = 0;
    std::string digit;
};
/// A Play came to its end by itself (or failed: `error`).
struct PlayDone {
    static constexpr std::string_view type = "play.done";
    LegId leg = 0;
    PlayId play = 0;
    std::string error;
};
/// The file is there. `duration` is of the audio in it. `error` not empty: failed or lost, says
/// why. `cut_short` not empty: the file can be heard, but its end is missing; says why.
struct RecordDone {
    static constexpr std::string_view type = "record.done";
    RecordingId recording = 0;
    std::string file;
    Duration duration{};
    std::int64_t bytes = 0;
    std::string error;
    std::string cut_short;
};
/// Every 5 s and when the leg closes. Loss is a share 0..1; MOS by ITU-T G.107, 0 while unknown.
struct Quality {
    static constexpr std::string_view type = "leg.quality";
    LegId leg = 0;
    std::string codec;
    std::int64_t received = 0;  // packets
    std::int64_t sent = 0;
    double loss_in = 0;    // of what we should have received
    double loss_out = 0;   // of what the peer reports (RTCP)
    double jitter_ms = 0;  // RFC 3550 §6.4.1
    double round_trip_ms = 0;
    double mos_in = 0;
    double mos_out = 0;
    bool last = false;  // the leg has closed
    // Packets of the whole call that were thrown away: of others than the peer, and of the peer
    // beyond what a second may bring; and digits likewise.
    std::int64_t strangers = 0;
    std::int64_t excess = 0;
    std::int64_t excess_digits = 0;
};
/// No RTP from the peer for `seconds` (30, then every 30) although it should send.
struct Quiet {
    static constexpr std::string_view type = "leg.quiet";
    LegId leg = 0;
    std::int64_t seconds = 0;
};

using Notice = std::variant<Reply, Dtmf, PlayDone, RecordDone, Quality, Quiet>;

LINKA_DESCRIBE(Hello, (id, version, server))
LINKA_DESCRIBE(LegOpen, (id, leg, offer, codecs, address, advertise, trace, near, web, signalling,
                         unconfirmed, srtp))
LINKA_DESCRIBE(LegConfirm, (id, leg))
LINKA_DESCRIBE(LegRemote, (id, leg, sdp))
LINKA_DESCRIBE(LegReoffer, (id, leg, sdp))
LINKA_DESCRIBE(LegOffer, (id, leg, hold))
LINKA_DESCRIBE(Connect, (id, a, b))
LINKA_DESCRIBE(Disconnect, (id, leg))
LINKA_DESCRIBE(PlayItem, (kind, value, language))
LINKA_DESCRIBE(Play, (id, leg, play, items, loop))
LINKA_DESCRIBE(StopPlay, (id, leg))
LINKA_DESCRIBE(Mute, (id, leg, on))
LINKA_DESCRIBE(Echo, (id, leg))
LINKA_DESCRIBE(SendDtmf, (id, leg, digits))
LINKA_DESCRIBE(Record, (id, recording, file, left, right))
LINKA_DESCRIBE(RecordPause, (id, recording, on))
LINKA_DESCRIBE(RecordStop, (id, recording))
LINKA_DESCRIBE(RecordRelease, (id, recording))
LINKA_DESCRIBE(Close, (id, leg))
LINKA_DESCRIBE(Quit, (id))
LINKA_DESCRIBE(Reply, (id, error, text, sdp, held, legs, recordings, playing))
LINKA_DESCRIBE(Dtmf, (leg, digit))
LINKA_DESCRIBE(PlayDone, (leg, play, error))
LINKA_DESCRIBE(RecordDone, (recording, file, duration, bytes, error, cut_short))
LINKA_DESCRIBE(Quality, (leg, codec, received, sent, loss_in, loss_out, jitter_ms, round_trip_ms,
                         mos_in, mos_out, last, strangers, excess, excess_digits))
LINKA_DESCRIBE(Quiet, (leg, seconds))

/// The packet for a message.
std::string encode(const Request& request);
std::string encode(const Notice& notice);
/// Errors: `full` (too long), `invalid` (names the field).
Result<Request> decode_request(std::string_view packet);
Result<Notice> decode_notice(std::string_view packet);
/// The id of a request that decode_request refuses, so that it is answered all the same; 0 if the
/// packet's beginning has none, as encode() puts it.
std::int64_t id_of_unreadable(std::string_view packet);

}  // namespace linka::media
