#include "linka/sip/message_parts.hpp"

#include "linka/base/text.hpp"
#include "linka/sip/addresses.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/reach.hpp"

#include <algorithm>
#include <array>

#include <sofia-sip/msg_mime.h>

namespace linka::sip {
namespace {

bool is_sdp(const msg_content_type_t* type) {
    return type != nullptr && text::equal_ignoring_case(view(type->c_type), "application/sdp");
}

std::string bytes_of(const msg_payload_t* payload) {
    return payload == nullptr || payload->pl_data == nullptr
               ? std::string{}
               : std::string(payload->pl_data, payload->pl_len);
}

Description from_multipart(const sip_t& sip) {
    Home home;
    msg_payload_t* payload = msg_payload_dup(home.get(), sip.sip_payload);
    const msg_multipart_t* part =
        payload == nullptr ? nullptr
                           : msg_multipart_parse(home.get(), sip.sip_content_type, payload);
    for (; part != nullptr; part = part->mp_next) {
        if (is_sdp(part->mp_content_type)) {
            return {0, bytes_of(part->mp_payload)};
        }
    }
    return {415, {}};
}

}  // namespace

Description description_of(const sip_t& sip) {
    const std::string body = bytes_of(sip.sip_payload);
    if (body.size() > body_max) {
        return {413, {}};
    }
    if (body.empty()) {
        return {};
    }
    const bool encoded =
        sip.sip_content_encoding != nullptr && !lists(sip.sip_content_encoding, "identity");
    if (encoded || sip.sip_content_type == nullptr) {
        return {415, {}};
    }
    if (is_sdp(sip.sip_content_type)) {
        return {0, body};
    }
    if (text::starts_with_ignoring_case(view(sip.sip_content_type->c_type), "multipart/")) {
        return from_multipart(sip);
    }
    return {415, {}};
}

bool accepts_sdp(const sip_t& sip) {
    for (const sip_accept_t* accept = sip.sip_accept; accept != nullptr; accept = accept->ac_next) {
        const std::string_view type = view(accept->ac_type);
        if (text::equal_ignoring_case(type, "application/sdp") || type == "*/*" ||
            text::equal_ignoring_case(type, "application/*")) {
            return true;
        }
    }
    return sip.sip_accept == nullptr;
}

bool lists(const msg_list_t* list, std::string_view item) {
    for (; list != nullptr; list = reinterpret_cast<const msg_list_t*>(list->k_next)) {
        if (list->k_items == nullptr) {
            continue;
        }
        for (const auto* entry = list->k_items; *entry != nullptr; ++entry) {
            if (text::equal_ignoring_case(*entry, item)) {
                return true;
            }
        }
    }
    return false;
}

std::string unsupported(const sip_t& sip) {
    static constexpr std::array<std::string_view, 4> known = {"100rel", "timer", "replaces",
                                                              "norefersub"};
    std::string out;
    for (const msg_list_t* list = sip.sip_require; list != nullptr;
         list = reinterpret_cast<const msg_list_t*>(list->k_next)) {
        for (const auto* entry = list->k_items; entry != nullptr && *entry != nullptr; ++entry) {
            const std::string option = text::lower(*entry);
            if (std::find(known.begin(), known.end(), option) == known.end() && out.size() < 1000) {
                out += out.empty() ? "" : ", ";
                out += *entry;
            }
        }
    }
    return out;
}

std::string bracketed(const url_t& url) {
    Home home;
    const char* text = url_as_string(home.get(), &url);
    return text == nullptr || *text == '\0' ? std::string{} : text::format("<{}>", text);
}

std::vector<std::string> routes_of(const sip_t& sip, bool reversed) {
    std::vector<std::string> routes;
    constexpr std::size_t routes_max = 32;
    for (const sip_record_route_t* route = sip.sip_record_route;
         route != nullptr && routes.size() < routes_max; route = route->r_next) {
        routes.push_back(bracketed(*route->r_url));
    }
    if (reversed) {
        std::reverse(routes.begin(), routes.end());
    }
    return routes;
}

bool is_behind_nat(const sip_t& sip, const Source& source, bool is_device) {
    return sip.sip_contact != nullptr &&
           is_behind_nat(*sip.sip_contact->m_url, sip, source, is_device);
}

bool is_behind_nat(const url_t& contact, const sip_t& sip, const Source& source, bool is_device) {
    const url_t& url = contact;
    const std::string host = plain_host(view(url.url_host));
    if (!reach_fault(bracketed(url)).empty()) {
        return true;
    }
    if (!same_address(host, source.host)) {
        return is_device || (is_private(host) && !is_private(source.host));
    }
    const bool symmetric = sip.sip_via != nullptr && sip.sip_via->v_rport != nullptr;
    const std::int64_t port = text::to_int(view(url.url_port)).value_or(5060);
    return is_device && symmetric && port != source.port;
}

std::string unknown_header(const sip_t& sip, std::string_view name) {
    for (const sip_unknown_t* header = sip.sip_unknown; header != nullptr;
         header = header->un_next) {
        if (text::equal_ignoring_case(view(header->un_name), name)) {
            return copy(header->un_value);
        }
    }
    return {};
}

std::vector<std::string> unknown_values(const sip_t& sip, std::string_view name) {
    constexpr std::size_t values_max = 16;
    std::vector<std::string> values;
    for (const sip_unknown_t* header = sip.sip_unknown;
         header != nullptr && values.size() < values_max; header = header->un_next) {
        if (!text::equal_ignoring_case(view(header->un_name), name)) {
            continue;
        }
        const std::string_view line = view(header->un_value);
        bool quoted = false;
        bool bracketed = false;
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= line.size() && values.size() < values_max; ++i) {
            if (i == line.size() || (line[i] == ',' && !quoted && !bracketed)) {
                values.emplace_back(text::trim(line.substr(begin, i - begin)));
                begin = i + 1;
                continue;
            }
            if (quoted && line[i] == '\\') {
                ++i;
            } else if (line[i] == '"') {
                quoted = !quoted;
            } else if (!quoted && (line[i] == '<' || line[i] == '>')) {
                bracketed = line[i] == '<';
            }
        }
    }
    return values;
}

int retry_after(const sip_t& sip) {
    return sip.sip_retry_after == nullptr
               ? 0
               : static_cast<int>(std::min<unsigned long>(sip.sip_retry_after->af_delta, 86400));
}

bool says_elsewhere(const sip_t& sip) {
    for (const sip_reason_t* reason = sip.sip_reason; reason != nullptr; reason = reason->re_next) {
        if (text::equal_ignoring_case(view(reason->re_protocol), "SIP") &&
            view(reason->re_cause) == "200") {
            return true;
        }
    }
    return false;
}

std::string user_agent_of(const sip_t& sip) {
    const msg_generic_t* header =
        sip.sip_user_agent != nullptr ? sip.sip_user_agent : sip.sip_server;
    const std::string name = header == nullptr ? std::string{} : copy(header->g_string);
    return text::is_utf8(name) ? name.substr(0, 200) : std::string{};
}

}  // namespace linka::sip
