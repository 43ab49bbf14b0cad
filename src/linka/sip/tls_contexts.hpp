// The TLS contexts that the library makes for its listening sockets. It loads the leaf certificate
// only and cannot reload; we find its contexts through OpenSSL's creation hook and then load the
// whole chain, set the least version and reload when the certificate is renewed.
#pragma once

#include "linka/base/result.hpp"

#include <memory>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace linka::sip {

class TlsContexts {
  public:
    TlsContexts();
    ~TlsContexts();
    TlsContexts(const TlsContexts&) = delete;
    TlsContexts& operator=(const TlsContexts&) = delete;

    /// Contexts created on this thread from now on until collect() are taken.
    void begin();
    void collect();
    /// Loads agent.pem (certificate, chain, key) into all of them. On an error the old one stays
    /// in use where it was.
    Status load(const std::string& directory);

  private:
    struct Release {
        void operator()(ssl_ctx_st* context) const;
    };
    std::vector<std::unique_ptr<ssl_ctx_st, Release>> contexts_;
};

}  // namespace linka::sip
