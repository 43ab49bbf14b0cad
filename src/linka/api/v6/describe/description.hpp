// One description of a model: its fields, where each lies in the record, and how it is read and
// written there. What is special to a model stands as small functions beside its description.
#pragma once

#include "linka/api/v6/describe/field.hpp"
#include "linka/api/v6/form.hpp"
#include "linka/api/v6/known_fields.hpp"
#include "linka/api/v6/model.hpp"
#include "linka/api/v6/sql_field.hpp"
#include "linka/api/v6/view.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace linka::api::v6 {

/// A field of record R. A chain of calls says what differs from an ordinary one.
template <typename R>
struct Member {
    /// What it is in the record; `attributes`: what the core keeps of it and does not read.
    using Read = std::function<json::Value(const R&, const json::Object& attributes, const View&)>;
    using Write = std::function<void(Form&, R&, const Records&)>;
    Field field;
    Read read;                            // none: written only
    Write write;                          // none: read only
    std::function<bool(const R&)> is_in;  // none: it is in every record
    /// Of rows of the store: what they are filtered and sorted by. None: by this they are not.
    std::optional<SqlField> column = std::nullopt;

    Member required() && {
        return set([](Field& f) { f.required = true; });
    }
    Member required_of(std::vector<std::string> types) && {
        return set([&](Field& f) { f.required_types = std::move(types); });
    }
    Member once() && {
        return set([](Field& f) { f.once = true; });
    }
    Member distinct() && {
        return set([](Field& f) { f.distinct = true; });
    }
    Member locks() && {
        return set([](Field& f) { f.locks = true; });
    }
    Member seen_afar() && {
        return set([](Field& f) { f.seen_afar = true; });
    }
    Member basic() && {
        return set([](Field& f) { f.place = Place::basic; });
    }
    Member advanced() && {
        return set([](Field& f) { f.place = Place::advanced; });
    }
    Member next(std::string first) && {
        return set([&](Field& f) { f.next = std::move(first); });
    }
    Member standard(json::Value value) && {
        return set([&](Field& f) { f.standard = std::move(value); });
    }
    Member limit(Limit limit) && {
        return set([&](Field& f) { f.limit = limit; });
    }
    Member choices(std::vector<std::string> offered) && {
        return set([&](Field& f) { f.choices = std::move(offered); });
    }
    Member of(std::string model) && {
        return set([&](Field& f) { f.of = std::move(model); });
    }
    Member offered(std::vector<std::string> choices) && {
        return set([&](Field& f) { f.offered = std::move(choices); });
    }
    Member only(std::vector<std::string> types) && {
        return set([&](Field& f) { f.types = std::move(types); });
    }
    Member nullable() && {
        return set([](Field& f) { f.nullable = true; });
    }
    Member about(std::string text) && {
        return set([&](Field& f) { f.about = std::move(text); });
    }
    /// By people; none of `how`: by other ways than write_record().
    Member written(Write how) && {
        write = std::move(how);
        return set([](Field& f) { f.writers = Writers::people; });
    }

  private:
    template <typename Change>
    Member set(Change change) {
        change(field);
        return std::move(*this);
    }
};

template <typename R>
struct Description {
    std::string model;              // as v6 names it
    Module module = Module::users;  // whose rights hold
    std::vector<std::string>
        columns;                     // of the page's list; also what a page knows beside the record
    std::vector<Member<R>> members;  // in the order of the form
    std::string (*name_of)(const R&) = nullptr;
    /// Members that are no fields are refused. Records of older models pass over them: clients send
    /// what other servers know.
    bool strict = false;

    /// The fields that lists know, also those that are compared and not read.
    [[nodiscard]] KnownFields known() const {
        KnownFields all;
        for (const Member<R>& member : members) {
            if (member.read || member.column) {
                all.push_back(member.field);
            }
        }
        return all;
    }
    /// Those that a record has, or takes.
    [[nodiscard]] std::vector<Field> fields() const {
        std::vector<Field> all;
        for (const Member<R>& member : members) {
            if (member.read || !member.column) {
                all.push_back(member.field);
                all.back().unread = !member.read;
            }
        }
        return all;
    }
};

template <typename R>
Described describe_fields(const Description<R>& description) {
    return {description.columns, description.fields()};
}

/// The record as v6 shows it, without `_sys`. `afar`: only what is seen from afar.
template <typename R>
json::Object read_record(const Description<R>& description, const R& record,
                         const json::Object& attributes, const View& view, bool afar = false) {
    json::Object out;
    out.reserve(description.members.size() + 1);  // and `_sys`
    for (const Member<R>& member : description.members) {
        const bool is_in = !member.is_in || member.is_in(record);
        if (!member.read || !is_in || (afar && !member.field.seen_afar)) {
            continue;
        }
        const auto [outer, inner] = halves(member.field.name);
        json::Value value = member.read(record, attributes, view);
        if (outer.empty()) {
            out[inner] = std::move(value);
            continue;
        }
        json::Value& object = out[outer];
        if (!object.is_object()) {
            object = json::Object();
        }
        object.get_object()[inner] = std::move(value);
    }
    return out;
}

/// The objects that dotted fields lie in.
template <typename R>
std::set<std::string> objects_of(const Description<R>& description) {
    std::set<std::string> names;
    for (const Member<R>& member : description.members) {
        const auto outer = halves(member.field.name).first;
        if (!outer.empty()) {
            names.emplace(outer);
        }
    }
    return names;
}

/// Writes the dotted fields of one object. Null and an empty list (an empty dictionary, as PHP
/// writes it) change nothing; a member that is no field is wrong.
template <typename R>
void write_object(const Description<R>& description, const std::string& name, Form& form,
                  Language language, R& record, const Records& records) {
    const json::Value* value = form.value(name);
    const bool empty =
        value == nullptr || value->is_null() || (value->is_array() && value->get_array().empty());
    if (empty) {
        return;
    }
    if (!value->is_object()) {
        form.wrong(name, "musí být objekt", "must be an object");
        return;
    }
    Form within(value->get_object(), language);
    std::set<std::string, std::less<>> known;
    for (const Member<R>& member : description.members) {
        const auto [outer, inner] = halves(member.field.name);
        if (outer == name) {
            known.emplace(inner);
            member.write(within, record, records);
        }
    }
    within.only(known);
    for (const auto& [field, text] : within.errors()) {
        form.wrong(name + "." + field, text, text);
    }
}

/// Writes what the form has into the record. `present`: as it is read now; null: it is a new one.
template <typename R>
void write_record(const Description<R>& description, Form& form, Language language, R& record,
                  const Records& records, const json::Object* present) {
    for (const Member<R>& member : description.members) {
        const Field& field = member.field;
        if (!halves(field.name).first.empty() || !member.write) {
            continue;
        }
        if (present != nullptr && field.once) {
            form.keep(field.name, present->at(field.name));
        } else {
            member.write(form, record, records);
        }
    }
    for (const std::string& name : objects_of(description)) {
        write_object(description, name, form, language, record, records);
    }
    if (description.strict) {
        std::set<std::string, std::less<>> known{"_sys"};
        for (const Member<R>& member : description.members) {
            const auto [outer, inner] = halves(member.field.name);
            known.emplace(outer.empty() ? inner : outer);
        }
        form.only(known);
    }
}

/// Names the fields that a new record lacks. `type`: of the record, as it is read. `again`: it is
/// one that was removed; what stands nowhere any more is not asked of it.
void require_fields(const std::vector<Field>& fields, Form& form, std::string_view type,
                    bool again);
bool has_distinct(const std::vector<Field>& fields);
/// Names those that another record has already; what a record had before it keeps. `own`: the name
/// of this one, empty for a new one; `others`: all records, as they are read.
void refuse_second(const std::vector<Field>& fields, Form& form, std::string_view own,
                   const std::vector<json::Object>& others);
/// A new record's name that an address would cut, so that another record were meant, is wrong.
void refuse_cut_name(Form& form, std::string_view name);
/// Names those that a change would empty.
void refuse_emptying(const std::vector<Field>& fields, Form& form);

}  // namespace linka::api::v6
