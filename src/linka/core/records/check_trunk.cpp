// Is a trunk fit to be saved?
#include "linka/core/records/check.hpp"
#include "linka/core/records/check_kit.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/records/words.hpp"
#include "linka/core/view.hpp"

namespace linka::core {

namespace {

bool is_host(std::string_view host) {
    return host.size() <= limits::host_bytes_max &&
           all_of_set(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]");
}

bool is_address(std::string_view address) {
    return !address.empty() && address.size() <= 45 &&
           all_of_set(address, "0123456789abcdefABCDEF.:");
}

Check check_addresses(const Trunk& trunk) {
    if (trunk.addresses.size() > limits::trunk_addresses_max) {
        return fault("addresses", "at most 100");
    }
    for (const std::string& address : trunk.addresses) {
        if (!is_address(address)) {
            return fault("addresses", address + ": must be an IPv4 or IPv6 address");
        }
    }
    return {};
}

}  // namespace

Check check(const State& s, const Trunk& trunk) {
    const auto old = s.trunks.find(trunk.id);
    if (trunk.id && old == s.trunks.end()) {
        return fault("id", "no such trunk");
    }
    if (!is_name(trunk.name)) {
        return fault("name", name_rule);
    }
    const Trunk* same = find_trunk(s, trunk.name);
    if (same != nullptr && same->id != trunk.id) {
        return fault("name", "exists already");
    }
    if (old != s.trunks.end() && old->second.name != trunk.name) {
        return fault("name", "never changes");
    }
    if (Check title = check_words(trunk.title)) {
        return title;
    }
    if (!is_host(trunk.host)) {
        return fault("host", "a name or an IP address");
    }
    if (!limits::port.has(trunk.port)) {
        return fault("port", "1 to 65535");
    }
    if (trunk.username.size() > limits::trunk_username_bytes_max) {
        return fault("username", "at most 128 bytes");
    }
    if (Check addresses = check_addresses(trunk)) {
        return addresses;
    }
    if (trunk.caller_number.size() > limits::kept_number_digits_max ||
        !all_of_set(trunk.caller_number, "+0123456789")) {
        return fault("caller_number", "at most 20 digits");
    }
    if (!limits::trunk_position.has(trunk.position)) {
        return fault("position", "0 to 1000");
    }
    return trunk.id ? Check{} : check_count(s.trunks.size(), limits::trunks_max);
}

}  // namespace linka::core
