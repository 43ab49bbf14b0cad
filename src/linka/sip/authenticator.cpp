#include "linka/sip/authenticator.hpp"

#include "linka/base/text.hpp"
#include "linka/runtime/clock.hpp"
#include "linka/runtime/log_limited.hpp"
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

struct Authenticator::Claim {
    const DigestCredentials& credentials;
    std::string_view method;
    const url_t& uri;
    const Source& source;
};

Authenticator::Authenticator(Context& context, const Registrar& registrar)
    : context_(context),
      registrar_(registrar),
      nonces_(random_hex(32)),
      dummy_password_(random_hex(16)) {
}

std::optional<DigestCredentials> Authenticator::credentials_of(const sip_t& sip) const {
    // A request may carry credentials for other realms; ours is looked for.
    for (const msg_auth_t* list : {sip.sip_authorization, sip.sip_proxy_authorization}) {
        for (const msg_auth_t* header = list; header != nullptr; header = header->au_next) {
            std::optional<DigestCredentials> credentials = parse_credentials(joined(*header));
            if (credentials && credentials->realm == context_.options.realm) {
                return credentials;
            }
        }
    }
    return std::nullopt;
}

bool Authenticator::answers_challenge(const sip_t& sip, const Source& source) const {
    const std::optional<DigestCredentials> credentials = credentials_of(sip);
    return credentials && nonces_.look(credentials->nonce, network_of(source.host),
                                       runtime::wall_now()) == Nonces::Verdict::good;
}

Authenticator::Outcome Authenticator::check(const sip_t& sip, const Source& source) {
    const std::optional<DigestCredentials> credentials = credentials_of(sip);
    Outcome outcome;
    if (credentials) {
        outcome = judge({*credentials, view(sip.sip_request->rq_method_name),
                         *sip.sip_request->rq_url, source});
        outcome.answered = true;
    }
    const std::string claimed = outcome.account.empty()
                                    ? decode_user(view(sip.sip_from->a_url->url_user))
                                    : outcome.account;
    const Account* account = context_.directory.account(claimed);
    outcome.only_md5 =
        (account != nullptr && account->only_md5) || knows_only_md5(user_agent_of(sip));
    return outcome;
}

Authenticator::Outcome Authenticator::judge(const Claim& claim) {
    const DigestCredentials& credentials = claim.credentials;
    const Instant now = runtime::wall_now();
    const std::string network = network_of(claim.source.host);
    const std::string account = credentials.username.substr(0, 64);
    const Nonces::Verdict asked = nonces_.look(credentials.nonce, network, now);
    if (asked != Nonces::Verdict::good) {
        counters().unasked_credentials.add();
        return {Verdict::challenge, account, asked == Nonces::Verdict::stale};
    }
    const std::optional<std::uint32_t> count = nonce_count(credentials);
    if (credentials.qop.empty() || !count || credentials.cnonce.empty()) {
        // Telephones of RFC 2069 (no qop) are asked again and so refused: without a count whoever
        // hears one answer can repeat it while the nonce lives, and every telephone that is still
        // sold knows qop.
        return {};
    }
    const Account* known = context_.directory.account(account);
    const std::string& password = known != nullptr ? known->password : dummy_password_;
    const bool right = equal_in_constant_time(digest_response(credentials, claim.method, password),
                                              credentials.response) &&
                       known != nullptr;
    const AuthGuard::Lock lock = guard_.locked(network, account, now);
    if (lock != AuthGuard::Lock::none && !(right && passes_lock(claim, account, lock))) {
        counters().locked.add();
        return {Verdict::refused, account};
    }
    if (!right) {
        return failed(account, claim.source);
    }
    Home home;
    const char* uri = url_as_string(home.get(), &claim.uri);
    if (claim.method == "INVITE" &&
        !may_stand_for(credentials.uri, view(uri), claim.source.host,
                       [&](std::string_view host) { return is_ours(host, claim.source); })) {
        counters().foreign_credentials.add();
        static log::Limited line;
        line.warn("sip call refused: its credentials are those of another request",
                  {{"device", log::outside(account)}, {"address", claim.source.host}});
        return {Verdict::refused, account};
    }
    if (nonces_.use(credentials.nonce, *count, network, now) != Nonces::Verdict::good) {
        return {Verdict::challenge, account, true};
    }
    if (lock == AuthGuard::Lock::none) {  // else the telephone would unlock its guesser, too
        guard_.succeeded(network, account);
    }
    return {Verdict::good, account};
}

bool Authenticator::passes_lock(const Claim& claim, const std::string& account,
                                AuthGuard::Lock lock) const {
    if (claim.method == "INVITE" &&
        context_.directory.is_emergency(decode_user(view(claim.uri.url_user)))) {
        return true;
    }
    for (const Binding& binding : registrar_.contacts(account, runtime::wall_now())) {
        // A new connection of a telephone has a new port; over UDP the port is what a stranger
        // behind the same address does not have.
        const bool same_host = same_address(binding.source.host, claim.source.host);
        if (same_host && (lock == AuthGuard::Lock::account || binding.source == claim.source ||
                          claim.source.transport != Transport::udp)) {
            return true;
        }
    }
    return false;
}

bool Authenticator::is_ours(std::string_view host, const Source& source) {
    const Listen& listen = context_.options.listen;
    return same_address(host, context_.local_addresses.towards(source.host)) ||
           same_address(host, listen.address) ||
           (!listen.public_address.empty() && same_address(host, listen.public_address));
}

Authenticator::Outcome Authenticator::failed(const std::string& account, const Source& source) {
    counters().auth_failures.add();
    const bool locks = guard_.failed(network_of(source.host), account, runtime::wall_now());
    if (locks) {
        static log::Limited line;
        line.warn("sip account locked after wrong passwords",
                  {{"address", source.host}, {"account", log::outside(account)}});
    }
    context_.events.emit_unless_full(
        AuthFailed{text::is_utf8(account) ? account : std::string{}, source.host, locks});
    return {Verdict::wrong, account};
}

std::string Authenticator::challenge(DigestAlgorithm algorithm, bool stale,
                                     const Source& source) const {
    DigestChallenge challenge;
    challenge.realm = context_.options.realm;
    challenge.qop_auth = true;
    challenge.stale = stale;
    challenge.algorithm = algorithm;
    challenge.nonce = nonces_.make(runtime::wall_now(), random_hex(8), network_of(source.host));
    return "WWW-Authenticate: " + to_header(challenge);
}

std::string Authenticator::challenges(bool stale, bool only_md5, const Source& source) const {
    const std::string md5 = challenge(DigestAlgorithm::md5, stale, source);
    // RFC 8760 §2.3: the most preferred first.
    return only_md5 ? md5 : challenge(DigestAlgorithm::sha256, stale, source) + "\r\n" + md5;
}

}  // namespace linka::sip
