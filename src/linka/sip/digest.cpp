#include "linka/sip/digest.hpp"

#include "linka/base/text.hpp"
#include "linka/sip/addresses.hpp"
#include "linka/sip/headers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <openssl/evp.h>

namespace linka::sip {
namespace {

constexpr std::size_t text_max = 4096;

// Parameter names in lower case with their unquoted values.
using Fields = std::map<std::string, std::string, std::less<>>;

bool is_separator(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',';
}

// Takes one quoted string or token off the front of `text`; empty when it is neither.
std::optional<std::string> take_value(std::string_view& text) {
    std::string value;
    if (!text.empty() && text.front() == '"') {
        text.remove_prefix(1);
        while (!text.empty() && text.front() != '"') {
            if (text.front() == '\\' && text.size() > 1) {
                text.remove_prefix(1);
            }
            value += text.front();
            text.remove_prefix(1);
        }
        if (text.empty()) {
            return std::nullopt;  // no closing quote
        }
        text.remove_prefix(1);
        return value;
    }
    std::size_t length = 0;
    while (length < text.size() && !is_separator(text[length]) && text[length] != '"') {
        ++length;
    }
    value = text.substr(0, length);
    text.remove_prefix(length);
    return value;
}

std::optional<Fields> parse_fields(std::string_view text) {
    constexpr std::string_view scheme = "Digest ";
    text = text::trim(text);
    if (text.size() > text_max || !text::starts_with_ignoring_case(text, scheme)) {
        return std::nullopt;
    }
    text.remove_prefix(scheme.size());
    Fields fields;
    while (true) {
        while (!text.empty() && is_separator(text.front())) {
            text.remove_prefix(1);
        }
        if (text.empty()) {
            return fields;
        }
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) {
            return std::nullopt;
        }
        std::string name = text::lower(text::trim(text.substr(0, equals)));
        text.remove_prefix(equals + 1);
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
            text.remove_prefix(1);
        }
        std::optional<std::string> value = take_value(text);
        if (name.empty() || !value || !fields.emplace(std::move(name), *value).second) {
            return std::nullopt;
        }
    }
}

std::string take(Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string{} : std::move(found->second);
}

std::optional<DigestAlgorithm> parse_algorithm(std::string_view name) {
    if (name.empty() || text::equal_ignoring_case(name, "MD5")) {
        return DigestAlgorithm::md5;
    }
    if (text::equal_ignoring_case(name, "SHA-256")) {
        return DigestAlgorithm::sha256;
    }
    return std::nullopt;
}

std::string_view algorithm_name(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm::md5 ? "MD5" : "SHA-256";
}

// A quoted string (RFC 3261 §25.1); control characters cannot be quoted and are left out.
std::string quoted(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            continue;
        }
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    out += '"';
    return out;
}

}  // namespace

std::string digest_hex(DigestAlgorithm algorithm, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    const EVP_MD* method = algorithm == DigestAlgorithm::md5 ? EVP_md5() : EVP_sha256();
    // Only fails without memory or in a FIPS build without MD5: then no response can match.
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, method, nullptr) != 1) {
        return {};
    }
    std::string raw;
    raw.reserve(size);
    for (unsigned int i = 0; i < size; ++i) {
        raw += static_cast<char>(out.at(i));
    }
    return text::hex(raw);
}

std::optional<DigestChallenge> parse_challenge(std::string_view text) {
    std::optional<Fields> fields = parse_fields(text);
    if (!fields) {
        return std::nullopt;
    }
    const std::optional<DigestAlgorithm> algorithm = parse_algorithm(take(*fields, "algorithm"));
    if (!algorithm || !fields->contains("realm") || !fields->contains("nonce")) {
        return std::nullopt;
    }
    DigestChallenge challenge;
    challenge.algorithm = *algorithm;
    challenge.realm = take(*fields, "realm");
    challenge.nonce = take(*fields, "nonce");
    challenge.opaque = take(*fields, "opaque");
    challenge.stale = text::equal_ignoring_case(take(*fields, "stale"), "true");
    const std::string qop = take(*fields, "qop");
    for (const std::string_view option : text::split(qop, ',')) {
        challenge.qop_auth |= text::equal_ignoring_case(text::trim(option), "auth");
    }
    if (!qop.empty() && !challenge.qop_auth) {
        return std::nullopt;  // auth-int only
    }
    return challenge;
}

std::optional<DigestCredentials> parse_credentials(std::string_view text) {
    std::optional<Fields> fields = parse_fields(text);
    if (!fields) {
        return std::nullopt;
    }
    const std::optional<DigestAlgorithm> algorithm = parse_algorithm(take(*fields, "algorithm"));
    if (!algorithm) {
        return std::nullopt;
    }
    for (const char* needed : {"username", "realm", "nonce", "uri", "response"}) {
        if (!fields->contains(needed)) {
            return std::nullopt;
        }
    }
    DigestCredentials credentials;
    credentials.algorithm = *algorithm;
    credentials.username = take(*fields, "username");
    credentials.realm = take(*fields, "realm");
    credentials.nonce = take(*fields, "nonce");
    credentials.uri = take(*fields, "uri");
    credentials.response = text::lower(take(*fields, "response"));
    credentials.cnonce = take(*fields, "cnonce");
    credentials.opaque = take(*fields, "opaque");
    credentials.nc = take(*fields, "nc");
    credentials.qop = text::lower(take(*fields, "qop"));
    if (!credentials.qop.empty() && credentials.qop != "auth") {
        return std::nullopt;
    }
    return credentials;
}

std::optional<std::uint32_t> nonce_count(const DigestCredentials& credentials) {
    const std::string& text = credentials.nc;
    if (text.empty() || text.size() > 8) {
        return std::nullopt;
    }
    std::uint32_t count = 0;
    for (const char c : text) {
        const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        count = count * 16 + static_cast<std::uint32_t>(digit < 16 ? digit : digit - 6);
    }
    return count;
}

namespace {

struct PlainUri {
    std::string user;
    std::string host;
};

// By text, bounded by what parse_credentials() takes; a tel: URI has a user part only.
PlainUri plain(std::string_view uri) {
    uri.remove_prefix(std::min(
        uri.size(), uri.find(':') == std::string_view::npos ? std::size_t{0} : uri.find(':') + 1));
    const std::size_t at = uri.rfind('@');
    const std::string_view user = at == std::string_view::npos ? "" : uri.substr(0, at);
    std::string_view rest = at == std::string_view::npos ? uri : uri.substr(at + 1);
    rest = rest.substr(0, rest.find_first_of(";?>"));
    const std::size_t end = rest.starts_with('[') ? rest.find(']') : rest.find(':');
    if (end != std::string_view::npos) {
        rest = rest.substr(0, rest.starts_with('[') ? end + 1 : end);
    }
    return {decode_user(user), text::lower(plain_host(rest))};
}

}  // namespace

bool may_stand_for(std::string_view digest_uri, std::string_view request_uri,
                   std::string_view source_host,
                   const std::function<bool(std::string_view)>& ours) {
    const PlainUri said = plain(digest_uri);
    const PlainUri asked = plain(request_uri);
    if (said.user != asked.user) {
        return false;
    }
    if (ours(said.host)) {
        return true;
    }
    return same_address(said.host, asked.host) && !same_address(said.host, source_host);
}

std::string digest_response(const DigestCredentials& credentials, std::string_view method,
                            std::string_view password) {
    const DigestAlgorithm algorithm = credentials.algorithm;
    const std::string who = digest_hex(
        algorithm, text::format("{}:{}:{}", credentials.username, credentials.realm, password));
    const std::string what = digest_hex(algorithm, text::format("{}:{}", method, credentials.uri));
    if (credentials.qop.empty()) {
        return digest_hex(algorithm, text::format("{}:{}:{}", who, credentials.nonce, what));
    }
    return digest_hex(algorithm,
                      text::format("{}:{}:{}:{}:{}:{}", who, credentials.nonce, credentials.nc,
                                   credentials.cnonce, credentials.qop, what));
}

std::string to_header(const DigestChallenge& challenge) {
    std::string out =
        text::format("Digest realm={}, nonce={}, algorithm={}", quoted(challenge.realm),
                     quoted(challenge.nonce), algorithm_name(challenge.algorithm));
    if (challenge.qop_auth) {
        out += ", qop=\"auth\"";
    }
    if (!challenge.opaque.empty()) {
        out += ", opaque=" + quoted(challenge.opaque);
    }
    if (challenge.stale) {
        out += ", stale=true";
    }
    return out;
}

std::string to_header(const DigestCredentials& credentials) {
    std::string out =
        text::format("Digest username={}, realm={}, nonce={}, uri={}, response={}, algorithm={}",
                     quoted(credentials.username), quoted(credentials.realm),
                     quoted(credentials.nonce), quoted(credentials.uri),
                     quoted(credentials.response), algorithm_name(credentials.algorithm));
    if (!credentials.qop.empty()) {
        out += text::format(", qop={}, nc={}, cnonce={}", credentials.qop, credentials.nc,
                            quoted(credentials.cnonce));
    }
    if (!credentials.opaque.empty()) {
        out += ", opaque=" + quoted(credentials.opaque);
    }
    return out;
}

DigestCredentials answer_challenge(const DigestChallenge& challenge, const DigestAnswer& answer) {
    DigestCredentials credentials;
    credentials.algorithm = challenge.algorithm;
    credentials.username = answer.username;
    credentials.realm = challenge.realm;
    credentials.nonce = challenge.nonce;
    credentials.uri = answer.uri;
    credentials.opaque = challenge.opaque;
    if (challenge.qop_auth) {
        credentials.qop = "auth";
        credentials.cnonce = answer.cnonce;
        credentials.nc = text::format("{:08x}", answer.nc);
    }
    credentials.response = digest_response(credentials, answer.method, answer.password);
    return credentials;
}

}  // namespace linka::sip
