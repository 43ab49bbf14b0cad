// Stack: the whole of the SIP thread: the library's agent, and who gets what it hands over. Lives
// and dies on that thread.
#pragma once

#include "linka/sip/calls.hpp"
#include "linka/sip/connections.hpp"
#include "linka/sip/door.hpp"
#include "linka/sip/register_server.hpp"
#include "linka/sip/sofia_loop.hpp"
#include "linka/sip/tls_contexts.hpp"
#include "linka/sip/trunk_client.hpp"

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
    static int on_message(void* self, nta_agent_t* agent, msg_t* message, sip_t* sip);
    static int on_orphan(void* self, nta_outgoing_t* request, const sip_t* sip);
    void set_trunks(std::vector<Trunk> trunks);
    void close_connections();
    void every_second();

    SofiaLoop& loop_;
    Context context_;
    Admission admission_;
    TlsContexts tls_;
    std::unique_ptr<RegisterServer> registers_;
    std::unique_ptr<Calls> calls_;
    std::unique_ptr<TrunkClient> trunks_;
    std::unique_ptr<Door> door_;
    ConnectionLimits connections_;
    std::int64_t seconds_ = 0;
};

}  // namespace linka::sip
