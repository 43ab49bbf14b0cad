// Decides whether a request comes from the account that it claims: digest (RFC 8760: SHA-256
// offered before MD5), nonces, and the lock after wrong passwords. Unknown accounts are treated
// exactly as wrong passwords.
#pragma once

#include "linka/sip/auth_guard.hpp"
#include "linka/sip/context.hpp"
#include "linka/sip/digest.hpp"
#include "linka/sip/nonces.hpp"

#include <string>
#include <vector>

namespace linka::sip {

class Authenticator {
  public:
    explicit Authenticator(Context& context);

    enum class Verdict {
        good,       // `account` is who it is
        challenge,  // send 401 with `challenges()`
        wrong,      // wrong password: the same, later
        locked      // send 403
    };
    struct Outcome {
        Verdict verdict = Verdict::challenge;
        std::string account;
        bool stale = false;
        bool only_md5 = false;  // the client cannot cope with other algorithms
    };
    /// Emits AuthFailed for wrong passwords.
    Outcome check(const sip_t& sip, const Source& source);

    /// Two WWW-Authenticate headers as a text block.
    std::string challenges(bool stale) const;
    /// The same for a client that fails at anything but MD5 (by its User-Agent): one header.
    std::string md5_challenge(bool stale) const;

  private:
    Outcome look(const sip_t& sip, const Source& source);
    Outcome judge(const std::string& credentials, std::string_view method, const Source& source);
    Outcome failed(const std::string& account, const Source& source);

    std::string challenge(DigestAlgorithm algorithm, bool stale) const;

    Context& context_;
    Nonces nonces_;
    AuthGuard guard_;
    const std::string dummy_password_;  // for unknown accounts: the same work is done
};

}  // namespace linka::sip
