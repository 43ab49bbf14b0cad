// Journal: the events as rows of the table `event`.
#pragma once

#include "linka/core/journal/event.hpp"
#include "linka/store/db/db.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace linka::store {

class Journal {
  public:
    /// The form of the bodies; events of other forms would be translated when read.
    static constexpr std::int64_t version = 1;
    /// Appends an event's body to an empty `body`. What no database keeps must not hold up the
    /// journal: it becomes U+FFFD, and then the answer is true.
    [[nodiscard]] static bool write_body(std::string& body, const core::Event& event);

    explicit Journal(Db& db);

    /// Appends one event. Errors stick to the Db. Returned: the event as the journal gives it back,
    /// where that is not the same: doubles are read to within some units of their last place, and
    /// what is no text (see fits()) becomes U+FFFD.
    std::optional<core::Event> append(const core::Record& record);
    /// Events after `seq`, oldest first, at most `max`. Errors: `internal` names an event that
    /// cannot be read, or a gap.
    Result<std::vector<core::Record>> read(std::int64_t after, std::size_t max);
    /// The last event's seq, 0 for an empty journal.
    Result<std::int64_t> last();

  private:
    Db& db_;
    Stmt insert_;
    Stmt select_;
    std::string body_;  // kept for its memory
};

}  // namespace linka::store
