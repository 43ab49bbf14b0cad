// What a change did to a record, for the change log: the values of the fields before and after.
// Secrets are in it by name alone.
#pragma once

#include "linka/api/v6/describe/field.hpp"
#include "linka/api/v6/serve.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linka::api::v6 {

/// Beside the fields of a record that was removed, or brought back: who has rights to it.
inline constexpr std::string_view people_member = "people";

enum class ChangeKind { create, update, remove };

struct Change {
    ChangeKind kind = ChangeKind::update;
    std::string model;
    std::string name;  // of the record
    std::string title;
    json::Object before;
    json::Object after;
    /// What the records that the fields name are called, by model and name: they may be gone later.
    json::Object titles;
    std::vector<std::string> secrets;  // fields that were set, whose values stand nowhere
    /// Nothing is different afterwards.
    [[nodiscard]] bool is_empty() const {
        return kind == ChangeKind::update && before.empty() && after.empty() && secrets.empty();
    }
};

/// The change between two readings of a record: of the fields that people and clients write those
/// that differ. Empty `before`: it was made; empty `after`: it was removed.
Change change_between(const std::vector<Field>& fields, std::string model, std::string name,
                      const json::Object& before, const json::Object& after);
/// Keeps the titles of the records that the change names.
void keep_titles(Change& change, const std::vector<Field>& fields, const Records& records);

/// The value at a dotted path; null if there is none.
json::Value field_value(const json::Object& record, std::string_view path);
/// A relation is its name, whatever of it is shown.
json::Value plain_value(json::Value value);
void set_field(json::Object& record, std::string_view path, json::Value value);

/// As the log keeps them; empty for none.
std::string text_of(const json::Object& values);

/// The entry of the change log that says so; none if nothing is different.
std::optional<store::Change> entry_of(const Ask& ask, const Change& change);
/// That the password of a record was set, or taken away.
store::Change password_entry(const Ask& ask, std::string_view model, std::string name,
                             std::string title);

}  // namespace linka::api::v6
