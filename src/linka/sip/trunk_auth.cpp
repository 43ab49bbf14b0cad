// Digest towards trunks: their challenge is kept and answered in every later request of the leg.
#include "linka/base/text.hpp"
#include "linka/sip/calls.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/random.hpp"

namespace linka::sip {
namespace {

std::string joined_parameters(const msg_auth_t& header) {
    std::string text = copy(header.au_scheme) + " ";
    for (const auto* entry = header.au_params; entry != nullptr && *entry != nullptr; ++entry) {
        text += *entry;
        text += ", ";
    }
    return text;
}

}  // namespace

bool Calls::learn_challenge(Leg& leg, const sip_t& sip, bool proxy) {
    std::optional<DigestChallenge> best;
    const msg_auth_t* header = proxy ? sip.sip_proxy_authenticate : sip.sip_www_authenticate;
    for (; header != nullptr; header = header->au_next) {
        std::optional<DigestChallenge> offered = parse_challenge(joined_parameters(*header));
        const bool stronger = best && best->algorithm == DigestAlgorithm::md5 && offered &&
                              offered->algorithm == DigestAlgorithm::sha256;
        if (offered && (!best || stronger)) {
            best = std::move(offered);
        }
    }
    if (!best) {
        return false;
    }
    leg.challenge = TrunkChallenge{*best, proxy, 0};
    return true;
}

std::string Calls::authorization(Leg& leg, const std::string& method,
                                 const std::string& uri) const {
    const Trunk* trunk = context_.directory.trunk(leg.record.trunk);
    if (!leg.challenge || trunk == nullptr) {
        return {};
    }
    DigestAnswer answer;
    const std::string cnonce = random_hex(8);
    std::string_view plain = uri;
    if (plain.size() > 2 && plain.front() == '<') {
        plain = plain.substr(1, plain.size() - 2);
    }
    answer.username = trunk->username;
    answer.password = trunk->password;
    answer.method = method;
    answer.uri = plain;
    answer.cnonce = cnonce;
    answer.nc = ++leg.challenge->nc;
    const DigestCredentials credentials = answer_challenge(leg.challenge->challenge, answer);
    return text::format("{}: {}", leg.challenge->proxy ? "Proxy-Authorization" : "Authorization",
                        to_header(credentials));
}

}  // namespace linka::sip
