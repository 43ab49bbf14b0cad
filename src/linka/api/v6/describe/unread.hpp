// Nobody gives what they may not read, of which they are told no more than of what is not there.
// What a record names of it already is not theirs to take: what a form did not show, it did not
// leave out.
#pragma once

#include "linka/api/rights.hpp"
#include "linka/api/v6/form.hpp"
#include "linka/api/v6/model.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

inline std::string name_in(const Records&, core::QueueId queue) {
    return std::to_string(queue.value);
}
inline std::string name_in(const Records& records, core::DeviceId device) {
    const auto found = records.device(device);
    return found ? found->name : std::string();
}

/// Of a field that names queues or devices, as it was and as a form wants it. `id_of`: of each
/// entry. `known`: what it had is shown to whoever asks.
template <typename Entry, typename IdOf>
void keep_unread(const Ask& ask, Form& form, std::string_view field, const std::vector<Entry>& old,
                 std::vector<Entry>& now, IdOf id_of, bool known = false) {
    if (!form.has(field)) {
        return;
    }
    const auto records = ask.site.directory.now();
    const auto id = [&](const Entry& entry) { return std::invoke(id_of, entry); };
    const auto among = [&](const std::vector<Entry>& all, const Entry& one) {
        return std::any_of(all.begin(), all.end(),
                           [&](const Entry& each) { return id(each) == id(one); });
    };
    const auto is_shown = [&](const Entry& entry) {
        return reads(*records, *ask.user, id(entry)) || (known && among(old, entry));
    };
    for (const Entry& entry : now) {
        if (!is_shown(entry)) {
            form.none_such(field, name_in(*records, id(entry)));
        }
    }
    std::copy_if(old.begin(), old.end(), std::back_inserter(now),
                 [&](const Entry& entry) { return !is_shown(entry) && !among(now, entry); });
}

}  // namespace linka::api::v6
