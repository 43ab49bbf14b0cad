// Legs after a restart: dialogs from their saved text, the answers and the ringing that were under
// way, and answers that come once more.
#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/message_parts.hpp"
#include "linka/sip/reach.hpp"

namespace linka::sip {
namespace {

// Requests sent after the text was saved are not in it: a number too high is legal (RFC 3261
// §12.2.2), one used twice breaks the call.
constexpr std::int64_t cseq_leap = 100;
constexpr int orphans_per_second_max = 50;

MessageRef message_from(const std::string& text) {
    return MessageRef(
        msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size())));
}

}  // namespace

void Calls::restore(const std::map<LegId, std::string>& legs) {
    std::size_t restored = 0;
    for (const auto& [id, text] : legs) {
        if (restore_one(id, text)) {
            ++restored;
        } else {
            context_.events.emit(Ended{id, 481, false, false, 0});
        }
        if (id % 2 == 1) {
            next_incoming_ = std::max(next_incoming_, id + 2);
        }
    }
    if (!legs.empty()) {
        log::info("sip legs restored", {{"restored", restored}, {"lost", legs.size() - restored}});
    }
}

bool Calls::restore_one(LegId id, const std::string& text) {
    Result<LegRecord> record = from_saved(text);
    if (!record || record->leg != id || record->outgoing != (id % 2 == 0) || legs_.contains(id)) {
        log::warn("leg cannot be restored",
                  {{"leg", id}, {"reason", record ? "numbers differ" : record.error().text}});
        return false;
    }
    Leg& leg = make(id, record->outgoing);
    leg.record = std::move(*record);
    bool good = true;
    for (const DialogRecord& saved_dialog : leg.record.dialogs) {
        leg.dialogs.push_back(std::make_unique<Dialog>(*this, leg));
        Dialog& dialog = *leg.dialogs.back();
        dialog.record = saved_dialog;
        dialog.record.cseq += cseq_leap;
        good = good && build(context_, dialog);
        if (good && leg.record.state != LegState::confirmed) {
            good = leg.record.outgoing ? restore_invite(dialog) : restore_invited(dialog);
        }
    }
    if (!good) {
        log::warn("leg cannot be restored", {{"leg", id}, {"reason", "its dialog is broken"}});
        leg.ended = true;
        --live_;
        counters().legs.add(-1);
        bury(leg);
        return false;
    }
    if (leg.record.state == LegState::confirmed) {
        arm_session(leg);
    }
    return true;
}

bool Calls::restore_invited(Dialog& dialog) {
    MessageRef message = message_from(dialog.record.invite);
    sip_t* sip = message ? sip_object(message.get()) : nullptr;
    if (sip == nullptr || sip->sip_request == nullptr ||
        sip->sip_request->rq_method != sip_method_invite || sip_sanity_check(sip) < 0) {
        return false;
    }
    const std::string protocol(name_of(dialog.record.peer.transport));
    tp_name_t name[1] = {};
    name->tpn_proto = protocol.c_str();
    name->tpn_host = dialog.record.peer.host.c_str();  // without brackets: chooses the family
    tport_t* connection = connection_of(context_, dialog);
    tport_t* transport = connection != nullptr
                             ? connection
                             : tport_primary_by_name(nta_agent_tports(context_.agent), name);
    if (transport == nullptr) {
        return false;
    }
    nta_incoming_t* request = nta_incoming_create(context_.agent, dialog.nta, message.release(),
                                                  sip, NTATAG_TPORT(transport), TAG_END());
    if (request == nullptr) {
        return false;
    }
    nta_incoming_bind(request, &Calls::on_ack_or_cancel, &dialog);
    dialog.invited = request;
    dialog.leg.offer_was_ours = description_of(*sip).sdp.empty();
    if (dialog.leg.record.state == LegState::answered) {
        send_answer(dialog.leg);
    }
    return true;
}

bool Calls::restore_invite(Dialog& dialog) {
    DialogRecord& record = dialog.record;
    MessageRef message = message_from(record.invite);
    const sip_t* sip = message ? sip_object(message.get()) : nullptr;
    if (sip == nullptr || sip->sip_request == nullptr || record.branch.empty() ||
        sip->sip_request->rq_method != sip_method_invite || sip->sip_from == nullptr ||
        sip->sip_to == nullptr || sip->sip_call_id == nullptr || sip->sip_cseq == nullptr) {
        return false;
    }
    tport_t* connection = connection_of(context_, dialog);
    const std::string next =
        record.route.empty() ? bracketed(*sip->sip_request->rq_url) : record.route;
    if (connection == nullptr && !reach_fault(next).empty()) {
        return false;
    }
    nta_outgoing_t* invite =
        nta_outgoing_mcreate(context_.agent, &Calls::on_invite_response, &dialog,
                             record.route.empty() ? nullptr : URL_STRING_MAKE(record.route.c_str()),
                             message.get(), NTATAG_BRANCH_KEY(record.branch.c_str()),
                             TAG_IF(connection != nullptr, NTATAG_TPORT(connection)), TAG_END());
    if (invite == nullptr) {
        return false;
    }
    static_cast<void>(message.release());  // the transaction's now
    dialog.invite = invite;
    return true;
}

void Calls::on_orphan(const sip_t& sip) {
    counters().orphans.add();
    const bool answer = sip.sip_status != nullptr && sip.sip_cseq != nullptr &&
                        sip.sip_cseq->cs_method == sip_method_invite &&
                        sip.sip_status->st_status >= 200 && sip.sip_status->st_status < 300;
    const bool ours = sip.sip_via != nullptr && sip.sip_via->v_next == nullptr &&
                      sip.sip_via->v_branch != nullptr;
    if (!answer || !ours || sip.sip_from == nullptr || sip.sip_from->a_tag == nullptr ||
        sip.sip_to == nullptr || sip.sip_to->a_tag == nullptr) {
        return;
    }
    const Instant now = runtime::steady_now();
    if (now - orphan_second_ > 1s) {
        orphan_second_ = now;
        orphans_ = 0;
    }
    if (++orphans_ > orphans_per_second_max) {
        return;
    }
    // Only a call that we know is acknowledged again, on its recorded way. RFC 3261 §13.2.2.4 would
    // have a UAC acknowledge and end whatever it is answered; then anybody's answer with a third
    // party's Contact makes us send there. A peer whose answer nobody acknowledges gives up itself.
    nta_leg_t* nta = nta_leg_by_dialog(context_.agent, nullptr, sip.sip_call_id, sip.sip_to->a_tag,
                                       nullptr, sip.sip_from->a_tag, nullptr);
    void* magic = nta == nullptr ? nullptr : nta_leg_magic(nta, &Calls::on_request);
    if (magic != nullptr) {
        acknowledge(*static_cast<Dialog*>(magic), sip.sip_cseq->cs_seq,
                    copy(sip.sip_via->v_branch));
    }
}

}  // namespace linka::sip
