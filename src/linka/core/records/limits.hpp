// Limits of what people enter: the one place. The core checks them, the API and the pages show them
// (GET /api/live/limits), so that nobody is told one number and refused by another.
#pragma once

#include "linka/base/json_write.hpp"
#include "linka/base/time.hpp"

#include <cstddef>
#include <cstdint>

namespace linka::core::limits {

/// Closing or postponing work.
inline constexpr std::size_t note_bytes_max = 65'536;
inline constexpr std::size_t statuses_max = 100;
inline constexpr std::size_t status_bytes_max = 256;
inline constexpr std::size_t options_bytes_max = 4'096;
/// Digits sent in a call at once: 0-9 * # A-D.
inline constexpr std::size_t digits_max = 64;
/// A number to be called or transferred to, as it is typed.
inline constexpr std::size_t number_bytes_max = 64;

inline constexpr std::size_t title_bytes_max = 256;
inline constexpr std::size_t name_bytes_max = 64;
inline constexpr std::size_t language_bytes_max = 8;
inline constexpr std::size_t prompt_bytes_max = 256;
/// The text that a system recording is spoken from.
inline constexpr std::size_t prompt_text_bytes_max = 2'000;
/// What a status says of itself.
inline constexpr std::size_t description_bytes_max = 1'024;
/// A number that is kept: shown to those who are called, forwarded to, of an external device.
inline constexpr std::size_t kept_number_digits_max = 20;
/// Queues and ring groups: 1 to 8 digits. Extensions: 2 to 8 digits.
inline constexpr int queue_number_max = 99'999'999;
inline constexpr std::size_t extension_digits_min = 2;
inline constexpr std::size_t extension_digits_max = 8;
/// Groups, roles, statuses, pauses, profiles or rights to call: so many of each.
inline constexpr std::size_t kept_records_max = 1'000;
/// Queues or people in one group.
inline constexpr std::size_t group_members_max = 1'000;
/// Rules of one right to call.
inline constexpr std::size_t call_rules_max = 200;
inline constexpr std::size_t call_rule_bytes_max = 64;
/// Telephones of one profile.
inline constexpr std::size_t profile_devices_max = 100;
/// Trunks, and what one has.
inline constexpr std::size_t trunks_max = 100;
inline constexpr std::size_t trunk_addresses_max = 100;
inline constexpr std::size_t trunk_username_bytes_max = 128;
inline constexpr std::size_t trunk_password_bytes_max = 128;
inline constexpr std::size_t host_bytes_max = 253;  // RFC 1035 §2.3.4
inline constexpr int max_activities_max = 1'000;
inline constexpr int penalty_max = 100;

/// Both ends included; `zero`: 0 is allowed as well and means none or no limit.
struct Span {
    int least = 0;
    int most = 0;
    bool zero = false;

    [[nodiscard]] constexpr bool has(std::int64_t value) const {
        return (zero && value == 0) || (value >= least && value <= most);
    }
    [[nodiscard]] constexpr bool has(Duration value) const {
        using std::chrono::seconds;
        return (zero && value == Duration{}) || (value >= seconds(least) && value <= seconds(most));
    }
};
LINKA_DESCRIBE(Span, (least, most, zero))
/// Seconds, of a queue.
inline constexpr Span ring_time{5, 90, false};
inline constexpr Span sleep_time{1, 60, true};
inline constexpr Span wrap_time{5, 900, true};
inline constexpr Span max_wait{5, 3'600, true};
inline constexpr Span position_repeat{5, 600, true};
inline constexpr Span answer_within{1, 3'600, true};
inline constexpr Span abandon_within{1, 3'600, true};
/// Callers, and places in the order of queues.
inline constexpr Span max_length{1, 50, true};
inline constexpr Span weight{0, 10, false};
/// A cell of the distribution matrix.
inline constexpr Span beside{0, 50, false};
/// Seconds, of a user's device and of a member of a ring group.
inline constexpr Span device_delay{0, 120, false};
inline constexpr Span device_ring{0, 300, false};
inline constexpr Span member_ring{5, 300, false};
/// Among rules that fit a call equally well.
inline constexpr Span route_position{0, 10'000, false};
inline constexpr Span trunk_position{0, 1'000, false};
inline constexpr Span port{1, 65'535, false};
/// The length of a system recording: no announcement plays longer.
inline constexpr int prompt_seconds_max = 300;
/// Minutes that a pause may last; 0: any number.
inline constexpr Span pause_minutes{1, 1'440, true};

}  // namespace linka::core::limits
