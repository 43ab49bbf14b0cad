// Stack: the whole of the SIP thread: the library's agent, and who gets which request. Lives and
// dies on that thread.
#pragma once

#include "linka/sip/authenticator.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/register_server.hpp"
#include "linka/sip/sofia_loop.hpp"
#include "linka/sip/tls_contexts.hpp"

#include <memory>
#include <vector>

namespace linka::sip {

class Stack {
  public:
    Stack(Options options, SofiaLoop& loop, runtime::BoundedQueue<Event>& events);
    /// Sends nothing: the legs can be restored.
    ~Stack();
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;

    /// Opens the transports and restores what there was. Errors name what could not be had.
    Status start(std::vector<Account> accounts, std::vector<Trunk> trunks, const Restore& restore);
    void take(Command command);
    /// After each step of the loop.
    void tidy();

    [[nodiscard]] int port() const { return context_.port; }
    [[nodiscard]] int tls_port() const { return context_.tls_port; }

  private:
    static int on_default_request(void* self, nta_leg_t* leg, nta_incoming_t* request,
                                  const sip_t* sip);
    static int on_orphan(void* self, nta_outgoing_t* request, const sip_t* sip);
    int on_out_of_dialog(nta_incoming_t* request, const sip_t& sip);
    /// 416 and 420 (answered), or 0.
    int check(nta_incoming_t* request, const sip_t& sip);
    int on_invite(nta_incoming_t* request, const sip_t& sip);
    int on_register(nta_incoming_t* request, const sip_t& sip);
    [[nodiscard]] const Trunk* trunk_of(const sip_t& sip, const Source& source) const;
    int deny(nta_incoming_t* request, const Authenticator::Outcome& outcome);
    void challenge(nta_incoming_t* request, bool stale, bool only_md5);
    int answer_options(nta_incoming_t* request);
    void every_second();

    SofiaLoop& loop_;
    Context context_;
    Admission admission_;
    TlsContexts tls_;
    std::unique_ptr<Authenticator> authenticator_;
    std::unique_ptr<RegisterServer> registers_;
    std::unique_ptr<Calls> calls_;
    int delayed_ = 0;  // wrong passwords whose answer waits
};

}  // namespace linka::sip
