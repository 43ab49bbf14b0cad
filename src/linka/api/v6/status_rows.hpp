// Private to v6: the description of statuses, and statuses nested in activities.
#pragma once

#include "linka/api/v6/describe/kept.hpp"

#include <map>
#include <string>
#include <string_view>

namespace linka::api::v6 {

const Description<json::Object>& statuses_description();

/// Statuses by name, to be nested.
class StatusBook {
  public:
    StatusBook() = default;
    explicit StatusBook(store::Reader& reader);
    /// Of a removed one there is its name alone, as its title too: clients show titles.
    [[nodiscard]] json::Object find(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return all_.find(name) != all_.end(); }

  private:
    std::map<std::string, json::Object, std::less<>> all_;
};

}  // namespace linka::api::v6
