// The certificates under DATA/tls: a local authority made at the first start, and a server
// certificate signed by it for this machine's names and addresses. P-256 throughout. Files:
//   ca.pem      the authority's certificate, which people install to trust us
//   ca.key      its key
//   cert.pem    the server's certificate and the authority's, in this order
//   key.pem     the server's key
//   agent.pem   key.pem + cert.pem, as the SIP library wants it
//   cafile.pem  = ca.pem, the same
// All files have mode 0600.
#pragma once

#include "linka/base/result.hpp"
#include "linka/base/time.hpp"

#include <string>
#include <vector>

namespace linka::api {

struct CertificateOptions {
    std::string directory;  // DATA/tls; made if it is not there
    /// A certificate of one's own (PEM chain and key). Empty: the local authority's.
    std::string own_chain;
    std::string own_key;
    /// Further names and addresses beside localhost, the host name and the interfaces' addresses.
    std::vector<std::string> names;
};

struct Certificates {
    std::string chain_file;
    std::string key_file;
    std::string ca_file;  // empty when the certificate is one's own
    std::string directory;
    Instant expires;
    bool renewed = false;  // files were written by this call
};

/// Makes what is missing, expires within 30 days or lacks one of the names; keeps the rest. The
/// authority lasts 10 years, the server's certificate 397 days (what browsers accept). Errors name
/// the file.
Result<Certificates> ensure_certificates(const CertificateOptions& options, Instant now);

/// localhost, 127.0.0.1, ::1, the host name and the addresses of the interfaces that are up.
std::vector<std::string> local_names();

}  // namespace linka::api
