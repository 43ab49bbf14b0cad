#include "linka/sip/identity.hpp"

#include "linka/base/text.hpp"
#include "linka/sip/context.hpp"
#include "linka/sip/headers.hpp"
#include "linka/sip/message_parts.hpp"

#include <algorithm>

namespace linka::sip {
namespace {

// RFC 3323 §4.2, RFC 3325 §9.3: wishes that keep the number from those who are called.
bool withholds(const sip_t& sip) {
    if (sip.sip_privacy == nullptr || sip.sip_privacy->priv_values == nullptr) {
        return false;
    }
    for (const auto* value = sip.sip_privacy->priv_values; *value != nullptr; ++value) {
        const std::string wish = text::lower(text::trim(*value));
        if (wish == "id" || wish == "user" || wish == "header" || wish == "session") {
            return true;
        }
    }
    return false;
}

}  // namespace

CallerIdentity caller_of(const sip_t& sip, bool trusted) {
    CallerIdentity who;
    who.number = decode_user(view(sip.sip_from->a_url->url_user));
    who.name = read_display(view(sip.sip_from->a_display));
    if (!trusted) {
        return who;
    }
    if (withholds(sip)) {
        // RFC 3325 §7: it must not reach those who are called, and there is no place that only the
        // law reads, so we keep it nowhere: the operator of the trunk has it.
        return {std::string(withheld_number), {}};
    }
    // At most one sip: or sips: and one tel: (RFC 3325 §9.1), in any order and on one line or two.
    Home home;
    for (const std::string& value : unknown_values(sip, "P-Asserted-Identity")) {
        const sip_from_t* asserted =
            sip_from_make(home.get(), mended_address(value).value_or(value).c_str());
        if (asserted == nullptr || asserted->a_url->url_user == nullptr) {
            continue;
        }
        const std::string number = decode_user(view(asserted->a_url->url_user));
        if (number.empty()) {
            continue;
        }
        const std::string name = read_display(view(asserted->a_display));
        who.number = number;
        if (!name.empty()) {
            who.name = name;
            break;
        }
    }
    return who;
}

int hops_of(const sip_t& sip) {
    int diverted = 0;
    for (const std::string& value : unknown_values(sip, "Diversion")) {
        int count = 1;
        for (const std::string_view part : text::split(value, ';')) {
            const std::string_view plain = text::trim(part);
            if (text::starts_with_ignoring_case(plain, "counter=")) {
                count = static_cast<int>(
                    std::clamp<std::int64_t>(text::to_int(plain.substr(8)).value_or(1), 1, 100));
            }
        }
        diverted += count;
    }
    // The first entry of a history is where the call was first sent to.
    const auto targets = static_cast<int>(unknown_values(sip, "History-Info").size());
    const auto ours = static_cast<int>(std::clamp<std::int64_t>(
        text::to_int(unknown_header(sip, hops_header)).value_or(0), 0, 100));
    return std::max({diverted, targets - 1, ours, 0});
}

}  // namespace linka::sip
