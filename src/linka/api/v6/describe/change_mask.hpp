// Private to v6: what of the change log somebody may read. Entries are kept whole, as the records
// were; what their reader may not read is taken out here, at the door, and nowhere else.
#pragma once

#include "linka/api/v6/serve.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace linka::api::v6 {

/// Columns of what the fields were and are.
bool is_of_values(std::string_view column);

class ChangeMask {
  public:
    explicit ChangeMask(const View& view);

    [[nodiscard]] const View& view() const { return view_; }
    /// Entries about records that the reader may read and, where they do not see everything, about
    /// those that they see; entries about nothing by the people whom they see.
    [[nodiscard]] store::Filter readable() const;
    /// The filter, by which values are compared in those entries alone of which nothing can be
    /// hidden: who counts rows learns nothing of the others.
    [[nodiscard]] store::Filter compared(store::Filter filter) const;
    /// Whether nothing can be hidden of any entry that is readable.
    [[nodiscard]] bool shows_all_values() const;
    /// A row of Model::audit without what is hidden. `hidden` says whether values are missing.
    [[nodiscard]] json::Object shown(json::Object row) const;
    /// Fields of a record without what is hidden.
    [[nodiscard]] json::Object covered(std::string_view model, json::Object values) const;

  private:
    [[nodiscard]] bool reads(std::string_view model) const;
    [[nodiscard]] bool reads_all_of(std::string_view model) const;
    [[nodiscard]] bool sees(std::string_view model, const std::string& name) const;
    [[nodiscard]] bool shows_all_values_of(const Model& model) const;
    [[nodiscard]] store::Filter whole() const;
    [[nodiscard]] store::Filter by_seen_people() const;
    void cover_list(std::string_view of, json::Value& list) const;
    void cover_titles(json::Object& titles) const;

    const View& view_;
    std::map<std::string, std::set<std::string>, std::less<>> seen_;
};

}  // namespace linka::api::v6
