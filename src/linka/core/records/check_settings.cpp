// Are the settings of the whole instance fit to be saved?
#include "linka/base/text.hpp"
#include "linka/core/records/check.hpp"
#include "linka/core/records/check_kit.hpp"
#include "linka/core/records/limits.hpp"
#include "linka/core/view.hpp"

#include <algorithm>
#include <utility>

namespace linka::core {

namespace {

Check check_matrix(const DistributionMatrix& matrix) {
    static_assert(limits::beside.least == 0 && limits::beside.most == 50);
    for (const Channel open : given_out) {
        for (const Channel offered : given_out) {
            if (!limits::beside.has(*part_of(*part_of(matrix, open), offered))) {
                return fault(text::format("distribution.{}.{}", name_of(open), name_of(offered)),
                             "0 to 50");
            }
        }
    }
    return {};
}

// What saves lives is never the number of anything of ours.
Check check_emergency(const State& s, const Settings& settings) {
    if (settings.emergency.empty() || settings.emergency.size() > 100) {
        return fault("emergency", "1 to 100 numbers");
    }
    for (const std::string& number : settings.emergency) {
        if (!is_digits(number, 2, 8)) {
            return fault("emergency", number + ": must be 2 to 8 digits");
        }
        if (std::count(settings.emergency.begin(), settings.emergency.end(), number) > 1) {
            return fault("emergency", number + ": stands there twice");
        }
        if (const User* user = user_by_extension(s, number)) {
            return fault("emergency", number + " is the extension of user " + user->name);
        }
        const std::int64_t value = text::to_int(number).value_or(0);
        if (s.queues.contains(QueueId{value})) {
            return fault("emergency", number + " is a queue");
        }
        if (s.routing.ring_groups.contains(RingGroupId{value}) ||
            s.draft.ring_groups.contains(RingGroupId{value})) {
            return fault("emergency", number + " is a ring group");
        }
        if (device_by_name(s, number) != nullptr) {
            return fault("emergency", number + " is a device");
        }
    }
    return {};
}

}  // namespace

Check check(const State& s, const Settings& settings) {
    if (!is_digits(settings.country, 1, 3) || settings.country.front() == '0') {
        return fault("country", "1 to 3 digits, the first of them 1 to 9");
    }
    for (const auto& [field, list] : {std::pair{"allowed_prefixes", settings.allowed_prefixes},
                                      std::pair{"premium", settings.premium}}) {
        if (list.size() > 1000) {
            return fault(field, "at most 1000");
        }
        for (const std::string& prefix : list) {
            if (!is_digits(prefix, 3, 20) || !prefix.starts_with("00")) {
                return fault(field, prefix + ": must be 00 and digits, 3 to 20 in all");
            }
        }
    }
    if (Check emergency = check_emergency(s, settings)) {
        return emergency;
    }
    if (Check matrix = check_matrix(settings.distribution)) {
        return matrix;
    }
    if (!within(settings.inactivity_logout, 60s, 24h, true)) {
        return fault("inactivity_logout", "0, or 1 min to 24 h");
    }
    if (!within(settings.voicemail_max, 5s, 300s, false)) {
        return fault("voicemail_max", "5 to 300 s");
    }
    return within(settings.outbound_ring_max, 5s, 180s, false)
               ? Check{}
               : fault("outbound_ring_max", "5 to 180 s");
}

}  // namespace linka::core
