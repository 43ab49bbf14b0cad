// The plain-HTTP port: a page in Czech or English (`?lang=`, else as the browser prefers) that says
// how to trust the certificate (the FAQ's first question), the authority's certificate to download,
// and the way to the application.
#pragma once

#include "linka/api/server/http.hpp"
#include "linka/api/site.hpp"

#include <cstdint>
#include <string>

namespace linka::api {

struct HelpPage {
    std::string ca_file;      // empty: the certificate is one's own, nothing to trust by hand
    std::string fingerprint;  // SHA-256 of the authority's certificate, hex
    std::uint16_t https_port = 8443;
};

/// Serves `/`, `/linka-ca.pem` and `/linka-ca.crt`; everything else is sent on to the page.
Handler help_handler(HelpPage page);

/// Where that page is for a browser that came to `host` (the Host header, possibly with a port).
std::string help_address(std::string_view host, std::uint16_t http_port);

/// The page for a browser that came to `host` (the Host header, possibly with a port).
std::string help_html(const HelpPage& page, std::string_view host, Language language);

}  // namespace linka::api
