// Names: the addresses of the few hosts that are configured by name (trunks), looked up on a thread
// of its own, so that the SIP thread never waits for DNS. An address that was known once is kept
// while DNS fails. Nothing that a peer says is ever looked up.
#pragma once

#include "linka/base/time.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace linka::sip {

class Names {
  public:
    /// Addresses of a host, best first; empty if it has none or cannot be asked. May block.
    using Lookup = std::function<std::vector<std::string>(const std::string& host)>;

    static constexpr std::size_t hosts_max = 256;  // later ones are not looked up
    static constexpr Duration lifetime = 60s;      // then asked again; the system hides DNS's own
    static constexpr Duration retry = 5s;          // after a failure

    explicit Names(Lookup lookup = system_lookup);
    /// Does not wait for a lookup under way.
    ~Names();
    Names(const Names&) = delete;
    Names& operator=(const Names&) = delete;

    /// The hosts to know from now on; addresses among them are ignored. The first ones start the
    /// thread.
    void watch(const std::vector<std::string>& hosts, Instant steady);
    /// Asks for what is due. Once a second.
    void tick(Instant steady);
    /// The address of a watched host; empty while it is not known. An IP address is its own.
    [[nodiscard]] std::string address(const std::string& host) const;

    static std::vector<std::string> system_lookup(const std::string& host);

  private:
    struct Shared;
    static void work(const std::shared_ptr<Shared>& shared);

    // Shared by this object and its thread, which may hang in a lookup longer than this lives.
    const std::shared_ptr<Shared> shared_;
    bool started_ = false;
};

}  // namespace linka::sip
