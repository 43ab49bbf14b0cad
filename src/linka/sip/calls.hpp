// Calls: all legs of the port. Takes commands, gets the library's callbacks, emits events. Split
// by concern: incoming.cpp, outgoing.cpp, in_dialog.cpp, offers.cpp, session.cpp, transfer.cpp,
// restore.cpp, hang_up.cpp.
#pragma once

#include "linka/sip/admission.hpp"
#include "linka/sip/leg.hpp"
#include "linka/sip/registrar.hpp"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace linka::sip {

/// Who sent an out-of-dialog request, found out by Stack.
struct Caller {
    std::string device;
    std::string trunk;
    Source source;
};

class Calls {
  public:
    Calls(Context& context, const Registrar& registrar, Admission& admission);
    ~Calls();
    Calls(const Calls&) = delete;
    Calls& operator=(const Calls&) = delete;

    void restore(const std::map<LegId, std::string>& legs);
    /// Forgets the library's objects, which its own shutdown frees: nothing is sent.
    void abandon();
    [[nodiscard]] std::size_t count() const { return live_; }
    /// Frees legs that are over. Not from within a callback.
    void tidy() {
        dead_dialogs_.clear();
        dead_.clear();
    }

    // Commands.
    void take(const Ring& command);
    void take(const Answer& command);
    void take(const Refuse& command);
    void take(Invite command);
    void take(const HangUp& command);
    void take(const Reinvite& command);
    void take(const AnswerReoffer& command);
    void take(const AskToAnswer& command);
    void take(const SendInfoDigit& command);
    void take(const TransferResult& command);

    /// A new INVITE of a known caller. Returns the status to refuse it with, or 0.
    int on_new_invite(nta_incoming_t* request, const sip_t& sip, const Caller& caller);
    /// A response that belongs to no transaction: an answer of a call that was acknowledged
    /// already, perhaps before a restart; anything else is dropped.
    void on_orphan(const sip_t& sip);

    /// A request in a dialog, from the library; `magic` is a Dialog.
    static int on_request(void* magic, nta_leg_t* nta, nta_incoming_t* request, const sip_t* sip);

  private:
    // -- incoming.cpp
    int check_new_invite(nta_incoming_t* request, const sip_t& sip);
    bool fill_incoming(Leg& leg, nta_incoming_t* request, const sip_t& sip, const Caller& caller);
    void announce(Leg& leg, const sip_t& sip, const std::string& replaces);
    void send_answer(Leg& leg);
    static int on_ack_or_cancel(void* magic, nta_incoming_t* request, const sip_t* sip);
    void on_ack(Dialog& dialog, const sip_t& sip);
    void on_cancel(Dialog& dialog, const sip_t& sip);
    void on_no_ack(Dialog& dialog);

    // -- outgoing.cpp
    void fork_to_device(Leg& leg, const Invite& command);
    void call_trunk(Leg& leg, const Invite& command, const Trunk& trunk);
    void await_first_answer(Leg& leg, Duration wait);
    Dialog& new_branch(Leg& leg, const Invite& command, const std::string& request_uri,
                       const Source& peer);
    bool send_invite(Dialog& dialog, const std::string& request_uri);
    std::string invite_headers(const Leg& leg, const Invite& command) const;
    static int on_invite_response(void* magic, nta_outgoing_t* request, const sip_t* sip);
    void on_invite_answer(Dialog& dialog, int status, const sip_t* sip);
    void on_provisional(Dialog& dialog, const sip_t& sip);
    void on_answered(Dialog& dialog, const sip_t& sip);
    void on_failed(Dialog& dialog, int status, const sip_t* sip);
    bool call_next_trunk(Leg& leg);
    bool try_again(Dialog& dialog, int status, const sip_t& sip);
    static bool learn_challenge(Leg& leg, const sip_t& sip, bool proxy);
    void learn_peer(Dialog& dialog, const sip_t& sip, bool final);
    void acknowledge(Dialog& dialog, std::int64_t cseq, const std::string& branch);
    void acknowledge_invite(Dialog& dialog, nta_outgoing_t* invite);
    void send_prack(Dialog& dialog, const sip_t& sip);
    void cancel(Dialog& dialog, bool answered_elsewhere, int cause);
    void cancel_others(Leg& leg, const Dialog* winner);

    // -- in_dialog.cpp
    int on_dialog_request(Dialog& dialog, nta_incoming_t* request, const sip_t& sip);
    int on_bye(Dialog& dialog, nta_incoming_t* request, const sip_t& sip);
    int on_info(Dialog& dialog, nta_incoming_t* request, const sip_t& sip);
    void learn_way(Dialog& dialog, nta_incoming_t* request, const sip_t& sip);
    static int on_ignored_response(void* magic, nta_outgoing_t* request, const sip_t* sip);
    std::string authorization(Leg& leg, const std::string& method, const std::string& uri) const;

    // -- offers.cpp
    int on_peer_offer(Dialog& dialog, nta_incoming_t* request, const sip_t& sip, bool is_update);
    int check_offer(Dialog& dialog, nta_incoming_t* request, const sip_t& sip);
    void answer_offer(Leg& leg, const std::string& sdp);
    void drop_offer(Leg& leg, int status, const std::string& warning = {});
    static int on_offer_ack(void* magic, nta_incoming_t* request, const sip_t* sip);
    void send_own_offer(Leg& leg);
    static int on_offer_response(void* magic, nta_outgoing_t* request, const sip_t* sip);
    void on_offer_answer(Dialog& dialog, nta_outgoing_t* request, int status, const sip_t* sip);
    void retry_after_glare(Leg& leg);

    // -- session.cpp
    std::string session_answer(Leg& leg, const sip_t& sip);
    void session_from_answer(Leg& leg, const sip_t& sip);
    void arm_session(Leg& leg);
    void on_session_due(LegId id);

    // -- transfer.cpp
    int on_refer(Dialog& dialog, nta_incoming_t* request, const sip_t& sip);
    void report_transfer(Leg& leg, int status, bool over);
    LegId find_replaced(const sip_replaces_t& replaces, int& refusal);

    // -- restore.cpp
    bool restore_one(LegId id, const std::string& text);
    bool restore_invited(Dialog& dialog);
    bool restore_invite(Dialog& dialog);

    // -- hang_up.cpp
    void say_bye(Leg& leg, int cause);
    static int on_bye_response(void* magic, nta_outgoing_t* request, const sip_t* sip);
    void on_bye_answer(Dialog& dialog, int status, const sip_t* sip);
    static void destroy_dialogs(Leg& leg);
    void end(Leg& leg, const Ended& event);
    void drop_dialog(Leg& leg, const Dialog* dialog);
    void refuse(Leg& leg, int status, const std::string& reason, int retry_after_s,
                const std::string& warning = {});
    void bury(Leg& leg);
    /// Ends a leg, soon, whose peer cannot be sent to any more.
    void lose(const Leg& leg);

    // -- calls.cpp
    Leg* find(LegId id);
    Leg& make(LegId id, bool outgoing);
    std::string saved(Leg& leg);
    void reply(nta_incoming_t* request, const Reply& what) const;

    Context& context_;
    const Registrar& registrar_;
    Admission& admission_;
    LegId next_incoming_;
    std::unordered_map<LegId, std::unique_ptr<Leg>> legs_;
    // Over, but for the answer to our BYE: at most as long as its transaction, 32 s.
    std::unordered_map<LegId, std::unique_ptr<Leg>> leaving_;
    std::vector<std::unique_ptr<Leg>> dead_;
    std::vector<std::unique_ptr<Dialog>> dead_dialogs_;
    std::size_t live_ = 0;
    Instant orphan_second_;
    int orphans_ = 0;
};

}  // namespace linka::sip
