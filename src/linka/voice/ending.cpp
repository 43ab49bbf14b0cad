#include "linka/voice/ending.hpp"

#include "linka/runtime/log.hpp"
#include "linka/voice/hearing.hpp"
#include "linka/voice/media_leg.hpp"
#include "linka/voice/referral.hpp"

#include <utility>

namespace linka::voice {
namespace {

// Q.850 causes for the Reason header (RFC 3326).
constexpr int normal_clearing = 16;
constexpr int temporary_failure = 41;

// Nothing is asked of the leg from now on.
void begin_end(Switchboard& board, Leg& leg) {
    part_from_peer(board, leg);
    leg.kept.stage = Stage::ending;
    leg.kept.playing.reset();
    leg.reoffer_waiting.reset();
    board.changed(leg);
    close_media(board, leg);
}

void signalling_over(Switchboard& board, Leg& leg, core::LegEndedReport end) {
    if (leg.over) {
        return;
    }
    leg.over = std::move(end);
    if (leg.kept.stage != Stage::ending) {
        begin_end(board, leg);
    }
    finish_if_over(board, leg);
}

// Signalling owes us a last word; should it never come, the leg does not stay for ever.
void await_last_word(Switchboard& board, const Leg& leg) {
    board.later(board.options.hang_up_wait, [&board, number = leg.number()] {
        Leg* found = board.legs.find(number);
        if (found != nullptr && !found->over) {
            log::error("signalling never ended a leg", {{"leg", number}});
            core::LegEndedReport end;
            end.leg = found->id();
            end.by_peer = false;
            end.lost = true;
            signalling_over(board, *found, found->verdict.value_or(end));
        }
    });
}

void refuse(Switchboard& board, Leg& leg, int status) {
    sip::Refuse command;
    command.leg = leg.number();
    command.status = status;
    command.warning = leg.warning;
    board.command(std::move(command));
    begin_end(board, leg);
    await_last_word(board, leg);
}

// Hangs up what signalling has; without an INVITE there is nothing to wait for.
void hang_up(Switchboard& board, Leg& leg, bool elsewhere, int cause) {
    const bool has_signalling = leg.kept.stage != Stage::preparing;
    begin_end(board, leg);
    if (!has_signalling) {
        core::LegEndedReport end;
        end.leg = leg.id();
        end.by_peer = false;
        signalling_over(board, leg, leg.verdict.value_or(end));
        return;
    }
    sip::HangUp command;
    command.leg = leg.number();
    command.answered_elsewhere = elsewhere;
    command.cause = cause;
    board.command(std::move(command));
    await_last_word(board, leg);
}

// Our own word on how it ended.
core::LegEndedReport verdict_on(const Leg& leg, int status) {
    core::LegEndedReport verdict;
    verdict.leg = leg.id();
    verdict.status = status;
    verdict.by_peer = false;
    return verdict;
}

core::LegQualityReport quality_input(const Leg& leg) {
    const media::Quality& measured = *leg.quality;
    core::LegQualityReport input;
    input.leg = leg.id();
    input.codec = measured.codec;
    input.mos_in = measured.mos_in;
    input.mos_out = measured.mos_out;
    input.loss_in = measured.loss_in;
    input.loss_out = measured.loss_out;
    input.jitter_ms = measured.jitter_ms;
    input.round_trip_ms = measured.round_trip_ms;
    return input;
}

}  // namespace

void end_leg(Switchboard& board, Leg& leg, bool elsewhere) {
    if (waits_for_result(board, leg)) {
        begin_end(board, leg);
        return;
    }
    hang_up(board, leg, elsewhere, normal_clearing);
}

void refuse_leg(Switchboard& board, Leg& leg, core::RefuseCause cause) {
    if (leg.kept.stage != Stage::arrived) {
        end_leg(board, leg, false);
        return;
    }
    leg.verdict = verdict_on(leg, status_of(cause));
    refuse(board, leg, leg.verdict->status);
}

void fail_leg(Switchboard& board, Leg& leg, Failure failure) {
    if (!leg.alive()) {
        return;
    }
    leg.verdict = verdict_on(leg, status_of(failure));
    leg.verdict->lost = failure == Failure::media_lost || failure == Failure::went_quiet;
    if (leg.kept.stage == Stage::arrived) {
        refuse(board, leg, leg.verdict->status);
    } else {
        hang_up(board, leg, false, temporary_failure);
    }
}

void signalling_ended(Switchboard& board, const sip::Ended& event) {
    Leg* leg = board.legs.find(event.leg);
    if (leg == nullptr) {
        return;
    }
    core::LegEndedReport end;
    end.leg = leg->id();
    end.status = event.status;
    end.by_peer = event.by_peer;
    end.elsewhere = event.elsewhere;
    end.forwards_to = event.forwards_to;
    // An answered peer that no longer answers (no ACK, no refresh): signalling has died.
    end.lost = event.status == 408 && leg->answered();
    if (!leg->kept.incoming) {
        target_ended(board, *leg, event.status);
    }
    signalling_over(board, *leg, leg->verdict.value_or(end));
}

void media_closed(Switchboard& board, Leg& leg) {
    leg.media = MediaStage::none;
    finish_if_over(board, leg);
}

void finish_if_over(Switchboard& board, Leg& leg) {
    if (!leg.over || leg.media == MediaStage::open || leg.media == MediaStage::closing) {
        return;
    }
    if (!leg.untold) {
        if (leg.quality && leg.quality->received + leg.quality->sent > 0) {
            board.tell(quality_input(leg));
        }
        board.tell(*leg.over);
    }
    board.referrers.erase(leg.number());
    board.forget(leg.number());
}

void quality_measured(Switchboard& board, const media::Quality& quality) {
    Leg* leg = board.legs.find(quality.leg);
    if (leg == nullptr) {
        return;
    }
    leg->quality = quality;
    leg->has_spoken = leg->has_spoken || quality.received > 0;
    if (quality.last && leg->media == MediaStage::closing && !leg->moving) {
        media_closed(board, *leg);
    }
}

void leg_quiet(Switchboard& board, const media::Quiet& quiet) {
    Leg* leg = board.legs.find(quiet.leg);
    if (leg == nullptr || leg->kept.stage != Stage::up || leg->kept.held || !leg->has_media() ||
        leg->kept.stale) {
        return;
    }
    const Duration limit = leg->has_spoken ? board.options.quiet_max : board.options.mute_max;
    if (std::chrono::seconds(quiet.seconds) >= limit) {
        log::warn("peer sends no audio any more, leg ended",
                  {{"leg", quiet.leg}, {"seconds", quiet.seconds}});
        fail_leg(board, *leg, Failure::went_quiet);
    }
}

}  // namespace linka::voice
