// Which contacts a device can be reached at (RFC 3261 §10.3): bindings with expiry and preference.
// Pure: time is given, nothing is sent. Requests are read by register_server.cpp.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/result.hpp"
#include "linka/base/time.hpp"
#include "linka/sip/source.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linka::sip {

/// One contact of a device.
struct Binding {
    std::string contact;   // URI as the device gave it, without angle brackets
    std::string instance;  // +sip.instance (RFC 5626), or empty
    std::string call_id;   // of the last REGISTER, with its CSeq
    std::int64_t cseq = 0;
    Instant expires;
    int q_milli = 1000;  // preference, 0..1000
    Source source;
    bool behind_nat = false;  // requests go to `source`, not to the contact's address
    std::string user_agent;
    bool can_ask_to_answer = false;  // `talk` in Allow-Events
    Instant registered;
};
LINKA_DESCRIBE(Binding, (contact, instance, call_id, cseq, expires, q_milli, source, behind_nat,
                         user_agent, can_ask_to_answer, registered))

/// What a REGISTER asks.
struct Register {
    struct Contact {
        std::string uri;
        std::string instance;
        std::int64_t expires_s = -1;  // -1: the request's, or the default
        int q_milli = 1000;
        bool behind_nat = false;
    };
    std::string device;
    std::string call_id;
    std::int64_t cseq = 0;
    std::vector<Contact> contacts;  // none: a question
    bool all = false;               // Contact: *
    std::int64_t expires_s = -1;    // Expires header, -1: none
    Source source;
    std::string user_agent;
    bool can_ask_to_answer = false;
};

class Registrar {
  public:
    static constexpr std::size_t contacts_max = 10;  // a device; beyond it the oldest is dropped
    static constexpr std::int64_t expires_default_s = 3600;
    static constexpr std::int64_t expires_min_s = 60;
    static constexpr std::int64_t expires_max_s = 3600;

    /// 200, 400 (a `*` with contacts or with an expiry other than 0) or 423 (too brief). Only 200
    /// changes anything. RFC 3261 §10.3 step 7 refuses a CSeq that is not above the last one of the
    /// same Call-ID; here it is taken, because a telephone that was switched off and on begins
    /// again with both, and would stay unreachable until its old binding ends. The rule guards
    /// against old requests that come late, and so does the nonce count of the digest, which every
    /// request that gets here has passed.
    int apply(const Register& request, Instant now);

    /// Valid contacts, best preference first, then the newest.
    [[nodiscard]] std::vector<Binding> contacts(std::string_view device, Instant now) const;
    /// True if a contact of any device was registered from this very address and port.
    [[nodiscard]] bool is_contact(const Source& source) const {
        return sources_.contains(key_of(source));
    }
    /// True if a contact of any device was registered from this network (network_of()).
    [[nodiscard]] bool has_contact_at(const std::string& network) const {
        return networks_.contains(network);
    }
    /// Drops what has expired; names the devices that changed.
    std::vector<std::string> expire(Instant now);
    /// When the next binding expires.
    [[nodiscard]] Instant next_expiry() const;
    [[nodiscard]] std::vector<std::string> devices() const;
    void forget(const std::string& device);

    /// The bindings as text and back; an empty text or one of another version fails.
    [[nodiscard]] std::string save(const std::string& device) const;
    Status restore(const std::string& device, std::string_view text, Instant now);

  private:
    static std::string key_of(const Source& source);
    void change(const std::string& device, std::vector<Binding> bindings);
    static void put(std::vector<Binding>& bindings, const Register& request,
                    const Register::Contact& contact, Instant now);

    std::map<std::string, std::vector<Binding>, std::less<>> devices_;
    // How many bindings came from where; what change() does to devices_ it does to these.
    std::unordered_map<std::string, int> sources_;
    std::unordered_map<std::string, int> networks_;
};

}  // namespace linka::sip
