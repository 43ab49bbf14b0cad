// Records that the core does not decide by: JSON objects in one table of the store, whatever the
// model. A description is all that a model of them needs; groups.cpp is one.
#pragma once

#include "linka/api/v6/describe/description.hpp"
#include "linka/api/v6/serve.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linka::api::v6 {

/// Fields of such a record lie under their own names.
namespace kept {

using Field = Member<json::Object>;

/// Given by the server unless a client names it.
Field name();
Field text(std::string name, std::size_t bytes_max);
/// Of several lines.
Field area(std::string name, std::size_t bytes_max);
Field flag(std::string name);
Field choice(std::string name, std::vector<std::string> choices);
/// Some of them. May lie in an object of the record, as its dotted name says.
Field choices(std::string name, std::vector<std::string> choices);
/// Read only: true of records that the model has from the beginning.
Field built_in();
/// Names of records of another model (users, queues), which exist, each once, at most so many. Who
/// is deleted is read no more, nor is somebody else who got the name since; readers see those whom
/// they may see. GET /{model}/{name}/{field} lists them whole.
Field names(std::string name, std::string of, std::size_t most);
/// Adds a name to such a field, which means whom it meant in `old`.
void keep_name(json::Object& record, const std::string& field, const std::string& name,
               const json::Object& old);
/// See member::fixed.
Field fixed(std::string name, json::Value value);

}  // namespace kept

struct KeptModel {
    Description<json::Object> description;
    /// Says what is wrong beyond the fields; null: nothing is.
    void (*check)(Form&, const json::Object& record) = nullptr;
    /// Records that are there from the beginning and stay; null: none.
    std::vector<json::Object> (*built_in)(Language) = nullptr;
    /// The answer if this may not be done, whatever the fields say. Null of `old`: it is new; of
    /// `now`: it is to be removed.
    std::optional<Response> (*barred)(const Ask&, const json::Object* old,
                                      const json::Object* now) = nullptr;
    /// Whether one may go, in the turn in which it does.
    bool (*is_free)(const core::State&, const json::Object& record) = nullptr;
    /// At the start and with each change: all records that are kept. Such a change is judged and
    /// told in a turn of the core, like those of the core's own records, so that each of two
    /// changes at the same moment knows of the other; it is stored after that, and told back if it
    /// cannot be.
    void (*changed)(const Site&, const std::vector<json::Object>& all) = nullptr;
};

/// The fields of a stored record, without `_sys`: what is not stored is as in a new record. Names
/// are as they were stored.
json::Object kept_values(const Description<json::Object>& description, const json::Object& stored);

/// The same as it is read: without those who are deleted since, nor those whom the reader does not
/// see; null: whoever reads.
json::Object living_values(const Description<json::Object>& description, const json::Object& stored,
                           const Records& records, const View* view);

/// `model` lives as long as the program.
Model serve_kept(const KeptModel& model);

/// At a start: calls `changed` with what is kept.
Status load_kept(const KeptModel& model, const Site& site, store::Reader& reader);

}  // namespace linka::api::v6
