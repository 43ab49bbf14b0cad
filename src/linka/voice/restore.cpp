#include "linka/voice/restore.hpp"

#include "linka/base/text.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/log.hpp"
#include "linka/voice/ending.hpp"
#include "linka/voice/hearing.hpp"
#include "linka/voice/incoming.hpp"
#include "linka/voice/media_loss.hpp"
#include "linka/voice/registrations.hpp"
#include "linka/voice/reoffer.hpp"
#include "linka/voice/save.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace linka::voice {
namespace {

// The readable leg records; the rest are forgotten.
std::vector<LegRecord> leg_records(const Side& side) {
    std::vector<LegRecord> records;
    for (const auto& [place, value] : side) {
        if (place.first != leg_kind) {
            continue;
        }
        Result<LegRecord> record = leg_from_text(value);
        if (record && std::to_string(record->leg) == place.second) {
            records.push_back(std::move(*record));
        } else {
            log::error("side record of a leg cannot be read",
                       {{"leg", place.second},
                        {"reason", record ? "another leg's number" : record.error().text}});
        }
    }
    return records;
}

constexpr int cause_of_too_many = 41;  // Q.850: temporary failure

// Legs that signalling does not have cannot go on: the core learns by their absence.
void fill_table(Switchboard& board, const Side& side) {
    for (LegRecord& record : leg_records(side)) {
        if (record.sip.text.empty()) {
            continue;
        }
        if (board.legs.full()) {
            // The limit is lower than it was. Signalling has the leg, so somebody must end it.
            log::error("a leg too many was saved, ended", {{"leg", record.leg}});
            sip::HangUp command;
            command.leg = record.leg;
            command.cause = cause_of_too_many;
            board.command(command);
            continue;
        }
        Leg& leg = board.legs.add(std::move(record));
        const bool known = core::find_leg(board.state, leg.id()) != nullptr;
        const bool may_arrive_again = leg.kept.stage == Stage::arrived;
        leg.untold = leg.kept.stage == Stage::ending || (!known && !may_arrive_again);
        leg.quality.reset();
    }
    for (const auto& [place, value] : side) {
        if (place.first == leg_kind) {
            board.forget_saved(place.second);
        }
    }
}

void close_unknown(Switchboard& board, LegNumber number) {
    media::Close close;
    close.leg = number;
    board.say(close);
}

// Joins the media legs that live with the table.
void join_media(Switchboard& board, const media::Found& found) {
    const std::set<LegNumber> living(found.legs.begin(), found.legs.end());
    for (const LegNumber number : living) {
        const Leg* leg = board.legs.find(number);
        if (leg == nullptr || !leg->kept.media) {
            close_unknown(board, number);
        }
    }
    std::vector<LegNumber> lost;
    for (const LegNumber number : board.legs.numbers()) {
        Leg& leg = *board.legs.find(number);
        leg.generation = board.next_generation();
        if (leg.kept.media) {
            leg.media = MediaStage::open;
            if (living.count(number) == 0) {
                lost.push_back(number);
            }
        }
    }
    for (const media::RecordingId number : found.recordings) {
        Recording& recording = board.recordings[number];
        recording.number = number;
        recording.started = true;
        recording.begun = true;
    }
    if (!lost.empty()) {
        media_lost(board, lost);
    }
}

bool wants_to_hear(const Leg& leg) {
    return leg.kept.answer_wanted || leg.kept.playing || leg.kept.echo || leg.kept.peer != 0;
}

// What was under way when the server went.
void resume(Switchboard& board, Leg& leg, bool plays) {
    switch (leg.kept.stage) {
        case Stage::ending:
            end_leg(board, leg, false);
            return;
        case Stage::arrived:
            if (leg.has_media() && leg.kept.answer_wanted) {
                incoming_has_media(board, leg);
            } else if (leg.media == MediaStage::none && wants_to_hear(leg)) {
                board.want_media(leg);
            }
            break;
        case Stage::answering:
            // The port ignores it if its text is newer than our answer.
            board.command(sip::Answer{leg.number(), leg.kept.description});
            leg.offered_in_answer = leg.kept.remote.empty();
            break;
        case Stage::up:
            // Its answer came, but perhaps never reached the worker: the peer repeats it.
            leg.kept.stale = leg.kept.stale || !leg.kept.answered_told;
            renew_description(board, leg);
            break;
        case Stage::preparing:
        case Stage::invited:
            break;
    }
    if (leg.has_media() && !plays) {
        play_ended_unheard(board, leg);
    }
}

// What the core may not have heard, because the crash came between our record and its journal.
void tell_missed(Switchboard& board, const Leg& leg) {
    const core::Leg* known = core::find_leg(board.state, leg.id());
    if (known == nullptr) {
        board.tell(arrival_of(leg));
        return;
    }
    if (leg.kept.answered_told && known->state != core::LegState::answered) {
        board.tell(core::LegAnsweredReport{leg.id()});
    }
    if (leg.kept.held != known->held) {
        board.tell(core::LegHeldReport{leg.id(), leg.kept.held});
    }
}

}  // namespace

void restore(Switchboard& board, const Side& side, const media::Found& found) {
    fill_table(board, side);
    core::ProgramStartedReport restored;
    for (const LegNumber number : board.legs.numbers()) {
        const Leg& leg = *board.legs.find(number);
        if (!leg.untold && core::find_leg(board.state, leg.id()) != nullptr) {
            restored.legs.push_back(leg.id());
        }
    }
    log::info("calls restored", {{"legs", board.legs.size()},
                                 {"media_legs", found.legs.size()},
                                 {"recordings", found.recordings.size()}});
    board.tell(std::move(restored));
    join_media(board, found);
    const std::set<LegNumber> playing(found.playing.begin(), found.playing.end());
    for (const LegNumber number : board.legs.numbers()) {
        Leg* leg = board.legs.find(number);
        if (leg == nullptr || leg->over) {
            continue;
        }
        if (leg->untold) {
            end_leg(board, *leg, false);
            continue;
        }
        if (leg->alive()) {
            tell_missed(board, *leg);
            resume(board, *leg, playing.count(number) != 0);
        }
    }
    restore_registrations(board, side);
}

}  // namespace linka::voice
