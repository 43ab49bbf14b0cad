#include "sim/exchange.hpp"

namespace linka::sim {
namespace {

int status_of(core::RefuseCause cause) {
    switch (cause) {
        case core::RefuseCause::busy:
            return 486;
        case core::RefuseCause::congestion:
            return 503;
        case core::RefuseCause::not_found:
            return 404;
        case core::RefuseCause::forbidden:
            return 403;
        case core::RefuseCause::declined:
            return 603;
        case core::RefuseCause::no_answer:
            return 480;
    }
    return 500;
}

/// About 16 kbit/s.
std::int64_t bytes_of(Duration length) {
    return length.count() / 500;
}

}  // namespace

void Exchange::execute(const core::Effect& effect, Instant now) {
    now_ = now;
    std::visit([this](const auto& one) { on(one); }, effect);
}

core::LegId Exchange::call(const Dial& dial) {
    const core::LegId leg{next_incoming_};
    next_incoming_ += 2;
    Wire wire;
    wire.leg = leg;
    wire.incoming = true;
    wire.device = dial.device;
    wire.number = dial.caller;
    wires_.emplace(leg, wire);
    report_(Duration{0},
            core::CallArrivedReport{
                leg, dial.device, dial.trunk, dial.number, dial.caller, {}, dial.replaces});
    return leg;
}

void Exchange::answer(core::LegId leg) {
    Wire* wire = living(leg);
    if (wire == nullptr || wire->incoming || wire->state == WireState::answered) {
        return;
    }
    wire->state = WireState::answered;
    report_(manners_.latency(), core::LegAnsweredReport{leg});
}

void Exchange::refuse(core::LegId leg, int status) {
    Wire* wire = living(leg);
    if (wire == nullptr || wire->incoming || wire->state == WireState::answered) {
        return;
    }
    end(*wire);
    report_(manners_.latency(), core::LegEndedReport{leg, status, true, false, false});
}

void Exchange::hang_up(core::LegId leg) {
    Wire* wire = living(leg);
    if (wire == nullptr) {
        return;
    }
    end(*wire);
    report_(manners_.latency(), core::LegEndedReport{leg, 0, true, false, false});
}

void Exchange::lose(core::LegId leg) {
    Wire* wire = living(leg);
    if (wire == nullptr) {
        return;
    }
    end(*wire);
    report_(manners_.latency(), core::LegEndedReport{leg, 408, true, false, true});
}

void Exchange::refuse_at_door(core::LegId leg) {
    if (Wire* wire = living(leg)) {
        wire->refused = true;
        wire->cause = core::RefuseCause::congestion;
        end(*wire);
    }
}

void Exchange::forget(core::LegId leg) {
    if (Wire* wire = living(leg)) {
        end(*wire);
    }
    wires_.erase(leg);
    for (auto& [id, recorder] : recorders_) {
        if (recorder.customer == leg && recorder.running) {
            recorder.running = false;
            recorder.length = now_ - recorder.since;
        }
    }
}

const Wire* Exchange::find(core::LegId leg) const {
    const auto it = wires_.find(leg);
    return it == wires_.end() ? nullptr : &it->second;
}

std::vector<core::LegId> Exchange::alive() const {
    std::vector<core::LegId> legs;
    for (const auto& [leg, wire] : wires_) {
        if (wire.state != WireState::ended) {
            legs.push_back(leg);
        }
    }
    return legs;
}

void Exchange::report_again() {
    for (const core::LegId leg : alive()) {
        const Wire& wire = wires_.at(leg);
        if (wire.state == WireState::answered) {
            report_(manners_.latency(), core::LegAnsweredReport{leg});
        } else if (wire.state == WireState::ringing) {
            report_(manners_.latency(),
                    core::LegRingingReport{leg, false, manners_.answers_remotely(wire.device)});
        }
    }
    for (const auto& [id, recorder] : recorders_) {
        if (!recorder.running && !recorder.released) {
            report_(manners_.latency(),
                    core::RecordingEndedReport{
                        id, recorder.length, bytes_of(recorder.length), false, {}});
        }
    }
}

Wire* Exchange::living(core::LegId leg) {
    const auto it = wires_.find(leg);
    return it == wires_.end() || it->second.state == WireState::ended ? nullptr : &it->second;
}

void Exchange::part(Wire& wire) {
    if (Wire* peer = living(wire.peer); peer != nullptr && peer->peer == wire.leg) {
        peer->peer = {};
    }
    wire.peer = {};
}

void Exchange::silence(Wire& wire) {
    wire.sounds.clear();
    wire.loop = false;
    wire.play = {};
    wire.echo = false;
}

void Exchange::end(Wire& wire) {
    part(wire);
    silence(wire);
    wire.state = WireState::ended;
}

void Exchange::dial(Wire wire) {
    const core::LegId leg = wire.leg;
    if (!wires_.emplace(leg, std::move(wire)).second) {
        return;
    }
    const int status = manners_.refusal(wires_.at(leg));
    if (status == Manners::silent) {
        return;
    }
    if (status != 0) {
        later_(manners_.latency(), [this, leg, status] { refuse(leg, status); });
        return;
    }
    later_(manners_.latency(), [this, leg] { start_ringing(leg); });
}

void Exchange::start_ringing(core::LegId leg) {
    Wire* wire = living(leg);
    if (wire == nullptr || wire->state != WireState::dialled) {
        return;
    }
    wire->state = WireState::ringing;
    const bool remote = manners_.answers_remotely(wire->device);
    report_(Duration{0}, core::LegRingingReport{leg, false, remote});
    if (wire->auto_answer && remote) {
        later_(manners_.latency(), [this, leg] { answer(leg); });
        return;
    }
    manners_.rang(*wire);
}

void Exchange::on(const core::RingLeg& effect) {
    if (Wire* wire = living(effect.leg)) {
        wire->ringback = true;
        wire->state = wire->state == WireState::dialled ? WireState::ringing : wire->state;
    }
}

void Exchange::on(const core::AnswerLeg& effect) {
    Wire* wire = living(effect.leg);
    if (wire == nullptr || !wire->incoming || wire->state == WireState::answered) {
        return;
    }
    wire->state = WireState::answered;
    report_(manners_.latency(), core::LegAnsweredReport{effect.leg});
}

void Exchange::on(const core::RefuseLeg& effect) {
    Wire* wire = living(effect.leg);
    if (wire == nullptr) {
        return;
    }
    wire->refused = true;
    wire->cause = effect.cause;
    end(*wire);
    report_(manners_.latency(),
            core::LegEndedReport{effect.leg, status_of(effect.cause), false, false, false});
}

void Exchange::on(const core::DialDevice& effect) {
    Wire wire;
    wire.leg = effect.leg;
    wire.device = effect.device;
    wire.shown = effect.caller;
    wire.auto_answer = effect.auto_answer;
    dial(std::move(wire));
}

void Exchange::on(const core::DialNumber& effect) {
    Wire wire;
    wire.leg = effect.leg;
    wire.number = effect.number;
    wire.shown = effect.caller;
    dial(std::move(wire));
}

void Exchange::on(const core::EndLeg& effect) {
    Wire* wire = living(effect.leg);
    if (wire == nullptr) {
        return;
    }
    wire->elsewhere = effect.elsewhere;
    end(*wire);
    report_(manners_.latency(),
            core::LegEndedReport{effect.leg, 0, false, effect.elsewhere, false});
}

void Exchange::on(const core::ConnectLegs& effect) {
    Wire* a = living(effect.a);
    Wire* b = living(effect.b);
    if (a == nullptr || b == nullptr) {
        return;
    }
    part(*a);
    part(*b);
    silence(*a);
    silence(*b);
    a->peer = effect.b;
    b->peer = effect.a;
}

void Exchange::on(const core::DisconnectLeg& effect) {
    if (Wire* wire = living(effect.leg)) {
        part(*wire);
    }
}

void Exchange::on(const core::PlaySounds& effect) {
    Wire* wire = living(effect.leg);
    if (wire == nullptr) {
        return;
    }
    silence(*wire);
    wire->sounds = effect.sounds;
    wire->loop = effect.loop;
    wire->play = effect.play;
    if (effect.loop) {
        return;
    }
    later_(manners_.length(effect.sounds), [this, leg = effect.leg, play = effect.play] {
        Wire* player = living(leg);
        if (player != nullptr && player->play == play && play) {
            silence(*player);
            report_(Duration{0}, core::PlayEndedReport{leg, play});
        }
    });
}

void Exchange::on(const core::StopSounds& effect) {
    if (Wire* wire = living(effect.leg)) {
        silence(*wire);
    }
}

void Exchange::on(const core::EchoLeg& effect) {
    if (Wire* wire = living(effect.leg)) {
        part(*wire);
        silence(*wire);
        wire->echo = true;
    }
}

void Exchange::on(const core::MuteLeg& effect) {
    if (Wire* wire = living(effect.leg)) {
        wire->muted = effect.on;
    }
}

void Exchange::on(const core::SendDtmf& effect) {
    if (Wire* wire = living(effect.leg)) {
        wire->digits += effect.digits;
    }
}

void Exchange::on(const core::AskToAnswer& effect) {
    Wire* wire = living(effect.leg);
    if (wire == nullptr || wire->incoming || wire->state != WireState::ringing) {
        return;
    }
    wire->asked_to_answer = true;
    if (manners_.answers_remotely(wire->device)) {
        later_(manners_.latency(), [this, leg = effect.leg] { answer(leg); });
    }
}

void Exchange::on(const core::StartRecording& effect) {
    Recorder& recorder = recorders_[effect.recording];
    if (!recorder.since) {
        recorder.since = now_;
        recorder.file = effect.file;
    }
    recorder.customer = effect.customer;
    recorder.agent = effect.agent;
}

void Exchange::on(const core::StopRecording& effect) {
    const auto it = recorders_.find(effect.recording);
    if (it == recorders_.end()) {
        // As voice does: a crash swallowed its beginning.
        report_(manners_.latency(),
                core::RecordingEndedReport{effect.recording, {}, 0, true, "no_leg"});
        return;
    }
    if (!it->second.running) {
        return;
    }
    it->second.running = false;
    it->second.length = now_ - it->second.since;
    report_(manners_.latency(),
            core::RecordingEndedReport{
                effect.recording, it->second.length, bytes_of(it->second.length), false, {}});
}

void Exchange::on(const core::ReleaseRecording& effect) {
    const auto it = recorders_.find(effect.recording);
    if (it != recorders_.end()) {
        it->second.released = true;
    }
}

void Exchange::on(const core::ConfirmTransfer&) {
}

}  // namespace linka::sim
