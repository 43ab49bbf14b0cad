// Time zones from the system's TZif files (RFC 8536), read once each and then shared between
// threads. After the last change that a file lists (Debian's reach to 2037) the rule in its footer
// holds, to 2200.
#pragma once

#include "linka/base/time.hpp"
#include "linka/calendar/footer.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::calendar {

class Zone {
  public:
    /// "Europe/Prague". Null if there is no such zone; the name is checked before any file is
    /// touched. UTC is always there.
    static std::shared_ptr<const Zone> find(std::string_view name);
    /// Europe/Prague, or UTC if the system has no zone files.
    static std::shared_ptr<const Zone> standard();

    [[nodiscard]] const std::string& name() const { return name_; }
    /// What a clock on the wall shows: floor<std::chrono::days>() of it is the day, of which
    /// std::chrono knows date and weekday, the rest is the time of the day.
    [[nodiscard]] std::chrono::local_seconds wall(Instant at) const;
    /// Of a time that comes twice the earlier is meant; of one that is skipped, the instant of the
    /// change.
    [[nodiscard]] Instant instant(std::chrono::local_seconds time) const;
    /// The first instant after `at` from which wall time does not go on as before; never() if there
    /// is none.
    [[nodiscard]] Instant next_change(Instant at) const;

    /// "2026-11-23 18:45:28"; empty for no instant.
    [[nodiscard]] std::string text(Instant at) const;
    /// Reads "Y-m-d", "Y-m-d H:i" or "Y-m-d H:i:s" as wall time of this zone.
    [[nodiscard]] std::optional<Instant> instant(std::string_view text) const;

    /// The instants at which `text` shows that second: one stretch of a second, two where an hour
    /// comes twice (autumn), an empty one at the instant of the change where it is skipped
    /// (spring).
    struct Second {
        Instant from;
        Instant until;  // excluded
    };
    /// Reads as instant() does. One or two, in order; none if it is no time.
    [[nodiscard]] std::vector<Second> seconds(std::string_view text) const;
    [[nodiscard]] std::vector<Second> seconds(std::chrono::local_seconds time) const;
    /// Seconds east of UTC.
    [[nodiscard]] std::int64_t offset(std::int64_t unix_seconds) const;

    /// From the bytes of a TZif file; null if they are none. Never reads beyond them.
    static std::shared_ptr<const Zone> parse(std::string name, std::string_view bytes);

  private:
    std::string name_;
    std::int64_t first_offset_ = 0;
    std::vector<Change> changes_;
};

}  // namespace linka::calendar
