#include "linka/api/certificates.hpp"

#include "linka/api/x509.hpp"
#include "linka/base/read_file.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace linka::api {
namespace {

const Instant made_at{1'700'000'000'000'000};

class CertificateFiles : public ::testing::Test {
  protected:
    CertificateFiles() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "linka_tls_XXXXXX").string();
        options.directory = ::mkdtemp(pattern.data());
    }
    ~CertificateFiles() override { std::filesystem::remove_all(options.directory); }
    CertificateOptions options;
};

// Whoever has its key must not be able to play any other site to those who trust it.
TEST_F(CertificateFiles, the_authority_signs_this_machines_names_alone) {
    options.names = {"linka.example", "192.0.2.1"};
    const auto made = ensure_certificates(options, made_at);
    ASSERT_TRUE(made.ok()) << made.error().text;
    const std::string authority = read_file(made->ca_file);
    EXPECT_TRUE(x509::may_sign(authority, {"localhost", "linka.example", "www.linka.example"}));
    EXPECT_TRUE(x509::may_sign(authority, {"10.1.2.3", "2001:db8::1"})) << "addresses come and go";
    EXPECT_FALSE(x509::may_sign(authority, {"www.bank.example"}));
    EXPECT_FALSE(x509::may_sign(authority, {"localhost", "bank.example"}));
}

TEST_F(CertificateFiles, a_new_authority_is_made_only_for_a_name_that_was_asked_for) {
    const auto first = ensure_certificates(options, made_at);
    ASSERT_TRUE(first.ok());
    const std::string authority = read_file(first->ca_file);
    options.names = {"192.0.2.1"};
    const auto address = ensure_certificates(options, made_at);
    ASSERT_TRUE(address.ok());
    EXPECT_TRUE(address->renewed);
    EXPECT_EQ(read_file(address->ca_file), authority);
    options.names = {"linka.example"};
    const auto named = ensure_certificates(options, made_at);
    ASSERT_TRUE(named.ok());
    EXPECT_NE(read_file(named->ca_file), authority);
    EXPECT_FALSE(ensure_certificates(options, made_at)->renewed);
}

}  // namespace
}  // namespace linka::api
