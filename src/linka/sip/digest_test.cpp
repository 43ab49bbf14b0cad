#include "linka/sip/digest.hpp"

#include <gtest/gtest.h>

namespace linka::sip {
namespace {

// RFC 2617 §3.5.
TEST(Digest, computes_the_example_of_rfc_2617) {
    const auto credentials = parse_credentials(
        "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "
        "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", qop=auth, "
        "nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", "
        "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    ASSERT_TRUE(credentials);
    EXPECT_EQ(digest_response(*credentials, "GET", "Circle Of Life"), credentials->response);
    EXPECT_NE(digest_response(*credentials, "GET", "circle of life"), credentials->response);
    EXPECT_EQ(nonce_count(*credentials), 1U);
}

// RFC 7616 §3.9.1: both algorithms.
TEST(Digest, computes_the_examples_of_rfc_7616) {
    for (const auto& [algorithm, expected] :
         {std::pair{"MD5", "8ca523f5e9506fed4657c9700eebdbec"},
          std::pair{"SHA-256",
                    "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"}}) {
        const std::string challenge_text =
            std::string(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
                "algorithm=") +
            algorithm +
            ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        const auto challenge = parse_challenge(challenge_text);
        ASSERT_TRUE(challenge);
        DigestAnswer answer;
        answer.username = "Mufasa";
        answer.password = "Circle of Life";
        answer.method = "GET";
        answer.uri = "/dir/index.html";
        answer.cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        answer.nc = 1;
        EXPECT_EQ(answer_challenge(*challenge, answer).response, expected);
    }
}

TEST(Digest, writes_what_it_reads) {
    DigestChallenge challenge;
    challenge.algorithm = DigestAlgorithm::sha256;
    challenge.realm = "a \"quoted\" realm\\";
    challenge.nonce = "n";
    challenge.opaque = "o";
    challenge.qop_auth = true;
    challenge.stale = true;
    const auto again = parse_challenge(to_header(challenge));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->realm, challenge.realm);
    EXPECT_EQ(again->algorithm, challenge.algorithm);
    EXPECT_TRUE(again->qop_auth);
    EXPECT_TRUE(again->stale);
    const DigestCredentials credentials =
        answer_challenge(challenge, {"u\"x", "p", "REGISTER", "sip:a", "c", 10});
    const auto read = parse_credentials(to_header(credentials));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->username, "u\"x");
    EXPECT_EQ(read->nc, "0000000a");
    EXPECT_EQ(read->response, credentials.response);
}

TEST(Digest, refuses_what_it_does_not_understand) {
    EXPECT_FALSE(parse_challenge("Basic realm=\"x\""));
    EXPECT_FALSE(parse_challenge("Digest realm=\"x\""));
    EXPECT_FALSE(parse_challenge("Digest realm=\"x\", nonce=\"y\", algorithm=SHA-512"));
    EXPECT_FALSE(parse_challenge("Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\""));
    EXPECT_FALSE(parse_challenge("Digest realm=\"x, nonce=\"y\""));
    EXPECT_FALSE(parse_challenge("Digest realm=\"x\", realm=\"y\", nonce=\"z\""));
    EXPECT_FALSE(parse_credentials("Digest username=\"x\""));
    EXPECT_FALSE(parse_credentials(std::string(5000, 'x')));
    DigestCredentials credentials;
    for (const char* nc : {"", "000000001", "0000000g", "-1"}) {
        credentials.nc = nc;
        EXPECT_FALSE(nonce_count(credentials)) << nc;
    }
}

TEST(Digest, credentials_stand_for_the_call_that_they_were_made_for) {
    const auto ours = [](std::string_view host) { return host == "192.0.2.1"; };
    const auto may = [&](const char* digest_uri, const char* request_uri) {
        return may_stand_for(digest_uri, request_uri, "198.51.100.7", ours);
    };
    EXPECT_TRUE(may("sip:510@192.0.2.1", "sip:510@192.0.2.1"));
    EXPECT_TRUE(may("sip:510@pbx.example:5061;transport=TLS", "sip:510@PBX.example;user=phone"));
    EXPECT_TRUE(may("sip:510@192.0.2.1", "sip:510@203.0.113.9:5060"));  // a router rewrote it
    EXPECT_TRUE(may("sip:%2B420222@pbx.example", "sip:+420222;phone-context=x@pbx.example"));
    EXPECT_FALSE(may("sip:10@192.0.2.1", "sip:226000009@192.0.2.1"));
    EXPECT_FALSE(may("sip:192.0.2.1", "sip:510@192.0.2.1"));
    // Lured out of a telephone by a call to its caller, and sent on by him.
    EXPECT_FALSE(may("sip:0090012345@198.51.100.7", "sip:0090012345@192.0.2.1"));
    EXPECT_FALSE(may("sip:0090012345@198.51.100.7", "sip:0090012345@198.51.100.7"));
    EXPECT_FALSE(may("", "sip:510@192.0.2.1"));
}

}  // namespace
}  // namespace linka::sip
