// After a restart: what is gone ends as lost, what lives goes on. Effects that the crash may have
// swallowed are given again; carrying them out twice does no harm.
#include "linka/core/journal/program_started.hpp"

#include "linka/core/flow/follow.hpp"
#include "linka/core/turn.hpp"
#include "linka/core/voice/devices_ring.hpp"
#include "linka/core/voice/leg_reports.hpp"
#include "linka/core/voice/legs.hpp"
#include "linka/core/voice/recording.hpp"
#include "linka/core/work/offer_over.hpp"
#include "linka/core/work/offers.hpp"

#include <algorithm>
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
        follow_up(t);
    }
}

bool is_over(const State& s, const Offer& offer, Instant now) {
    if (offer.until <= now) {
        return true;
    }
    return std::any_of(s.legs.begin(), s.legs.end(), [&](const auto& entry) {
        const Leg& leg = entry.second;
        return leg.offer == offer.id && leg.state != LegState::answered && leg.until &&
               leg.until <= now;
    });
}

// Their time went by while nobody could have taken them: that is nobody's fault.
void withdraw_overdue(Turn& t) {
    std::vector<OfferId> overdue;
    for (const auto& [id, offer] : t.s.offers) {
        if (is_over(t.s, offer, t.now())) {
            overdue.push_back(id);
        }
    }
    for (const OfferId id : overdue) {
        end_offer(t, id, OfferOutcome::withdrawn, "system");
        follow_up(t);
    }
}

bool hears_somebody(const State& s, const Leg& leg) {
    const Call* call = find_call(s, leg.call);
    if (call == nullptr) {
        return false;
    }
    const bool talks = call->connected && (leg.id == call->customer || leg.id == call->agent);
    const Consultation& asked = call->consultation;
    const bool consults = asked.target && (leg.id == asked.by || leg.id == asked.target);
    return talks || consults || (is_step<step::Echo>(call->step) && leg.id == call->customer);
}

// Whoever was parted, or whose sounds were stopped, may still hear them.
void silence_again(Turn& t, const Leg& leg) {
    if ((!leg.incoming && leg.state != LegState::answered) || hears_somebody(t.s, leg)) {
        return;
    }
    t.effect(DisconnectLeg{leg.id});
    if (!leg.play) {
        t.effect(StopSounds{leg.id});
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
    silence_again(t, leg);
    if (leg.play) {
        t.effect(PlaySounds{leg.id, leg.play, sounds_of(t.s, leg.play_what, leg.play_language),
                            leg.play_loop});
    }
    t.effect(MuteLeg{leg.id, leg.muted});
}

void again(Turn& t, const Call& call) {
    if (call.connected) {
        t.effect(ConnectLegs{call.customer, call.agent});
    }
    if (call.consultation.target) {
        t.effect(ConnectLegs{call.consultation.by, call.consultation.target});
    }
    if (is_step<step::Echo>(call.step)) {
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

// No page is there yet. Whoever has one says so within seconds; of the others nobody would ever say
// that they are gone.
void absent_until_seen(Turn& t) {
    std::vector<UserId> present;
    for (const auto& [user, session] : t.s.sessions) {
        if (session.logged_in && !session.absent_since) {
            present.push_back(user);
        }
    }
    for (const UserId user : present) {
        t.emit(UserPresenceChanged{user, false});
    }
}

}  // namespace

void apply(Turn& t, const ProgramStartedReport& input) {
    t.emit(ProgramStarted{t.s.starts + 1});
    end_lost(t, {input.legs.begin(), input.legs.end()});
    withdraw_overdue(t);
    for (const auto& [id, leg] : t.s.legs) {
        again(t, leg);
    }
    for (const auto& [id, call] : t.s.calls) {
        again(t, call);
    }
    recordings_again(t);
    absent_until_seen(t);
}

}  // namespace linka::core
