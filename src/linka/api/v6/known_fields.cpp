#include "linka/api/v6/known_fields.hpp"

#include "linka/api/v6/model.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

using store::Filter;

Error unknown(const std::string& field, std::string where) {
    return fail(ErrorCode::invalid, "unknown field '" + field + "'", std::move(where));
}

// What stands behind a name and a dot; empty: something else than the name does.
std::string_view behind(std::string_view name, std::string_view path) {
    return path.size() > name.size() + 1 && path.starts_with(name) && path[name.size()] == '.'
               ? path.substr(name.size() + 1)
               : std::string_view();
}

bool leads_into_model(std::string_view name, std::string_view path) {
    const Model* model = model_named(name);
    return model != nullptr && leads_somewhere(fields_of(*model), path);
}

bool leads_into(const Field& field, std::string_view path) {
    switch (field.kind) {
        case FieldKind::object:
        case FieldKind::record:
        case FieldKind::records:
            return field.of.empty() || leads_into_model(field.of, path);
        case FieldKind::choice:  // a relation is read whole
            return !field.of.empty() && leads_into_model(field.of, path);
        case FieldKind::matrix:
            return true;
        default:
            return false;
    }
}

Status check_filter(const Filter& filter, const KnownFields& known) {
    if (filter.kind == Filter::Kind::compare) {
        return leads_somewhere(known, filter.field) ? Status(Done{})
                                                    : unknown(filter.field, "filter");
    }
    for (const Filter& part : filter.parts) {
        const Status done = check_filter(part, known);
        if (!done) {
            return done;
        }
    }
    return Done{};
}

}  // namespace

KnownFields fields_of_model(std::string_view name) {
    const Model* model = model_named(name);
    return model != nullptr ? fields_of(*model) : KnownFields();
}

KnownFields fields_named(std::initializer_list<std::string_view> names) {
    KnownFields all;
    for (const std::string_view name : names) {
        all.emplace_back().name = name;
    }
    return all;
}

bool leads_somewhere(const KnownFields& known, std::string_view path) {
    constexpr std::string_view of_every_row = "_sys";
    if (path == of_every_row || !behind(of_every_row, path).empty()) {
        return true;
    }
    return std::any_of(known.begin(), known.end(), [&](const Field& field) {
        if (field.unread || field.secret) {
            return false;
        }
        if (field.name == path || !behind(path, field.name).empty()) {
            return true;  // itself, or the object that it lies in
        }
        const std::string_view rest = behind(field.name, path);
        return !rest.empty() && leads_into(field, rest);
    });
}

Status check_fields(const std::vector<std::string>& fields, const KnownFields& known,
                    const json::Object& row) {
    for (const std::string& field : fields) {
        if (!leads_somewhere(known, field) && !row.contains(field)) {
            return unknown(field, "fields");
        }
    }
    return Done{};
}

Status check_asked(const ListQuery& list, const KnownFields& known, const json::Object& row) {
    const Status filter = check_filter(list.query.filter, known);
    if (!filter) {
        return filter;
    }
    for (const store::Sort& sort : list.query.sort) {
        if (!leads_somewhere(known, sort.field)) {
            return unknown(sort.field, "sort");
        }
    }
    return check_fields(list.fields, known, row);
}

}  // namespace linka::api::v6
