// Door: requests that belong to no call and no transaction: who may come in. Nothing is kept for
// those who may not: they are answered once, without a transaction (RFC 3261 §8.2.7), so that a
// flood of unanswered challenges costs neither memory nor repeated answers, and beyond the limits
// of their source they are dropped. Only what is let in gets a transaction.
#pragma once

#include "linka/sip/authenticator.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/context.hpp"
#include "linka/sip/register_server.hpp"
#include "linka/sip/source_limits.hpp"
#include "linka/sip/unanswered.hpp"

namespace linka::sip {

class Door {
  public:
    Door(Context& context, RegisterServer& registers, Calls& calls);

    /// A request from the library, which is the owner's now.
    void take(MessageRef message, const sip_t& sip);

  private:
    struct Guest {
        MessageRef message;
        const sip_t& sip;
        Source source;
        const Trunk* trunk = nullptr;  // it may speak for; null: a device or a stranger
    };
    [[nodiscard]] bool admit(const Guest& guest);
    void judge(Guest guest);
    [[nodiscard]] const Trunk* trunk_of(const sip_t& sip, const Source& source) const;
    void let_in(Guest guest);
    void on_invite(Guest guest, const Caller& caller);
    void on_register(Guest guest, const std::string& account);
    void deny(Guest guest, const Authenticator::Outcome& outcome);
    void notice_unanswered(const Guest& guest, const Authenticator::Outcome& outcome);
    void delay_challenge(Guest guest, bool only_md5);
    void answer_options(Guest guest);
    /// Answers and forgets.
    void answer(MessageRef message, const Reply& what);
    void answer(MessageRef message, int status);
    nta_incoming_t* transaction_of(MessageRef message, const sip_t& sip);

    Context& context_;
    RegisterServer& registers_;
    Calls& calls_;
    Authenticator authenticator_;
    SourceLimits limits_;
    Unanswered unanswered_;
    int delayed_ = 0;  // wrong passwords whose answer waits
};

}  // namespace linka::sip
