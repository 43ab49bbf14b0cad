// Private to v6: statuses as they are stored and as v6 shows them, alone and nested in activities.
#pragma once

#include "linka/api/v6/serve.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// The nine members of a status: one client counts them.
const std::vector<std::string>& status_fields();

struct StoredStatus {
    std::int64_t id = 0;  // 0: not stored yet
    json::Object body;    // what was written, by the names of v6
};

/// All that are not removed.
Result<std::vector<StoredStatus>> stored_statuses(store::Reader& reader);

json::Object status_json(const json::Object& stored);

/// Statuses by name, to be nested.
class StatusBook {
  public:
    StatusBook() = default;
    explicit StatusBook(store::Reader& reader);
    /// Of a removed one there is its name alone, as its title too: clients show titles.
    [[nodiscard]] json::Object find(std::string_view name) const;

  private:
    std::map<std::string, json::Object, std::less<>> all_;
};

}  // namespace linka::api::v6
