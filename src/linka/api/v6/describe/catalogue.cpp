#include "linka/api/v6/describe/catalogue.hpp"

#include "linka/api/v6/describe/change.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

json::Array array_of(const std::vector<std::string>& texts) {
    json::Array all;
    for (const std::string& text : texts) {
        all.emplace_back(text);
    }
    return all;
}

json::Object limit_json(const Limit& limit) {
    return {{"of", name_of(limit.of)},
            {"span", json::Object{{"least", limit.span.least},
                                  {"most", limit.span.most},
                                  {"zero", limit.span.zero}}}};
}

// The choices of a field that somebody may save: nobody gives more than they have.
std::vector<std::string> offered_to(const Records& records, const core::User& viewer,
                                    const Model& model, const Field& field) {
    std::vector<std::string> choices = field.offered.empty() ? field.choices : field.offered;
    if (model.name == "users" && field.name == "role") {
        std::erase_if(choices, [&](const std::string& name) {
            auto access = core::Access::agent;
            return enum_from_name(name, access) &&
                   !may_give(records, viewer, built_in_role(access));
        });
        for (const auto& [name, role] : records.roles) {
            if (linka::api::may(records, viewer, Module::roles, Operation::read) &&
                may_give(records, viewer, *role)) {
                choices.push_back(name);
            }
        }
    } else if (model.name == "roles" && field.name == "reach") {
        std::erase_if(choices, [&](const std::string& name) {
            auto reach = Reach::own;
            Role role;
            role.access = access_of(enum_from_name(name, reach) ? reach : Reach::own);
            return !may_give(records, viewer, role);
        });
    } else if (auto module = Module::users;
               model.name == "roles" && enum_from_name(halves(field.name).second, module)) {
        std::erase_if(choices, [&](const std::string& name) {
            auto operation = Operation::read;
            Role role;
            if (enum_from_name(name, operation)) {
                role.grants.add(module, operation);
            }
            return !may_give(records, viewer, role);
        });
    }
    return choices;
}

json::Object field_json(const Field& field, const std::vector<std::string>& choices) {
    json::Object out{{"name", field.name}, {"kind", name_of(field.kind)}};
    const auto flag = [&](std::string_view name, bool value) {
        if (value) {
            out[name] = true;
        }
    };
    const auto text = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            out[name] = value;
        }
    };
    const auto list = [&](std::string_view name, const std::vector<std::string>& values) {
        if (!values.empty()) {
            out[name] = array_of(values);
        }
    };
    flag("required", field.required);
    flag("once", field.once);
    flag("locks", field.locks);
    flag("nullable", field.nullable);
    flag("advanced", field.place == Place::advanced);
    text("of", field.of);
    text("unit", field.unit);
    text("next", field.next);
    list("choices", choices);
    list("types", field.types);
    list("required_types", field.required_types);
    if (field.limit) {
        out["limit"] = limit_json(*field.limit);
    }
    if (!field.standard.is_null()) {
        out["standard"] = field.standard;
    }
    return out;
}

json::Object limited(json::Object schema, const Field& field) {
    if (!field.limit) {
        return schema;
    }
    const core::limits::Span& span = field.limit->span;
    switch (field.limit->of) {
        case LimitOf::number:
            schema["minimum"] = span.zero ? 0 : span.least;
            schema["maximum"] = span.most;
            break;
        case LimitOf::bytes:
        case LimitOf::digits:
            schema["maxLength"] = span.most;
            break;
    }
    return schema;
}

json::Object list_schema(json::Object items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

json::Object matrix_schema(const Field& field) {
    json::Object cells;
    for (const std::string& column : field.choices) {
        cells[column] = limited({{"type", "integer"}}, field);
    }
    json::Object rows;
    for (const std::string& row : field.choices) {
        rows[row] = json::Object{{"type", "object"}, {"properties", cells}};
    }
    return {{"type", "object"}, {"properties", std::move(rows)}};
}

json::Object hours_schema() {
    const json::Object text{{"type", "string"}};
    const json::Object day{{"type", "integer"}, {"minimum", 1}, {"maximum", 7}};
    return {{"type", "object"},
            {"properties", json::Object{{"days", list_schema(day)},
                                        {"date", text},
                                        {"from", text},
                                        {"to", text},
                                        {"closed", json::Object{{"type", "boolean"}}}}}};
}

// Whole; where it may be written, by its name.
json::Object record_schema(const Field& field) {
    json::Object whole = field.of.empty()
                             ? json::Object{{"type", "object"}}
                             : json::Object{{"$ref", "#/components/schemas/v6_" + field.of}};
    if (field.writers != Writers::nobody) {
        return {{"oneOf", json::Array{json::Object{{"type", "string"}}, std::move(whole)}}};
    }
    // Beside a reference nothing else counts.
    return field.of.empty() ? whole : json::Object{{"allOf", json::Array{std::move(whole)}}};
}

json::Object schema_of(const Field& field) {
    const json::Object any;
    json::Object named{{"type", "string"}};
    if (!field.choices.empty()) {
        named["enum"] = array_of(field.choices);
    }
    switch (field.kind) {
        case FieldKind::number:
            return limited({{"type", "integer"}}, field);
        case FieldKind::flag:
            return {{"type", "boolean"}};
        case FieldKind::choice:
            // A relation is written by its name and read whole.
            return field.of.empty()
                       ? named
                       : json::Object{
                             {"oneOf", json::Array{named, json::Object{{"type", "object"}}}}};
        case FieldKind::choices:
            return list_schema(std::move(named));
        case FieldKind::texts:
        case FieldKind::names:
            return list_schema({{"type", "string"}});
        case FieldKind::rights:
            return list_schema({{"type", "object"}});
        case FieldKind::matrix:
            return matrix_schema(field);
        case FieldKind::destination:
            return {{"type", "object"},
                    {"properties", json::Object{{"kind", json::Object{{"type", "string"}}},
                                                {"value", json::Object{{"type", "string"}}}}}};
        case FieldKind::ring_members:
            return list_schema(
                {{"type", "object"},
                 {"properties",
                  json::Object{{"number", json::Object{{"type", "string"}}},
                               {"ringtime", limited({{"type", "integer"}}, field)}}}});
        case FieldKind::hours:
            return list_schema(hours_schema());
        case FieldKind::object:
            return any;
        case FieldKind::record:
            return record_schema(field);
        case FieldKind::records:
            return list_schema(record_schema(field));
        case FieldKind::password:
            return limited({{"type", "string"}, {"writeOnly", true}}, field);
        case FieldKind::time:
            return {{"type", "string"}, {"description", "wall time of the reader's zone"}};
        case FieldKind::text:
        case FieldKind::sound:
        case FieldKind::area:
            break;
    }
    return limited({{"type", "string"}}, field);
}

std::string only_of(const std::vector<std::string>& types) {
    std::string text = "only of";
    for (const std::string& type : types) {
        text += (&type == &types.front() ? " " : ", ") + type;
    }
    return text;
}

}  // namespace

json::Object schema_of(const std::vector<Field>& fields) {
    json::Object properties;
    for (const Field& field : fields) {
        json::Object schema = schema_of(field);
        if (field.nullable) {
            schema["nullable"] = true;
        }
        if (!field.had_by.empty()) {
            schema["description"] = only_of(field.had_by);
        }
        if (!field.about.empty()) {
            schema["description"] = field.about;
        }
        if (field.writers == Writers::nobody) {
            schema["readOnly"] = true;
        }
        if (field.unread) {
            schema["writeOnly"] = true;
        }
        const auto [outer, inner] = halves(field.name);
        if (outer.empty()) {
            properties[inner] = std::move(schema);
            continue;
        }
        json::Value& object = properties[outer];
        if (!object.is_object()) {
            object = json::Object{{"type", "object"}, {"properties", json::Object()}};
        }
        object.at("properties").as_object()[inner] = std::move(schema);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}};
}

json::Object catalogue(const Records& records, const core::User& viewer) {
    json::Array all;
    for (const Model& model : models()) {
        if (!model.described || !may_read(model, records, viewer)) {
            continue;
        }
        const auto may = [&](Operation operation) {
            return model.module && linka::api::may(records, viewer, *model.module, operation);
        };
        json::Array fields;
        for (const Field& field : model.described->fields) {
            if (field.place != Place::none) {
                fields.push_back(field_json(field, offered_to(records, viewer, model, field)));
            }
        }
        all.push_back(json::Object{{"model", model.name},
                                   {"columns", array_of(model.described->columns)},
                                   {"may", json::Object{{"create", may(Operation::create)},
                                                        {"update", may(Operation::update)},
                                                        {"remove", may(Operation::remove)}}},
                                   {"fields", std::move(fields)}});
    }
    json::Object rights;
    for (std::size_t i = 0; i < module_count; ++i) {
        const auto module = static_cast<Module>(i);
        json::Array operations;
        for (const Operation operation : asked_in(module)) {
            if (linka::api::may(records, viewer, module, operation)) {
                operations.emplace_back(name_of(operation));
            }
        }
        rights[name_of(module)] = std::move(operations);
    }
    return {{"models", std::move(all)}, {"rights", std::move(rights)}};
}

}  // namespace linka::api::v6
