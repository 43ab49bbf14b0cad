// After a restart: what is gone ends as lost, what lives goes on. Effects that the crash may have
// swallowed are given again; carrying them out twice does no harm.
#include "linka/core/flow.hpp"

#include <set>

namespace linka::core {

namespace {

void end_lost(Turn& t, const std::set<LegId>& living) {
    std::vector<LegId> gone;
    for (const auto& [id, leg] : t.s.legs) {
        if (!living.contains(id)) {
            gone.push_back(id);
        }
    }
    for (const LegId id : gone) {
        leg_gone(t, id, {LegCause::lost, 0, false});
    }
}

void again(Turn& t, const Leg& leg) {
    if (!leg.incoming && leg.state != LegState::answered) {
        dial_effect(t, leg);
    } else if (leg.incoming && leg.state == LegState::answered) {
        t.effect(AnswerLeg{leg.id});
    } else if (leg.incoming) {
        t.effect(RingLeg{leg.id});
    }
    if (leg.play) {
        t.effect(PlaySounds{leg.id, leg.play, sounds_of(leg.play_what, leg.play_language),
                            leg.play_loop});
    }
    if (leg.muted) {
        t.effect(MuteLeg{leg.id, true});
    }
}

void again(Turn& t, const Call& call) {
    if (call.connected) {
        t.effect(ConnectLegs{call.customer, call.agent});
    }
    if (call.consultation.target) {
        t.effect(ConnectLegs{call.consultation.by, call.consultation.target});
    }
    if (call.step == step::echo) {
        t.effect(EchoLeg{call.customer});
    }
    recording_effect(t, call.id);
}

void recordings_again(Turn& t) {
    std::vector<RecordingId> orphans;
    for (const auto& [id, recording] : t.s.recordings) {
        if (recording.stopping) {
            t.effect(StopRecording{id});
        } else if (find_call(t.s, recording.call) == nullptr) {
            orphans.push_back(id);
        }
    }
    for (const RecordingId id : orphans) {
        t.emit(RecordingStopped{id});
        t.effect(StopRecording{id});
    }
}

}  // namespace

void apply(Turn& t, const Restored& input) {
    end_lost(t, {input.legs.begin(), input.legs.end()});
    for (const auto& [id, leg] : t.s.legs) {
        again(t, leg);
    }
    for (const auto& [id, call] : t.s.calls) {
        again(t, call);
    }
    recordings_again(t);
}

}  // namespace linka::core
