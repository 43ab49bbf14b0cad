// SIP over TLS on loopback: the whole chain is shown, old versions are refused, a renewed
// certificate is used without a restart. The certificates are made here, valid for the test only.
#include "linka/base/text.hpp"
#include "linka/sip/testing/harness.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

namespace linka::sip::testing {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Key new_key() {
    return {EVP_EC_gen("P-256"), &EVP_PKEY_free};
}

Certificate new_certificate(const std::string& name, EVP_PKEY* key, X509* issuer,
                            EVP_PKEY* issuer_key) {
    Certificate made(X509_new(), &X509_free);
    static long serial = 1;
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_NAME* subject = X509_get_subject_name(made.get());
    const std::basic_string<unsigned char> bytes(name.begin(), name.end());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, bytes.c_str(), -1, -1, 0);
    X509_set_issuer_name(made.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer));
    X509_set_pubkey(made.get(), key);
    if (issuer == nullptr) {
        X509_EXTENSION* extension =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
        X509_add_ext(made.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(made.get(), issuer_key, EVP_sha256());
    return made;
}

struct Files {
    Files()
        : directory(std::filesystem::temp_directory_path() /
                    text::format("linka-sip-tls-{}", ::getpid())) {
        std::filesystem::create_directories(directory);
        ca_key = new_key();
        ca = new_certificate("Test CA", ca_key.get(), nullptr, ca_key.get());
        write("first");
    }
    ~Files() { std::filesystem::remove_all(directory); }

    // agent.pem: leaf, CA as its chain, key. cafile.pem: the CA.
    void write(const std::string& name) const {
        const Key key = new_key();
        const Certificate leaf = new_certificate(name, key.get(), ca.get(), ca_key.get());
        std::FILE* agent = std::fopen((directory / "agent.pem").c_str(), "w");
        PEM_write_X509(agent, leaf.get());
        PEM_write_X509(agent, ca.get());
        PEM_write_PrivateKey(agent, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(agent);
        std::FILE* authority = std::fopen((directory / "cafile.pem").c_str(), "w");
        PEM_write_X509(authority, ca.get());
        std::fclose(authority);
    }

    std::filesystem::path directory;
    Key ca_key{nullptr, &EVP_PKEY_free};
    Certificate ca{nullptr, &X509_free};
};

class TlsClient {
  public:
    TlsClient(int port, int version_max, const char* ciphers = "ALL:@SECLEVEL=0")
        : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free), ssl_(nullptr, &SSL_free) {
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_.get(), version_max);
        SSL_CTX_set_cipher_list(context_.get(), ciphers);
        ssl_.reset(SSL_new(context_.get()));
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(static_cast<std::uint16_t>(port));
        inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
        fd_ = runtime::Fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        timeval limit{3, 0};
        setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        EXPECT_EQ(connect(fd_.get(), reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
        SSL_set_fd(ssl_.get(), fd_.get());
        connected = SSL_connect(ssl_.get()) == 1;
    }
    [[nodiscard]] std::string peer_name() const {
        X509* shown = SSL_get0_peer_certificate(ssl_.get());
        char name[100] = "";
        X509_NAME_get_text_by_NID(X509_get_subject_name(shown), NID_commonName, name, sizeof name);
        return name;
    }
    [[nodiscard]] int chain_length() const {
        return sk_X509_num(SSL_get_peer_cert_chain(ssl_.get()));
    }
    std::string exchange(const std::string& text) {
        SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
        std::string answer(8192, '\0');
        const int size = SSL_read(ssl_.get(), answer.data(), static_cast<int>(answer.size()));
        answer.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return answer;
    }

    bool connected = false;

  private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
    runtime::Fd fd_;
};

std::string options_request(int number) {
    return text::format(
        "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK{}\r\n"
        "Max-Forwards: 70\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: tls-{}\r\n"
        "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
        number, number);
}

TEST(SipTls, shows_its_chain_answers_and_reloads) {
    const Files files;
    Options options;
    options.listen.tls_directory = files.directory.string();
    Harness harness(true, options);
    TlsClient client(harness.get().tls_port(), TLS1_3_VERSION);
    ASSERT_TRUE(client.connected);
    EXPECT_EQ(client.peer_name(), "first");
    EXPECT_EQ(client.chain_length(), 2);
    EXPECT_TRUE(client.exchange(options_request(1)).starts_with("SIP/2.0 200 OK"));

    files.write("second");
    harness.send(ReloadCertificate{});
    // By the second answer the loop has taken the command.
    client.exchange(options_request(2));
    EXPECT_TRUE(client.exchange(options_request(3)).starts_with("SIP/2.0 200 OK"));
    TlsClient later(harness.get().tls_port(), TLS1_2_VERSION);
    ASSERT_TRUE(later.connected);
    EXPECT_EQ(later.peer_name(), "second");

    // A broken file changes nothing.
    std::ofstream(files.directory / "agent.pem") << "nonsense";
    harness.send(ReloadCertificate{});
    later.exchange(options_request(4));
    later.exchange(options_request(5));
    EXPECT_EQ(TlsClient(harness.get().tls_port(), TLS1_3_VERSION).peer_name(), "second");
}

TEST(SipTls, refuses_versions_before_1_2) {
    const Files files;
    Options options;
    options.listen.tls_directory = files.directory.string();
    Harness harness(true, options);
    EXPECT_FALSE(TlsClient(harness.get().tls_port(), TLS1_1_VERSION).connected);
}

TEST(SipTls, offers_forward_secrecy_and_authenticated_encryption_only) {
    const Files files;
    Options options;
    options.listen.tls_directory = files.directory.string();
    Harness harness(true, options);
    const int port = harness.get().tls_port();
    EXPECT_TRUE(TlsClient(port, TLS1_2_VERSION, "ECDHE+AESGCM").connected);
    EXPECT_TRUE(TlsClient(port, TLS1_2_VERSION, "ECDHE+CHACHA20").connected);
    for (const char* weak :
         {"AESCCM8", "AESCCM", "ARIA", "CAMELLIA:@SECLEVEL=0",
          "ECDHE+AES+SHA1:ECDHE+AES+SHA256:ECDHE+AES+SHA384:@SECLEVEL=0", "kRSA:@SECLEVEL=0"}) {
        EXPECT_FALSE(TlsClient(port, TLS1_2_VERSION, weak).connected) << weak;
    }
}

TEST(SipTls, a_missing_certificate_is_named) {
    Options options;
    options.listen.port = 0;
    options.listen.tls_port = 0;
    options.listen.tls_directory = "/nonexistent";
    const auto port = start_port(options, {}, {}, {});
    ASSERT_FALSE(port.ok());
    EXPECT_NE(port.error().text.find("/nonexistent/agent.pem"), std::string::npos);
}

TEST(SipPort, a_busy_port_is_named) {
    Options options;
    options.listen.port = 0;
    options.listen.tls_port = -1;
    const auto first = start_port(options, {}, {}, {});
    ASSERT_TRUE(first.ok());
    options.listen.port = (*first)->port();
    const auto second = start_port(options, {}, {}, {});
    ASSERT_FALSE(second.ok());
    EXPECT_NE(second.error().text.find(std::to_string(options.listen.port)), std::string::npos);
    options.listen.address = "example.org";
    EXPECT_FALSE(start_port(options, {}, {}, {}).ok());
}

// All addresses of both families with one port.
TEST(SipPort, listens_everywhere) {
    Options options;
    options.listen.address = "0.0.0.0";
    Harness harness(true, options);
    for (const char* address : {"127.0.0.1", "::1"}) {
        Peer peer(harness.port(), Peer::Kind::udp, address);
        register_device(harness, peer, "330");
    }
}

}  // namespace
}  // namespace linka::sip::testing
