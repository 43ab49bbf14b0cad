#include "linka/sip/reach.hpp"

#include "linka/runtime/address_rule.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/sofia.hpp"

namespace linka::sip {

std::string_view reach_fault(std::string_view uri) {
    if (uri.starts_with('<')) {
        uri = uri.substr(1, uri.find('>') - 1);
    }
    // The library's own reading of it, so that both mean the same host.
    Home home;
    const std::string text(uri);
    const url_t* url = url_make(home.get(), text.c_str());
    if (url == nullptr || url->url_host == nullptr ||
        (url->url_type != url_sip && url->url_type != url_sips)) {
        return "no SIP address";
    }
    if (url_has_param(url, "maddr") != 0) {
        return "one that names another host in maddr";  // RFC 3261 §19.1.1; a way to reflect
    }
    return runtime::target_fault(plain_host(url->url_host));
}

}  // namespace linka::sip
