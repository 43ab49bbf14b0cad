// Decides whether a request comes from the account that it claims: digest (RFC 8760: SHA-256
// offered before MD5), nonces, and the lock after wrong passwords. Unknown accounts are treated
// exactly as wrong passwords.
//
// What counts as a guess: an answer to a challenge that we gave to the same network, and not yet
// too old. Anything else (a forged packet over UDP names whatever source it likes) is challenged
// anew and counts for nothing. A right password is taken in spite of a lock from a registered
// contact and for emergency numbers.
#pragma once

#include "linka/sip/auth_guard.hpp"
#include "linka/sip/context.hpp"
#include "linka/sip/digest.hpp"
#include "linka/sip/nonces.hpp"
#include "linka/sip/registrar.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace linka::sip {

class Authenticator {
  public:
    Authenticator(Context& context, const Registrar& registrar);

    enum class Verdict {
        good,       // `account` is who it is
        challenge,  // send 401 with `challenges()`
        wrong,      // wrong password: the same, later
        refused     // locked, or credentials of another request: send 403
    };
    struct Outcome {
        Verdict verdict = Verdict::challenge;
        std::string account;
        bool stale = false;
        bool only_md5 = false;  // the client cannot cope with other algorithms, or is set so
        bool answered = false;  // it sent credentials for our realm
    };
    /// Emits AuthFailed for wrong passwords.
    Outcome check(const sip_t& sip, const Source& source);

    /// True if the request answers a challenge that this source got and that is still good; says
    /// nothing of the password.
    [[nodiscard]] bool answers_challenge(const sip_t& sip, const Source& source) const;
    /// True if `source` is the address and port of a registered contact of any device.
    [[nodiscard]] bool is_contact(const Source& source) const {
        return registrar_.is_contact(source);
    }

    /// WWW-Authenticate headers as a text block: two, or one for a client that fails at anything
    /// but MD5 (by its User-Agent, or by the setting of the account that it claims: whoever asks
    /// for that name sees the setting; docs/security.md).
    std::string challenges(bool stale, bool only_md5, const Source& source) const;

  private:
    struct Claim;  // what a request says and where it came from
    Outcome judge(const Claim& claim);
    Outcome failed(const std::string& account, const Source& source);
    [[nodiscard]] bool passes_lock(const Claim& claim, const std::string& account,
                                   AuthGuard::Lock lock) const;
    [[nodiscard]] bool is_ours(std::string_view host, const Source& source);
    std::optional<DigestCredentials> credentials_of(const sip_t& sip) const;

    std::string challenge(DigestAlgorithm algorithm, bool stale, const Source& source) const;

    Context& context_;
    const Registrar& registrar_;
    Nonces nonces_;
    AuthGuard guard_;
    const std::string dummy_password_;  // for unknown accounts: the same work is done
};

}  // namespace linka::sip
