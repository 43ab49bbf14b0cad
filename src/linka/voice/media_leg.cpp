#include "linka/voice/media_leg.hpp"

#include "linka/core/view.hpp"
#include "linka/runtime/log_limited.hpp"
#include "linka/voice/causes.hpp"
#include "linka/voice/ending.hpp"
#include "linka/voice/hearing.hpp"
#include "linka/voice/incoming.hpp"
#include "linka/voice/outgoing.hpp"
#include "linka/voice/recordings.hpp"
#include "linka/voice/reoffer.hpp"
#include "linka/voice/sdp_codecs.hpp"

#include <utility>

namespace linka::voice {
namespace {

bool on_a_worker(const Leg& leg) {
    return leg.media == MediaStage::open || leg.media == MediaStage::opening;
}

// The leg beside which this one must live: the one that it will hear, or one of its group.
const Leg* neighbour(Switchboard& board, const Leg& leg) {
    const Leg* peer = board.legs.find(leg.kept.peer);
    if (peer != nullptr && on_a_worker(*peer)) {
        return peer;
    }
    for (const Leg* other : board.legs.group_of(leg)) {
        if (on_a_worker(*other)) {
            return other;
        }
    }
    return nullptr;
}

// The IP address that the peer is seen at, or empty.
std::string peer_address(const Switchboard& board, const Leg& leg) {
    const auto registered = board.device_addresses.find(leg.kept.device);
    if (leg.kept.trunk.empty() && registered != board.device_addresses.end()) {
        return registered->second;
    }
    const core::Trunk* trunk = core::find_trunk(board.state, leg.kept.trunk);
    if (trunk != nullptr && !leg.kept.incoming) {
        const std::string host = host_of(trunk->host);
        return host.empty() && !trunk->addresses.empty() ? trunk->addresses.front() : host;
    }
    return connection_address(leg.kept.remote);
}

// A leg to a browser: no other codecs than those that every browser has (RFC 7874 §3).
bool is_web(const Switchboard& board, const Leg& leg) {
    const core::Device* device = core::find_device(board.state, leg.kept.device);
    return device != nullptr && device->type == core::DeviceType::web && !leg.kept.incoming;
}

// What a leg speaks: settled on if it has answered, else what it offers.
std::vector<std::string> spoken_by(const Leg& leg) {
    const bool settled = leg.kept.incoming && !leg.kept.description.empty();
    return codecs_in(settled ? leg.kept.description : leg.kept.remote);
}

// The offer that the new media leg has to answer; empty: it makes one.
std::string offer_for(Leg& leg) {
    leg.reoffer_opens = leg.reoffer_waiting && !leg.reoffer_waiting->empty();
    if (leg.reoffer_opens) {
        return *leg.reoffer_waiting;
    }
    return leg.kept.stage == Stage::arrived ? leg.kept.remote : std::string();
}

// What the opening was for.
void go_on(Switchboard& board, Leg& leg) {
    switch (leg.kept.stage) {
        case Stage::arrived:
            incoming_has_media(board, leg);
            break;
        case Stage::preparing:
            send_invite(board, leg);
            break;
        case Stage::invited:
            leg.kept.stale = true;
            break;
        case Stage::answering:
        case Stage::up:
            renewed_media(board, leg);
            break;
        case Stage::ending:
            break;
    }
}

void try_again(Switchboard& board, Leg& leg) {
    if (++leg.reopened > board.options.reopen_max) {
        fail_leg(board, leg, Failure::media_lost);
        return;
    }
    board.later(board.options.reopen_wait, [&board, number = leg.number()] {
        if (Leg* found = board.legs.find(number); found != nullptr && found->alive()) {
            board.want_media(*found);
        }
    });
}

void opening_failed(Switchboard& board, Leg& leg, const media::Reply& reply) {
    leg.media = MediaStage::none;
    if (!leg.alive()) {
        finish_if_over(board, leg);
    } else if (is_loss(reply.error)) {
        try_again(board, leg);
    } else {
        static log::Limited line;  // any caller can send what cannot be opened
        line.warn("media leg not opened",
                  {{"leg", leg.number()}, {"error", reply.error}, {"text", reply.text}});
        leg.warning = reply.text;
        fail_leg(board, leg, failure_of(reply.error));
    }
}

void opened(Switchboard& board, LegNumber number, std::int64_t generation,
            const media::Reply& reply) {
    Leg* leg = board.legs.find(number);
    if (leg == nullptr) {
        if (reply.error.empty()) {
            media::Close close;
            close.leg = number;
            board.say(close);
        }
        return;
    }
    if (leg->generation != generation) {
        return;
    }
    if (!reply.error.empty()) {
        opening_failed(board, *leg, reply);
        return;
    }
    leg->media = MediaStage::open;
    leg->reopened = 0;
    if (!leg->alive()) {
        close_media(board, *leg);
        return;
    }
    leg->kept.media = true;
    leg->kept.description = reply.sdp;
    board.changed(*leg);
    if (leg->kept.proved && !leg->kept.trunk.empty()) {
        confirm_media(board, *leg);  // the ACK may have come while it opened
    }
    go_on(board, *leg);
    if (leg->alive()) {
        apply_hearing(board, *leg);
        apply_recordings(board, leg->number());
    }
}

// A leg that moves has left its worker; it may be gone after this.
void open_beside_peer(Switchboard& board, Leg& leg) {
    const LegNumber number = leg.number();
    leg.moving = false;
    media_closed(board, leg);
    if (Leg* found = board.legs.find(number); found != nullptr && found->alive()) {
        board.want_media(*found);
    }
}

}  // namespace

std::vector<std::string> codecs_for(Switchboard& board, const Leg& leg) {
    const Leg* model = board.legs.find(leg.kept.peer);
    if (model == nullptr) {
        for (const Leg* other : board.legs.group_of(leg)) {
            const bool speaks = !other->kept.remote.empty();
            // The caller's side counts before the others that ring for it.
            if (speaks && (model == nullptr || other->number() == leg.kept.group)) {
                model = other;
            }
        }
    }
    const std::vector<std::string>& ours =
        is_web(board, leg) ? board.options.web_codecs : board.options.codecs;
    return model == nullptr ? ours : shared_first(ours, spoken_by(*model));
}

void open_media(Switchboard& board, Leg& leg) {
    if (leg.media != MediaStage::none || !leg.alive() || board.media() == nullptr) {
        return;
    }
    const Leg* beside = neighbour(board, leg);
    media::LegOpen request;
    request.leg = leg.number();
    request.offer = offer_for(leg);
    request.codecs = codecs_for(board, leg);
    MediaAddress address = board.addresses.towards(peer_address(board, leg));
    request.address = std::move(address.bind);
    request.advertise = std::move(address.advertise);
    request.trace = leg.kept.trace;
    request.web = is_web(board, leg);
    // Whoever forges a trunk's address must not make us send sound to somebody else.
    request.unconfirmed = leg.kept.incoming && !leg.kept.proved && leg.kept.stage != Stage::up;
    request.signalling = leg.kept.source;
    // A leg that moves to another worker offers anew, and stays as safe as it was.
    request.srtp = !request.web && leg.kept.remote.find(" RTP/SAVP") != std::string::npos;
    leg.media = MediaStage::opening;
    leg.generation = board.next_generation();
    board.open(std::move(request), beside == nullptr ? 0 : beside->number(),
               [&board, number = leg.number(), generation = leg.generation](
                   const media::Reply& reply) { opened(board, number, generation, reply); });
}

void confirm_media(Switchboard& board, const Leg& leg) {
    media::LegConfirm request;
    request.leg = leg.number();
    board.say(request);
}

void close_media(Switchboard& board, Leg& leg) {
    if (leg.media == MediaStage::opening) {
        return;  // closed as soon as it is open, see opened()
    }
    if (leg.media != MediaStage::open) {
        return;
    }
    leg.media = MediaStage::closing;
    leg.kept.media = false;
    board.changed(leg);
    media::Close close;
    close.leg = leg.number();
    board.ask(leg, close, [&board](Leg& closed, const media::Reply& reply) {
        if (!reply.error.empty()) {
            media_closed(board, closed);
        }
    });
    board.later(board.options.close_wait, [&board, number = leg.number()] {
        if (Leg* found = board.legs.find(number);
            found != nullptr && found->media == MediaStage::closing) {
            media_closed(board, *found);
        }
    });
}

void move_media(Switchboard& board, Leg& leg) {
    if (!leg.has_media() || !leg.alive()) {
        return;
    }
    leg.media = MediaStage::closing;
    leg.moving = true;
    leg.kept.media = false;
    board.changed(leg);
    media::Close close;
    close.leg = leg.number();
    board.ask(leg, close, [&board](Leg& closed, const media::Reply& reply) {
        if (reply.error != "lost") {
            open_beside_peer(board, closed);
            return;
        }
        // Its worker died: media_loss takes it up if the leg was still there, and we do if not.
        board.later(board.options.reopen_wait,
                    [&board, number = closed.number(), generation = closed.generation] {
                        Leg* found = board.legs.find(number);
                        if (found != nullptr && found->moving && found->generation == generation) {
                            open_beside_peer(board, *found);
                        }
                    });
    });
}

void set_remote(Switchboard& board, Leg& leg, const std::string& sdp, Switchboard::Then then) {
    media::LegRemote request;
    request.leg = leg.number();
    request.sdp = sdp;
    board.ask(
        leg, request, [&board, sdp, then = std::move(then)](Leg& found, const media::Reply& reply) {
            if (!found.alive()) {
                return;
            }
            if (is_loss(reply.error)) {
                return;  // media_loss takes it up
            }
            if (!reply.error.empty()) {
                static log::Limited line;
                line.warn("peer's description refused",
                          {{"leg", found.number()}, {"error", reply.error}, {"text", reply.text}});
                fail_leg(board, found, failure_of(reply.error));
                return;
            }
            found.kept.remote = sdp;
            board.changed(found);
            then(found, reply);
        });
}

void note_held(Switchboard& board, Leg& leg, bool held) {
    if (leg.kept.held != held) {
        leg.kept.held = held;
        board.changed(leg);
        board.tell(core::LegHeldReport{leg.id(), held});
    }
}

}  // namespace linka::voice
