#include "linka/sip/calls.hpp"

#include "linka/base/assert.hpp"
#include "linka/sip/counters.hpp"

namespace linka::sip {

Calls::Calls(Context& context, const Registrar& registrar, Admission& admission)
    : context_(context),
      registrar_(registrar),
      admission_(admission),
      next_incoming_(context.options.first_incoming | 1) {
}

Calls::~Calls() {
    counters().legs.add(-static_cast<std::int64_t>(live_));
}

Leg* Calls::find(LegId id) {
    const auto found = legs_.find(id);
    return found == legs_.end() || found->second->ended ? nullptr : found->second.get();
}

Leg& Calls::make(LegId id, bool outgoing) {
    auto leg = std::make_unique<Leg>();
    leg->record.leg = id;
    leg->record.outgoing = outgoing;
    Leg& made = *leg;
    const bool is_new = legs_.emplace(id, std::move(leg)).second;
    LINKA_ASSERT(is_new);
    ++live_;
    counters().legs.add(1);
    return made;
}

std::string Calls::saved(Leg& leg) {
    leg.record.dialogs.clear();
    for (const auto& dialog : leg.dialogs) {
        take_sequence(*dialog);
        leg.record.dialogs.push_back(dialog->record);
    }
    return to_saved(leg.record);
}

void Calls::reply(nta_incoming_t* request, const Reply& what) const {
    sip::reply(context_, request, what);
}

void Calls::abandon() {
    for (auto* legs : {&legs_, &leaving_}) {
        for (auto& [id, leg] : *legs) {
            for (auto& dialog : leg->dialogs) {
                dialog->nta = nullptr;
                dialog->invite = nullptr;
                dialog->invited = nullptr;
                dialog->connection.reset();
            }
        }
    }
}

}  // namespace linka::sip
