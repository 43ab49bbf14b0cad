#include "linka/voice/hearing.hpp"

#include "linka/runtime/log.hpp"
#include "linka/voice/digits.hpp"
#include "linka/voice/media_leg.hpp"

#include <utility>

namespace linka::voice {
namespace {

// Before the answer a caller hears something only with early media.
void need_media(Switchboard& board, Leg& leg) {
    if (leg.kept.stage == Stage::arrived) {
        board.want_media(leg);
    }
}

void play_over(Switchboard& board, Leg& leg, media::PlayId play) {
    if (leg.kept.playing && leg.kept.playing->play == play) {
        leg.kept.playing.reset();
        leg.kept.played = play;
        board.changed(leg);
        board.tell(core::PlayEndedReport{leg.id(), core::PlayId{play}});
    }
}

void put_play(Switchboard& board, const Leg& leg) {
    media::Play request;
    request.leg = leg.number();
    request.play = leg.kept.playing->play;
    request.items = leg.kept.playing->items;
    request.loop = leg.kept.playing->loop;
    board.ask(
        leg, request,
        [&board, play = request.play, loop = request.loop](Leg& found, const media::Reply& reply) {
            if (reply.error.empty() || reply.error == "lost") {
                return;
            }
            log::warn("sounds not played",
                      {{"leg", found.number()}, {"error", reply.error}, {"text", reply.text}});
            if (!loop) {  // music that is not there is silence, not the end of it
                play_over(board, found, play);
            }
        });
}

// They live on different workers: one of them moves, the one that is not recorded there if there is
// one.
void bring_together(Switchboard& board, Leg& leg) {
    Leg* peer = board.legs.find(leg.kept.peer);
    if (peer == nullptr || !leg.has_media() || !peer->has_media()) {
        return;  // they parted meanwhile, or connect when both have media
    }
    const bool move_peer =
        peer->kept.stage == Stage::up && !is_recorded(board.recordings, peer->number());
    move_media(board, move_peer || leg.kept.stage != Stage::up ? *peer : leg);
}

void put_connection(Switchboard& board, Leg& leg, Leg& peer) {
    media::Connect request;
    request.a = leg.number();
    request.b = peer.number();
    board.ask(leg, request, [&board](Leg& found, const media::Reply& reply) {
        if (reply.error == "no_leg") {
            bring_together(board, found);
        } else if (!reply.error.empty() && reply.error != "lost") {
            log::error("legs not connected",
                       {{"leg", found.number()}, {"error", reply.error}, {"text", reply.text}});
        }
    });
}

template <typename Request>
Request about(const Leg& leg) {
    Request request;
    request.leg = leg.number();
    return request;
}

void put_mute(Switchboard& board, const Leg& leg) {
    if (leg.has_media()) {
        auto request = about<media::Mute>(leg);
        request.on = leg.kept.muted;
        board.say(request);
    }
}

}  // namespace

void connect_legs(Switchboard& board, Leg& a, Leg& b) {
    if (a.kept.peer == b.number() && !a.kept.playing && !b.kept.playing) {
        return;  // said again after a restart
    }
    if (a.kept.peer != b.number()) {
        part_from_peer(board, a);
        part_from_peer(board, b);
        a.kept.peer = b.number();
        b.kept.peer = a.number();
    }
    for (Leg* leg : {&a, &b}) {
        leg->kept.playing.reset();
        leg->kept.echo = false;
        board.changed(*leg);
        need_media(board, *leg);
    }
    if (a.has_media() && b.has_media()) {
        put_connection(board, a, b);
    }
}

void disconnect_leg(Switchboard& board, Leg& leg) {
    leg.kept.echo = false;
    board.changed(leg);
    part_from_peer(board, leg);
    if (leg.has_media()) {
        board.say(about<media::Disconnect>(leg));
    }
}

void play_sounds(Switchboard& board, Leg& leg, const core::PlaySounds& effect) {
    const bool known = leg.kept.playing && leg.kept.playing->play == effect.play.value;
    if (known || effect.play.value <= leg.kept.played) {
        return;  // said again after a restart
    }
    Playing playing;
    playing.play = effect.play.value;
    playing.loop = effect.loop;
    for (const core::Sound& sound : effect.sounds) {
        const bool is_file = sound.kind == "file";
        playing.items.push_back(
            {sound.kind, is_file ? board.path(sound.value) : sound.value, sound.language});
    }
    leg.kept.playing = std::move(playing);
    leg.kept.echo = false;
    board.changed(leg);
    need_media(board, leg);
    if (leg.has_media()) {
        put_play(board, leg);
    }
}

void stop_sounds(Switchboard& board, Leg& leg) {
    leg.kept.playing.reset();
    board.changed(leg);
    if (leg.has_media()) {
        board.say(about<media::StopPlay>(leg));
    }
}

void echo_leg(Switchboard& board, Leg& leg) {
    if (leg.kept.echo) {
        return;
    }
    part_from_peer(board, leg);
    leg.kept.playing.reset();
    leg.kept.echo = true;
    board.changed(leg);
    need_media(board, leg);
    if (leg.has_media()) {
        board.say(about<media::Echo>(leg));
    }
}

void mute_leg(Switchboard& board, Leg& leg, bool on) {
    if (leg.kept.muted != on) {
        leg.kept.muted = on;
        board.changed(leg);
        put_mute(board, leg);
    }
}

void apply_hearing(Switchboard& board, Leg& leg) {
    if (!leg.has_media()) {
        return;
    }
    if (leg.kept.muted) {
        put_mute(board, leg);
    }
    Leg* peer = board.legs.find(leg.kept.peer);
    if (peer != nullptr && peer->has_media()) {
        put_connection(board, leg, *peer);
    }
    if (leg.kept.echo) {
        board.say(about<media::Echo>(leg));
    }
    if (leg.kept.playing) {
        put_play(board, leg);
    }
    send_waiting_digits(board, leg);
}

void play_ended_unheard(Switchboard& board, Leg& leg) {
    if (leg.kept.playing && !leg.kept.playing->loop) {
        play_over(board, leg, leg.kept.playing->play);
    }
}

void part_from_peer(Switchboard& board, Leg& leg) {
    Leg* peer = board.legs.find(std::exchange(leg.kept.peer, 0));
    if (peer != nullptr && peer->kept.peer == leg.number()) {
        peer->kept.peer = 0;
        board.changed(*peer);
    }
    board.changed(leg);
}

void play_done(Switchboard& board, const media::PlayDone& done) {
    Leg* leg = board.legs.find(done.leg);
    if (leg == nullptr) {
        return;
    }
    if (!done.error.empty()) {
        log::warn("sounds broke off", {{"leg", done.leg}, {"error", done.error}});
    }
    play_over(board, *leg, done.play);
}

}  // namespace linka::voice
