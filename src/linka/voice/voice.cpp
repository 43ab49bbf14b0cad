#include "linka/voice/voice.hpp"

#include "linka/core/journal/numbers.hpp"
#include "linka/core/view.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log_limited.hpp"
#include "linka/voice/digits.hpp"
#include "linka/voice/ending.hpp"
#include "linka/voice/hearing.hpp"
#include "linka/voice/incoming.hpp"
#include "linka/voice/media_loss.hpp"
#include "linka/voice/outgoing.hpp"
#include "linka/voice/recordings.hpp"
#include "linka/voice/referral.hpp"
#include "linka/voice/registrations.hpp"
#include "linka/voice/reoffer.hpp"
#include "linka/voice/restore.hpp"
#include "linka/voice/save.hpp"
#include "linka/voice/switchboard.hpp"

#include <algorithm>
#include <utility>

#include <sys/epoll.h>

namespace linka::voice {
namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

void store_saved(Switchboard& board, LegNumber number, const std::string& saved) {
    if (Leg* leg = board.legs.find(number); leg != nullptr && !leg->over) {
        leg->kept.sip.text = saved;
        board.changed(*leg);
    }
}

void transfer_asked(Switchboard& board, const sip::TransferAsked& event) {
    const Leg* leg = board.legs.find(event.leg);
    if (leg == nullptr || !leg->alive()) {
        board.command(sip::TransferResult{event.leg, 481});
        return;
    }
    board.tell(core::TransferAskedReport{leg->id(), event.to, core::LegId{event.replaces_leg}});
}

void handle(Switchboard& board, const sip::Event& event) {
    std::visit(Overloaded{
                   [&](const sip::Incoming& arrived) { call_arrived(board, arrived); },
                   [&](const sip::Progress& progress) { progressed(board, progress); },
                   [&](const sip::Answered& answer) { answered(board, answer); },
                   [&](const sip::Confirmed& ack) { confirmed(board, ack); },
                   [&](const sip::Reoffer& reoffer) { reoffered(board, reoffer); },
                   [&](const sip::Reanswered& answer) { reanswered(board, answer); },
                   [&](const sip::TransferAsked& asked) { transfer_asked(board, asked); },
                   [&](const sip::InfoDigit& digit) { digit_told(board, digit.leg, digit.digit); },
                   [&](const sip::Ended& ended) { signalling_ended(board, ended); },
                   [&](const sip::Saved& saved) { store_saved(board, saved.leg, saved.saved); },
                   [&](const sip::Registration& registration) { registered(board, registration); },
                   [&](const sip::NeverAnswers& silent) { asked_in_vain(board, silent); },
                   [&](const sip::TrunkState& trunk) { board.trunks.told(trunk); },
                   [&](const sip::AuthFailed& failed) {
                       board.silent.forget(failed.device);  // it does answer
                       static log::Limited line;
                       line.warn("wrong SIP password", {{"device", log::outside(failed.device)},
                                                        {"address", failed.address},
                                                        {"locked", failed.locked}});
                   },
               },
               event);
}

void handle(Switchboard& board, const media::Notice& notice) {
    std::visit(Overloaded{
                   [](const media::Reply&) {},
                   [&](const media::Dtmf& digit) {
                       if (!digit.digit.empty()) {
                           digit_heard(board, digit.leg, digit.digit.front());
                       }
                   },
                   [&](const media::PlayDone& done) { play_done(board, done); },
                   [&](const media::RecordDone& done) { record_done(board, done); },
                   [&](const media::Quality& quality) { quality_measured(board, quality); },
                   [&](const media::Quiet& quiet) { leg_quiet(board, quiet); },
               },
               notice);
}

// Calls `act` with the leg if it is alive; effects about others are dropped.
template <typename Act>
void with(Switchboard& board, core::LegId id, Act act) {
    if (Leg* leg = board.legs.find(id); leg != nullptr && leg->alive()) {
        act(*leg);
    }
}

void carry_out_one(Switchboard& board, const core::Effect& effect) {
    std::visit(Overloaded{
                   [&](const core::RingLeg& e) {
                       with(board, e.leg, [&](Leg& leg) { ring_leg(board, leg); });
                   },
                   [&](const core::AnswerLeg& e) {
                       with(board, e.leg, [&](Leg& leg) { answer_leg(board, leg); });
                   },
                   [&](const core::RefuseLeg& e) {
                       with(board, e.leg, [&](Leg& leg) { refuse_leg(board, leg, e.cause); });
                   },
                   [&](const core::DialDevice& e) { dial_device(board, e); },
                   [&](const core::DialNumber& e) { dial_number(board, e); },
                   [&](const core::EndLeg& e) {
                       with(board, e.leg, [&](Leg& leg) { end_leg(board, leg, e.elsewhere); });
                   },
                   [&](const core::ConnectLegs& e) {
                       with(board, e.a, [&](Leg& a) {
                           with(board, e.b, [&](Leg& b) { connect_legs(board, a, b); });
                       });
                   },
                   [&](const core::DisconnectLeg& e) {
                       with(board, e.leg, [&](Leg& leg) { disconnect_leg(board, leg); });
                   },
                   [&](const core::PlaySounds& e) {
                       with(board, e.leg, [&](Leg& leg) { play_sounds(board, leg, e); });
                   },
                   [&](const core::StopSounds& e) {
                       with(board, e.leg, [&](Leg& leg) { stop_sounds(board, leg); });
                   },
                   [&](const core::EchoLeg& e) {
                       with(board, e.leg, [&](Leg& leg) { echo_leg(board, leg); });
                   },
                   [&](const core::MuteLeg& e) {
                       with(board, e.leg, [&](Leg& leg) { mute_leg(board, leg, e.on); });
                   },
                   [&](const core::SendDtmf& e) {
                       with(board, e.leg, [&](Leg& leg) { send_dtmf(board, leg, e.digits); });
                   },
                   [&](const core::AskToAnswer& e) {
                       with(board, e.leg, [&](Leg& leg) { ask_to_answer(board, leg); });
                   },
                   [&](const core::StartRecording& e) { start_recording(board, e); },
                   [&](const core::StopRecording& e) { stop_recording(board, e.recording); },
                   [&](const core::ReleaseRecording& e) { release_recording(board, e.recording); },
                   [](const core::ConfirmTransfer&) {},  // said first: confirm_transfers()
               },
               effect);
}

}  // namespace

// The two sources of events, and the moment of start.
class Voice::Machinery {
  public:
    Machinery(runtime::Loop& loop, sip::Port& port, const MediaFactory& start_media,
              const core::State& state, Sink sink, Options options, Side side)
        : board(loop, port, state, std::move(sink), std::move(options)),
          loop_(loop),
          port_(port),
          side_(std::move(side)) {
        media::Events events;
        events.notice = [this](const media::Notice& notice) {
            board.from_outside([this, notice] { handle(board, notice); });
        };
        events.lost = [this](const std::vector<media::LegId>& lost) {
            board.from_outside([this, lost] { media_lost(board, lost); });
        };
        events.ready = [this](const media::Found& found) {
            board.from_outside([this, found] { start(found); });
        };
        board.take_media(start_media(std::move(events)));
        board.later(board.options.ready_wait, [this] {
            if (!ready_) {
                log::error("media workers do not report, starting without");
                start({});
            }
        });
    }

    ~Machinery() { detach(); }
    Machinery(const Machinery&) = delete;
    Machinery& operator=(const Machinery&) = delete;

    void detach() {
        if (std::exchange(watching_, false)) {
            loop_.unwatch(port_.events_fd());
        }
        board.detach();
    }

    [[nodiscard]] bool ready() const { return ready_; }

    Switchboard board;

  private:
    void start(const media::Found& found) {
        if (std::exchange(ready_, true)) {
            return;
        }
        restore(board, std::exchange(side_, {}), found);
        watching_ = true;
        loop_.watch(port_.events_fd(), EPOLLIN, [this](std::uint32_t) { take_events(); });
    }

    void take_events() {
        board.from_outside([this] {
            for (const sip::Event& event : port_.take_events()) {
                handle(board, event);
            }
        });
    }

    runtime::Loop& loop_;
    sip::Port& port_;
    Side side_;
    bool ready_ = false;
    bool watching_ = false;
};

sip::Restore sip_restore(const Side& side) {
    sip::Restore restore;
    for (const auto& [place, value] : side) {
        if (place.first == registration_kind) {
            const Result<RegistrationRecord> record = registration_from_text(value);
            if (record) {
                restore.registrations[place.second] = record->sip;
            }
        } else if (place.first == leg_kind) {
            const Result<LegRecord> record = leg_from_text(value);
            if (record && !record->sip.text.empty()) {
                restore.legs[record->leg] = record->sip.text;
            }
        }
    }
    return restore;
}

sip::LegId first_incoming(const core::State& state, const Side& side) {
    sip::LegId last = core::first_leg_in(state) - 2;
    for (const auto& [place, value] : side) {
        const Result<LegRecord> record =
            place.first == leg_kind ? leg_from_text(value) : Result<LegRecord>(LegRecord{});
        if (record && record->incoming) {
            last = std::max(last, record->leg);
        }
    }
    return last % 2 == 0 ? last + 1 : last + 2;
}

Voice::Voice(runtime::Loop& loop, sip::Port& port, const MediaFactory& start_media,
             const core::State& state, Sink sink, Options options, const Side& side)
    : machinery_(std::make_unique<Machinery>(loop, port, start_media, state, std::move(sink),
                                             std::move(options), side)) {
}

Voice::~Voice() = default;

void Voice::carry_out(const std::vector<core::Effect>& effects) {
    machinery_->board.from_outside([this, effects] {
        confirm_transfers(machinery_->board, effects);
        for (const core::Effect& effect : effects) {
            carry_out_one(machinery_->board, effect);
        }
    });
}

void Voice::drain(bool on) {
    machinery_->board.command(sip::Drain{on});
}

void Voice::detach() {
    machinery_->detach();
}

void Voice::end_all() {
    machinery_->board.from_outside([this] {
        Switchboard& board = machinery_->board;
        drop_referrals(board);
        for (const LegNumber number : board.legs.numbers()) {
            with(board, core::LegId{number}, [&](Leg& leg) { end_leg(board, leg, false); });
        }
    });
}

void Voice::quit() {
    if (media::Media* media = machinery_->board.media(); media != nullptr) {
        media->quit();
    }
}

bool Voice::ready() const {
    return machinery_->ready();
}

std::size_t Voice::legs() const {
    return machinery_->board.legs.size();
}

SilentTelephones::Table Voice::silent_telephones() const {
    return machinery_->board.silent.table(runtime::wall_now());
}

TrunkStates::Table Voice::trunk_states() const {
    return machinery_->board.trunks.table();
}

}  // namespace linka::voice
