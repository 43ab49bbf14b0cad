// REGISTER requests, the life of bindings, and keeping NAT mappings of UDP phones open.
#pragma once

#include "linka/sip/context.hpp"
#include "linka/sip/registrar.hpp"

#include <map>
#include <string>

namespace linka::sip {

class RegisterServer {
  public:
    explicit RegisterServer(Context& context);

    [[nodiscard]] const Registrar& registrar() const { return registrar_; }

    void restore(const std::map<std::string, std::string>& registrations);
    /// An authenticated REGISTER; answers it.
    void on_register(nta_incoming_t* request, const sip_t& sip, const std::string& account,
                     const Source& source);
    /// Once a second: expiry, lost connections, keep-alive.
    void tick();
    /// Drops bindings of accounts that are gone.
    void accounts_changed();

  private:
    int apply(nta_incoming_t* request, const sip_t& sip, const std::string& account,
              const Source& source);
    [[nodiscard]] bool is_somebody_else(const url_t& contact, const Source& source);
    std::string contact_headers(const std::string& device) const;
    void publish(const std::string& device);
    [[nodiscard]] int reachable(const std::string& device) const;
    void keep_alive(const Binding& binding);

    Context& context_;
    Registrar registrar_;
    std::map<std::string, int> published_;  // contacts last told
    std::int64_t ticks_ = 0;
};

}  // namespace linka::sip
