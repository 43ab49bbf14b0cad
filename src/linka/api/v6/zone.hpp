// Time zones from the system's TZif files (RFC 8536), read once each and then shared between
// threads. After the last transition in a file its last rule stays (Debian's files reach to 2037).
#pragma once

#include "linka/base/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api {

class Zone {
  public:
    /// "Europe/Prague". Null if there is no such zone; the name is checked before any file is
    /// touched. UTC is always there.
    static std::shared_ptr<const Zone> find(std::string_view name);
    /// Europe/Prague, or UTC if the system has no zone files.
    static std::shared_ptr<const Zone> standard();

    [[nodiscard]] const std::string& name() const { return name_; }
    /// "2026-11-23 18:45:28"; empty for no instant.
    [[nodiscard]] std::string text(Instant at) const;
    /// Reads "Y-m-d", "Y-m-d H:i" or "Y-m-d H:i:s" as wall time of this zone. Of a time that comes
    /// twice the earlier is meant; one that is skipped moves on by the gap.
    [[nodiscard]] std::optional<Instant> instant(std::string_view text) const;
    /// Seconds east of UTC.
    [[nodiscard]] std::int64_t offset(std::int64_t unix_seconds) const;

    /// From the bytes of a TZif file; null if they are none. Never reads beyond them.
    static std::shared_ptr<const Zone> parse(std::string name, std::string_view bytes);

  private:
    struct Change {
        std::int64_t at = 0;      // seconds since 1970
        std::int64_t offset = 0;  // from then on
    };
    std::string name_;
    std::int64_t first_offset_ = 0;
    std::vector<Change> changes_;
};

}  // namespace linka::api
