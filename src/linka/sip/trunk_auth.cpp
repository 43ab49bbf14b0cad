#include "linka/sip/trunk_auth.hpp"

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

std::optional<TrunkChallenge> challenge_of(const sip_t& sip, bool proxy) {
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
    return best ? std::optional(TrunkChallenge{*best, proxy, 0}) : std::nullopt;
}

std::string answer_to(TrunkChallenge& challenge, const Trunk& trunk, std::string_view method,
                      std::string_view uri) {
    const std::string cnonce = random_hex(8);
    if (uri.size() > 2 && uri.front() == '<') {
        uri = uri.substr(1, uri.size() - 2);
    }
    DigestAnswer answer;
    answer.username = trunk.username;
    answer.password = trunk.password;
    answer.method = method;
    answer.uri = uri;
    answer.cnonce = cnonce;
    answer.nc = ++challenge.nc;
    const DigestCredentials credentials = answer_challenge(challenge.challenge, answer);
    return text::format("{}: {}", challenge.proxy ? "Proxy-Authorization" : "Authorization",
                        to_header(credentials));
}

bool Calls::learn_challenge(Leg& leg, const sip_t& sip, bool proxy) {
    auto challenge = challenge_of(sip, proxy);
    if (!challenge) {
        return false;
    }
    leg.challenge = std::move(challenge);
    return true;
}

std::string Calls::authorization(Leg& leg, const std::string& method,
                                 const std::string& uri) const {
    const Trunk* trunk = context_.directory.trunk(leg.record.trunk);
    return leg.challenge && trunk != nullptr ? answer_to(*leg.challenge, *trunk, method, uri)
                                             : std::string{};
}

}  // namespace linka::sip
