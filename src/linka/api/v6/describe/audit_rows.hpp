// Private to v6: entries of the change log as v6 shows them, from rows of the store.
#pragma once

#include "linka/api/v6/describe/bringing_back.hpp"
#include "linka/api/v6/describe/description.hpp"
#include "linka/api/v6/sql_fields.hpp"

namespace linka::api::v6 {

/// A row of Model::audit.
struct ShownChange {
    const json::Object& row;
    store::Reader& reader;
    Returning returning;
};

const Description<ShownChange>& changes_description();
const SqlFields& change_fields();
/// The number of "auditLog_17"; 0 if it is none.
std::int64_t change_from_name(std::string_view name);
/// Entries that have each of the words (at most ten) in what a list shows of them, or among the
/// values, whatever its case and accents: people are found by their titles, also those who are
/// deleted.
store::Filter with_words(std::string_view words, store::Reader& reader);
/// Entries about records that the viewer may read and, where they do not see everything, about
/// those that they see; entries about nothing by the people whom they see.
store::Filter readable(const View& view);
/// A row of Model::audit as v6 shows it. Fields that name records which the viewer may not read are
/// left out.
json::Object change_json(const json::Object& row, const View& view, store::Reader& reader);

}  // namespace linka::api::v6
