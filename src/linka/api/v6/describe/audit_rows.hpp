// Private to v6: entries of the change log as v6 shows them, from rows of the store.
#pragma once

#include "linka/api/v6/describe/bringing_back.hpp"
#include "linka/api/v6/describe/description.hpp"
#include "linka/api/v6/sql_fields.hpp"

namespace linka::api::v6 {

/// A row of Model::audit as ChangeMask shows it.
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
store::Filter with_words(std::string_view words, const View& view, store::Reader& reader);
/// A row of Model::audit, as ChangeMask shows it, in the words of v6.
json::Object change_json(const json::Object& row, const View& view, store::Reader& reader);

}  // namespace linka::api::v6
