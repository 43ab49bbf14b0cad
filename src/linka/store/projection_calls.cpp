// Folds of calls and their legs.
#include "linka/store/projections.hpp"

namespace linka::store {

void Projections::on(const core::CallStarted& event, const At& at) {
    calls_.insert({.id = event.call,
                   .direction = event.direction,
                   .caller = event.caller,
                   .caller_name = event.caller_name,
                   .number = event.number,
                   .trunk = event.trunk,
                   .started = at.at,
                   .ended = {}});
}

void Projections::on(const core::CallEnded& event, const At& at) {
    if (CallRow* call = calls_.change({event.call.value})) {
        call->ended = at.at;
    }
}

void Projections::on(const core::LegStarted& event, const At& at) {
    LegRow leg;
    leg.id = event.leg;
    leg.call = event.call;
    leg.user = event.user;
    leg.device = event.device;
    leg.number = event.number;
    leg.offer = event.offer;
    leg.incoming = event.incoming;
    leg.started = at.at;
    legs_.insert(std::move(leg));
}

void Projections::on(const core::LegMoved& event, const At&) {
    if (LegRow* leg = legs_.change({event.leg.value})) {
        leg->call = event.to;
    }
}

void Projections::on(const core::LegRang& event, const At& at) {
    LegRow* leg = legs_.change({event.leg.value});
    if (leg != nullptr && !leg->rang) {
        leg->rang = at.at;
    }
}

void Projections::on(const core::LegAnswered& event, const At& at) {
    LegRow* leg = legs_.change({event.leg.value});
    if (leg != nullptr && !leg->answered) {
        leg->answered = at.at;
        leg->ringing = at.at - leg->started;
    }
}

void Projections::on(const core::LegEnded& event, const At& at) {
    LegRow* leg = legs_.change({event.leg.value});
    if (leg == nullptr || leg->ended) {
        return;
    }
    leg->ended = at.at;
    leg->held = false;
    leg->cause = std::string(name_of(event.cause));
    leg->status = event.status;
    leg->by_peer = event.by_peer;
    if (leg->answered) {
        leg->speaking = at.at - leg->answered;
    } else {
        leg->ringing = at.at - leg->started;
    }
}

void Projections::on(const core::LegHeldChanged& event, const At&) {
    if (LegRow* leg = legs_.change({event.leg.value})) {
        leg->held = event.held && !leg->ended;
    }
}

void Projections::on(const core::QualityMeasured& event, const At&) {
    if (LegRow* leg = legs_.change({event.leg.value})) {
        leg->codec = event.codec;
        leg->mos_in = event.mos_in;
        leg->mos_out = event.mos_out;
        leg->loss_in = event.loss_in;
        leg->loss_out = event.loss_out;
        leg->jitter_ms = event.jitter_ms;
        leg->round_trip_ms = event.round_trip_ms;
    }
}

}  // namespace linka::store
