#include "linka/core/acd/availability.hpp"

#include "linka/core/acd/verdict.hpp"
#include "linka/core/records/profile.hpp"
#include "linka/core/view.hpp"

#include <algorithm>

namespace linka::core {

namespace {

char session_verdict(const State& s, const User& user, const Session& session) {
    if (user.type != UserType::CC) {
        return verdict::back_office;
    }
    if (user.deactivated) {
        return verdict::deactivated;
    }
    if (!session.logged_in) {
        return verdict::logged_out;
    }
    if (!session.ready) {
        return verdict::not_ready;
    }
    if (session.pause) {
        const Pause* pause = find_pause(s, session.pause);
        return pause != nullptr && pause->type == PauseType::wrap ? verdict::wrap : verdict::paused;
    }
    return verdict::eligible;
}

char device_verdict(const State& s, const Session& session) {
    if (session.devices.empty()) {
        return verdict::no_device;
    }
    const auto any = [&](bool (*is)(const State&, DeviceId)) {
        return std::any_of(session.devices.begin(), session.devices.end(),
                           [&](DeviceId device) { return is(s, device); });
    };
    if (!any(is_reachable)) {
        return verdict::unreachable;
    }
    return any(is_tried_by_queues) ? verdict::eligible : verdict::device_failed;
}

// One call is in the ear and one offer is held out at a time, whatever the matrix says.
char attention_verdict(const State& s, const User& user, const UserWork& work, Channel channel) {
    if (channel == Channel::call && is_on_call(s, user.id)) {
        return verdict::on_call;
    }
    const bool rings = channel == Channel::call && !work.legs.empty();
    return rings || !work.offers.empty() ? verdict::ringing : verdict::eligible;
}

// Of several rows that apply the smallest cell counts, less what is open of the column's channel
// beside the row itself.
char matrix_verdict(const DistributionMatrix& matrix, const InHand& has, Channel channel) {
    char found = verdict::eligible;
    for (const Channel row : given_out) {
        const int* more = part_of(*part_of(matrix, row), channel);
        if (has.open[row] == 0 || more == nullptr) {
            continue;
        }
        const int beside = has.open[channel] - (row == channel ? 1 : 0);
        if (beside < *more) {
            continue;
        }
        if (row == channel && *more == 0) {
            return verdict::working;
        }
        found = verdict::matrix;
    }
    return found;
}

char work_verdict(const State& s, const User& user, const InHand& has, Channel channel) {
    const char beside = matrix_verdict(s.settings.distribution, has, channel);
    if (beside != verdict::eligible) {
        return beside;
    }
    const std::optional<int> most = most_activities(s, user);
    const bool full = most && has.incoming >= *most;
    return full ? verdict::capacity : verdict::eligible;
}

}  // namespace

InHand in_hand(const State& s, const UserWork& work) {
    InHand has;
    for (const ActivityId id : work.activities) {
        const Activity& activity = s.activities.at(id);
        has.incoming += activity.direction == CallDirection::in ? 1 : 0;
        if (!activity.postponed) {
            ++has.open[activity.channel];
            ++has.total;
        }
    }
    const bool calls_beside = std::any_of(work.legs.begin(), work.legs.end(), [&](LegId id) {
        const Leg* leg = find_leg(s, id);
        return leg != nullptr && find_activity(s, leg->activity) == nullptr;
    });
    has.open[Channel::call] += calls_beside ? 1 : 0;
    return has;
}

ByChannel<char> verdicts_of(const State& s, const User& user, const Session& session,
                            const UserWork& work) {
    ByChannel<char> all;
    all.all.fill(session_verdict(s, user, session));
    if (all[Channel::call] != verdict::eligible) {
        return all;
    }
    const InHand has = in_hand(s, work);
    for (std::size_t index = 0; index < channels; ++index) {
        const auto channel = static_cast<Channel>(index);
        char& now = all[channel];
        if (channel == Channel::call) {
            now = device_verdict(s, session);
        }
        if (now == verdict::eligible) {
            now = attention_verdict(s, user, work, channel);
        }
        if (now == verdict::eligible) {
            now = work_verdict(s, user, has, channel);
        }
    }
    return all;
}

}  // namespace linka::core
