// The running server: everything wired together, by hand, in the order in which it starts. The
// members' order is the shutdown order, reversed.
#pragma once

#include "linka/api/certificates.hpp"
#include "linka/api/ports.hpp"
#include "linka/api/server.hpp"
#include "linka/app/accounts_teller.hpp"
#include "linka/app/address.hpp"
#include "linka/app/demo/belongings.hpp"
#include "linka/app/demo/outside.hpp"
#include "linka/app/demo/public.hpp"
#include "linka/app/engine.hpp"
#include "linka/app/options.hpp"
#include "linka/app/phone_inbox.hpp"
#include "linka/app/signals.hpp"
#include "linka/base/result.hpp"
#include "linka/runtime/loop.hpp"
#include "linka/sip/port.hpp"
#include "linka/store/store.hpp"
#include "linka/voice/voice.hpp"
#include "linka/voice/web_phones.hpp"

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace linka::app {

class Server final : public api::Health {
  public:
    explicit Server(ServeOptions options);
    ~Server() override;

    /// Everything up to ready. Errors say in one line what the administrator must mend.
    Status start();
    /// Until a signal ends it. Exit status.
    int run();

    // api::Health
    Report health() override;
    void accounts_changed() override;
    std::string demo_removed() override;

  private:
    Status open_store();
    void let_admin_in();
    Status load_state();
    Status seed_new_data();
    Status seed();
    Status seed_passwords(const std::map<std::string, std::string>& passwords,
                          const std::map<std::string, std::string>& sip_passwords);
    void tidy_demo();
    void tidied_demo(const Status& status);
    Status choose_address();
    [[nodiscard]] api::CertificateOptions certificate_options() const;
    Status make_certificates();
    Status start_sip();
    void start_voice();
    void start_public();
    Status seed_statuses();
    Status start_api();
    void announce();

    [[nodiscard]] Result<SipPasswords> sip_passwords();
    [[nodiscard]] std::vector<sip::Account> accounts(const SipPasswords& passwords);
    [[nodiscard]] std::vector<sip::Trunk> trunks(const SipPasswords& passwords);
    void tell_registrar();
    [[nodiscard]] AccountsTeller::Tell tell_sip();
    void renew_certificates();
    void on_signal(Signal signal);
    void stop(bool end_calls);
    void shut_down();

    ServeOptions options_;
    PortRange rtp_ports_;
    bool new_data_ = false;
    bool demo_ = false;         // when it started
    bool demo_tidied_ = false;  // nothing is left of it on the disk
    bool loopback_for_demo_ = false;
    std::atomic<bool> demo_left_{false};  // since it started; read on the API's threads
    std::string setup_token_;
    std::map<std::string, std::string> announced_passwords_;
    KeptBackground background_;
    store::Loaded loaded_;
    api::Certificates certificates_;

    runtime::Loop loop_;
    std::unique_ptr<Signals> signals_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Belongings> belongings_;  // of the demo, also where there is none
    std::unique_ptr<sip::Port> sip_;
    Outside* outside_ = nullptr;  // the same, of a demo
    std::unique_ptr<voice::WebPhones> web_phones_;
    std::unique_ptr<PhoneInbox> phone_inbox_;
    std::unique_ptr<voice::Voice> voice_;
    std::unique_ptr<Public> public_;  // of the demo
    std::unique_ptr<api::Server> api_;

    std::future<void> tidying_;               // ends before anything above goes
    std::unique_ptr<AccountsTeller> teller_;  // the same

    bool stopping_ = false;
    bool end_calls_ = false;
};

}  // namespace linka::app
