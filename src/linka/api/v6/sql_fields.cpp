#include "linka/api/v6/sql_fields.hpp"

#include "linka/api/v6/sql_measures.hpp"
#include "linka/base/text.hpp"

#include <algorithm>

namespace linka::api::v6 {

namespace {

using store::Filter;
using store::Operator;
using Kind = SqlField::Kind;

const SqlField* find_field(const SqlFields& fields, std::string_view name) {
    const std::string_view first = name.substr(0, name.find('.'));
    for (const SqlField& field : fields) {
        if (field.name == first) {
            return &field;
        }
    }
    return nullptr;
}

Filter nothing() {
    return is_in("id", {"-1"});
}

std::string flag_text(const std::string& value) {
    const std::string text = text::lower(value);
    return text == "1" || text == "true" ? "true" : "false";
}

class Translator {
  public:
    Translator(const SqlFields& fields, const View& view) : fields_(fields), view_(view) {}

    Result<Filter> filter(const Filter& from);

  private:
    Result<Filter> leaf(const Filter& from);
    Result<Filter> empty(const Filter& from, const SqlField& field);
    Result<Filter> converted(const Filter& from, const SqlField& field);
    Filter creator(const Filter& from, const SqlField& field);
    Filter happened(const Filter& from, const SqlField& field);
    Filter listed(const Filter& from, const SqlField& field);
    Filter coded(const Filter& from, const SqlField& field);
    static Filter where_shown(const Filter& from, const SqlField& field);
    Filter fixed(const Filter& from, const SqlField& field);
    Filter user(const Filter& from, const SqlField& field);
    Filter queue(const Filter& from, const SqlField& field);

    const SqlFields& fields_;
    const View& view_;
};

Result<Filter> Translator::filter(const Filter& from) {
    if (from.kind == Filter::Kind::compare) {
        return leaf(from);
    }
    Filter out;
    out.kind = from.kind;
    for (const Filter& part : from.parts) {
        auto translated = filter(part);
        if (!translated) {
            return translated;
        }
        out.parts.push_back(std::move(*translated));
    }
    return out;
}

Result<Filter> Translator::leaf(const Filter& from) {
    const SqlField* field = find_field(fields_, from.field);
    if (field == nullptr) {
        return fail(ErrorCode::invalid, "unknown field '" + from.field + "'", "filter");
    }
    switch (field->kind) {
        case Kind::user:
            return user(from, *field);
        case Kind::queue:
            return queue(from, *field);
        case Kind::creator:
            return creator(from, *field);
        case Kind::happened:
            return happened(from, *field);
        case Kind::listed:
            return listed(from, *field);
        case Kind::fixed:
            return fixed(from, *field);
        case Kind::codes:
            return coded(from, *field);
        default:
            break;
    }
    if (from.op == Operator::isnull || from.op == Operator::isnotnull) {
        return empty(from, *field);
    }
    if (field->kind == Kind::instant || field->kind == Kind::seconds) {
        return measured(from, *field, view_.envelope.zone());
    }
    return converted(from, *field);
}

Result<Filter> Translator::empty(const Filter& from, const SqlField& field) {
    Filter out = is_equal(std::string(field.column), field.kind == Kind::text ? "" : "0");
    if (from.op == Operator::isnotnull) {
        out.op = Operator::neq;
    }
    return where_shown(out, field);
}

Result<Filter> Translator::converted(const Filter& from, const SqlField& field) {
    Filter out = from;
    for (std::string& value : out.values) {
        if (field.kind == Kind::flag) {
            value = flag_text(value);
        } else if (field.kind == Kind::id) {
            const std::int64_t id = field.from_name(value);
            value = std::to_string(id > 0 ? id : -1);
        }
    }
    return where_shown(out, field);
}

// A comparison with what is shown, wherever it stands.
Filter Translator::where_shown(const Filter& from, const SqlField& field) {
    const auto in = [&](std::string_view column, Filter when) {
        Filter value = from;
        value.field = column;
        return all_of({std::move(when), std::move(value)});
    };
    const auto is = [](Filter when, bool yes) {
        when.op = yes ? Operator::eq : Operator::neq;
        return when;
    };
    if (!field.column_out.empty()) {
        const Filter out = is_equal("direction", std::string(name_of(core::CallDirection::out)));
        return any_of({in(field.column, is(out, false)), in(field.column_out, is(out, true))});
    }
    if (!field.column_empty.empty()) {
        const Filter empty = is_equal(std::string(field.column), "");
        return any_of(
            {in(field.column, is(empty, false)), in(field.column_empty, is(empty, true))});
    }
    Filter out = from;
    out.field = field.column;
    return out;
}

Filter Translator::happened(const Filter& from, const SqlField& field) {
    bool yes = from.op == Operator::isnotnull;
    bool no = from.op == Operator::isnull || from.values.empty();
    for (const std::string& value : from.values) {
        (flag_text(value) == "true" ? yes : no) = true;
    }
    if (from.op == Operator::neq || from.op == Operator::notin) {
        yes = !yes;
        no = !no;
    }
    if (yes == no) {
        return yes ? Filter{} : nothing();
    }
    Filter out = is_equal(std::string(field.column), "0");
    out.op = yes ? Operator::neq : Operator::eq;
    return out;
}

Filter Translator::listed(const Filter& from, const SqlField& field) {
    if (from.op == Operator::isnull || from.op == Operator::isnotnull) {
        Filter out = is_equal(std::string(field.column), "[]");
        out.op = from.op == Operator::isnull ? Operator::eq : Operator::neq;
        return out;
    }
    const bool denied = from.op == Operator::neq || from.op == Operator::notin;
    std::vector<Filter> parts;
    for (const std::string& value : from.values) {
        Filter part = is_equal(std::string(field.column), json::to_text(value));
        part.op = denied ? Operator::doesnotcontain : Operator::contains;
        parts.push_back(std::move(part));
    }
    return denied ? all_of(std::move(parts)) : any_of(std::move(parts));
}

Filter Translator::coded(const Filter& from, const SqlField& field) {
    Filter leaf = from;
    leaf.field = "x";
    std::vector<std::string> ours;
    const auto add = [&](const json::Value& theirs, std::string_view code) {
        if (matches(leaf, json::Object{{"x", theirs}})) {
            ours.emplace_back(code);
        }
    };
    bool named = false;  // whether there is a word for the empty code
    for (const auto& [theirs, code] : field.codes) {
        add(json::Value(theirs), code);
        named = named || code.empty();
    }
    if (!named) {
        add(nullptr, "");
    }
    return ours.empty() ? nothing() : is_in(std::string(field.column), std::move(ours));
}

Filter Translator::fixed(const Filter& from, const SqlField& field) {
    json::Object row;
    row["x"] = nullptr;
    if (!field.codes.empty()) {
        const std::string_view value = field.codes.front().first;
        row["x"] = value == "false" ? json::Value(false) : json::Value(value);
    }
    Filter leaf = from;
    leaf.field = "x";
    return matches(leaf, row) ? Filter{} : nothing();
}

// The ids of the records of `table` that pass; `empty`: whether null passes.
template <typename Table, typename Make>
std::vector<std::string> ids_that_match(const Filter& from, const SqlField& field,
                                        const Table& table, Make make, bool& empty) {
    Filter leaf = from;
    leaf.field = "x" + from.field.substr(field.name.size());
    json::Object none;
    none["x"] = nullptr;
    empty = matches(leaf, none);
    std::vector<std::string> ids;
    for (const auto& [id, record] : table) {
        json::Object row;
        row["x"] = make(*record);
        if (matches(leaf, row) && ids.size() < 1000) {
            ids.push_back(std::to_string(id.value));
        }
    }
    return ids;
}

Filter is_one_of(const SqlField& field, std::vector<std::string> ids, bool empty) {
    if (empty) {
        ids.emplace_back("0");
    }
    return ids.empty() ? nothing() : is_in(std::string(field.column), std::move(ids));
}

Filter Translator::user(const Filter& from, const SqlField& field) {
    bool empty = false;
    auto ids = ids_that_match(
        from, field, view_.records->users, [&](const core::User& user) { return view_.user(user); },
        empty);
    return is_one_of(field, std::move(ids), empty);
}

Filter Translator::creator(const Filter& from, const SqlField& field) {
    bool empty = false;
    auto ids = ids_that_match(
        from, field, view_.records->users, [&](const core::User& user) { return view_.user(user); },
        empty);
    const Filter dialled = is_equal("direction", std::string(name_of(core::CallDirection::out)));
    Filter theirs = all_of({dialled, is_one_of(field, std::move(ids), false)});
    if (!empty) {
        return theirs;
    }
    Filter others = dialled;
    others.op = Operator::neq;
    return any_of({std::move(theirs), std::move(others)});
}

Filter Translator::queue(const Filter& from, const SqlField& field) {
    bool empty = false;
    auto ids = ids_that_match(
        from, field, view_.records->queues,
        [&](const core::Queue& queue) { return view_.queue(queue); }, empty);
    return is_one_of(field, std::move(ids), empty);
}

Filter compare(std::string field, Operator op, std::vector<std::string> values) {
    Filter out;
    out.kind = Filter::Kind::compare;
    out.field = std::move(field);
    out.op = op;
    out.values = std::move(values);
    return out;
}

}  // namespace

Filter is_equal(std::string field, std::string value) {
    return compare(std::move(field), Operator::eq, {std::move(value)});
}

Filter is_in(std::string field, std::vector<std::string> values) {
    return compare(std::move(field), Operator::in, std::move(values));
}

Filter all_of(std::vector<Filter> parts) {
    Filter out;
    out.kind = Filter::Kind::all_of;
    out.parts = std::move(parts);
    return out;
}

Filter any_of(std::vector<Filter> parts) {
    Filter out;
    out.kind = Filter::Kind::any_of;
    out.parts = std::move(parts);
    return out;
}

Result<store::Query> to_sql(const store::Query& query, const SqlFields& fields, const View& view) {
    store::Query out = query;
    auto filter = Translator(fields, view).filter(query.filter);
    if (!filter) {
        return filter.error();
    }
    out.filter = std::move(*filter);
    out.sort.clear();
    for (const store::Sort& sort : query.sort) {
        const SqlField* field = find_field(fields, sort.field);
        if (field == nullptr) {
            return fail(ErrorCode::invalid, "cannot sort by '" + sort.field + "'", "sort");
        }
        if (field->kind != Kind::fixed) {  // what is the same in all rows puts none before another
            out.sort.push_back({std::string(field->column), sort.descending});
        }
    }
    return out;
}

std::vector<std::string> names_of(const SqlFields& fields) {
    std::vector<std::string> names;
    for (const SqlField& field : fields) {
        names.emplace_back(field.name);
    }
    return names;
}

json::Object row_object(const std::string& row) {
    auto value = json::parse(row);
    return value && value->is_object() ? std::move(value->get_object()) : json::Object();
}

std::int64_t number_in(const json::Object& row, std::string_view column) {
    const json::Value* value = row.if_contains(column);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::string text_in(const json::Object& row, std::string_view column) {
    const json::Value* value = row.if_contains(column);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

bool flag_in(const json::Object& row, std::string_view column) {
    const json::Value* value = row.if_contains(column);
    return value != nullptr && value->is_bool() && value->get_bool();
}

Instant instant_in(const json::Object& row, std::string_view column) {
    return Instant{number_in(row, column)};
}

std::int64_t seconds_in(const json::Object& row, std::string_view column) {
    return number_in(row, column) / 1'000'000;
}

}  // namespace linka::api::v6
