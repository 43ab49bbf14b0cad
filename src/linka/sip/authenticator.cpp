#include "linka/sip/authenticator.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log.hpp"
#include "linka/sip/counters.hpp"
#include "linka/sip/digest.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"
#include "linka/sip/random.hpp"

#include <openssl/crypto.h>

namespace linka::sip {
namespace {

// The header as the library parsed it, back as one line for our own parser.
std::string joined(const msg_auth_t& header) {
    std::string text = copy(header.au_scheme) + " ";
    if (header.au_params != nullptr) {
        for (const auto* parameter = header.au_params; *parameter != nullptr; ++parameter) {
            text += *parameter;
            text += ", ";
        }
    }
    return text;
}

bool equal_in_constant_time(const std::string& a, const std::string& b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// The library under baresip before version 2 gives up at a challenge that it does not know instead
// of answering the other one.
bool knows_only_md5(std::string_view user_agent) {
    return user_agent.starts_with("baresip v0.") || user_agent.starts_with("baresip v1.");
}

}  // namespace

Authenticator::Authenticator(Context& context)
    : context_(context), nonces_(random_hex(32)), dummy_password_(random_hex(16)) {
}

Authenticator::Outcome Authenticator::check(const sip_t& sip, const Source& source) {
    Outcome outcome = look(sip, source);
    outcome.only_md5 = knows_only_md5(user_agent_of(sip));
    return outcome;
}

Authenticator::Outcome Authenticator::look(const sip_t& sip, const Source& source) {
    const std::string_view method = view(sip.sip_request->rq_method_name);
    // A request may carry credentials for other realms; ours is looked for.
    for (const msg_auth_t* list : {sip.sip_authorization, sip.sip_proxy_authorization}) {
        for (const msg_auth_t* header = list; header != nullptr; header = header->au_next) {
            const std::string text = joined(*header);
            const auto credentials = parse_credentials(text);
            if (credentials && credentials->realm == context_.options.realm) {
                return judge(text, method, source);
            }
        }
    }
    return {};
}

Authenticator::Outcome Authenticator::judge(const std::string& text, std::string_view method,
                                            const Source& source) {
    const DigestCredentials credentials = parse_credentials(text).value_or(DigestCredentials{});
    const Instant now = runtime::wall_now();
    const std::string account = credentials.username.substr(0, 64);
    if (guard_.locked(source.host, account, now)) {
        counters().locked.add();
        return {Verdict::locked, account, false, false};
    }
    const std::optional<std::uint32_t> count = nonce_count(credentials);
    if (credentials.qop.empty() || !count || credentials.cnonce.empty()) {
        return {};  // without qop there is no protection against replay: ask again
    }
    const Account* known = context_.directory.account(account);
    const std::string& password = known != nullptr ? known->password : dummy_password_;
    const bool right = equal_in_constant_time(digest_response(credentials, method, password),
                                              credentials.response);
    if (!right || known == nullptr) {
        return failed(account, source);
    }
    if (nonces_.use(credentials.nonce, *count, now) != Nonces::Verdict::good) {
        return {Verdict::challenge, account, true, false};
    }
    guard_.succeeded(source.host, account);
    return {Verdict::good, account, false, false};
}

Authenticator::Outcome Authenticator::failed(const std::string& account, const Source& source) {
    counters().auth_failures.add();
    const bool locks = guard_.failed(source.host, account, runtime::wall_now());
    if (locks) {
        log::warn("sip account locked after wrong passwords",
                  {{"address", source.host}, {"account", text::is_utf8(account) ? account : "?"}});
    }
    context_.events.emit_unless_full(
        AuthFailed{text::is_utf8(account) ? account : std::string{}, source.host, locks});
    return {Verdict::wrong, account, false, false};
}

std::string Authenticator::challenge(DigestAlgorithm algorithm, bool stale) const {
    DigestChallenge challenge;
    challenge.realm = context_.options.realm;
    challenge.qop_auth = true;
    challenge.stale = stale;
    challenge.algorithm = algorithm;
    challenge.nonce = nonces_.make(runtime::wall_now(), random_hex(8));
    return "WWW-Authenticate: " + to_header(challenge);
}

std::string Authenticator::challenges(bool stale) const {
    // RFC 8760 §2.3: the most preferred first.
    return challenge(DigestAlgorithm::sha256, stale) + "\r\n" +
           challenge(DigestAlgorithm::md5, stale);
}

std::string Authenticator::md5_challenge(bool stale) const {
    return challenge(DigestAlgorithm::md5, stale);
}

}  // namespace linka::sip
