// SourceLimits: how many requests outside of calls one network may send us, so that one that floods
// us takes little of the SIP thread and nothing of the others. What proves itself (credentials with
// a nonce of ours, or the very address of a registered contact) is counted apart from what does
// not, so that a stranger behind the address of a telephone cannot shut it out. Trunks are not
// counted here: their calls have admission (admission.hpp).
#pragma once

#include "linka/base/time.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace linka::sip {

class SourceLimits {
  public:
    enum class Kind {
        stranger,  // proves nothing
        proven,    // answers a challenge that we gave to this network
        contact    // comes from the address and port of a registered contact
    };
    /// Requests a second and at once, of one network.
    struct Rate {
        double a_second;
        double at_once;
    };
    // An office whose 300 telephones start together behind one address is through in seconds: they
    // repeat what was dropped (RFC 3261 §17.1.2.2).
    static constexpr Rate stranger{100, 300};
    static constexpr Rate proven{200, 600};
    static constexpr Rate contact{50, 200};
    /// Of all strangers at networks without a registered contact together (sources can be forged).
    static constexpr Rate all_strangers{1500, 3000};
    /// Networks remembered; when there are more, the new ones share one account.
    static constexpr std::size_t entries_max = 20000;

    /// False: to be dropped without an answer. `network`: see network_of(); for a contact its
    /// address and port. `has_contact`: a device is registered from this network.
    bool admit(Kind kind, const std::string& network, bool has_contact, Instant now);

  private:
    struct Bucket {
        double tokens = 0;
        Instant at;
    };
    static bool take(Bucket& bucket, const Rate& rate, Instant now);
    static const Rate& rate_of(Kind kind);
    Bucket& bucket_of(Kind kind, const std::string& network, Instant now);

    std::unordered_map<std::string, Bucket> buckets_;
    Bucket all_strangers_;
    Bucket shared_;
    Instant swept_;
};

}  // namespace linka::sip
