#include "linka/api/v6/list_query.hpp"

#include "linka/api/v6/body.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <array>

namespace linka::api::v6 {

namespace {

using store::Filter;
using store::Operator;

std::string scalar_text(const json::Value& value) {
    if (value.is_string()) {
        return std::string(value.get_string());
    }
    if (value.is_bool()) {
        return value.get_bool() ? "1" : "0";
    }
    if (value.is_null() || value.is_object() || value.is_array()) {
        return {};
    }
    return boost::json::serialize(value);
}

// Lists come as arrays, or as objects with numbers for keys.
std::vector<const json::Value*> elements(const json::Value& value) {
    std::vector<const json::Value*> all;
    if (const json::Array* array = value.if_array()) {
        for (const json::Value& element : *array) {
            all.push_back(&element);
        }
    } else if (const json::Object* object = value.if_object()) {
        for (const auto& pair : *object) {
            all.push_back(&pair.value());
        }
    }
    return all;
}

// A path into a record: `user.role.name`. Each step costs a walk and a level of the answer.
bool is_path(std::string_view field) {
    return field.size() <= field_bytes_max &&
           std::count(field.begin(), field.end(), '.') < static_cast<std::int64_t>(field_depth_max);
}

Status check_paths(const ListQuery& list) {
    const auto refused = [](const std::string& field) {
        return fail(ErrorCode::invalid,
                    "'" + field.substr(0, 40) + "' is no field: at most 8 steps and 200 bytes");
    };
    for (const std::string& field : list.fields) {
        if (!is_path(field)) {
            return refused(field);
        }
    }
    for (const store::Sort& sort : list.query.sort) {
        if (!is_path(sort.field)) {
            return refused(sort.field);
        }
    }
    return Done{};
}

class FilterReader {
  public:
    bool read(const json::Value& value, std::size_t depth, Filter& out);
    [[nodiscard]] const Error& error() const { return error_; }

  private:
    bool refuse(ErrorCode code, std::string text) {
        error_ = fail(code, std::move(text), "filter");
        return false;
    }
    bool read_leaf(const json::Object& leaf, Filter& out);
    bool read_parts(const json::Value& parts, std::size_t depth, Filter& out);

    std::size_t count_ = 0;
    Error error_;
};

bool FilterReader::read(const json::Value& value, std::size_t depth, Filter& out) {
    if (depth > filter_depth_max) {
        return refuse(ErrorCode::full, "a filter is nested at most 8 deep");
    }
    if (const json::Object* object = value.if_object()) {
        if (object->contains("field")) {
            return read_leaf(*object, out);
        }
        const json::Value* logic = object->if_contains("logic");
        const json::Value* filters = object->if_contains("filters");
        if (logic != nullptr || filters != nullptr) {
            const bool any =
                logic != nullptr && text::equal_ignoring_case(scalar_text(*logic), "or");
            out.kind = any ? Filter::Kind::any_of : Filter::Kind::all_of;
            return filters == nullptr || read_parts(*filters, depth, out);
        }
    }
    out.kind = Filter::Kind::all_of;
    return read_parts(value, depth, out);  // a bare list; anything else has no elements
}

bool FilterReader::read_parts(const json::Value& parts, std::size_t depth, Filter& out) {
    if (const json::Object* object = parts.if_object(); object && object->contains("field")) {
        return read_leaf(*object, out.parts.emplace_back());
    }
    for (const json::Value* part : elements(parts)) {
        if (!part->is_object() && !part->is_array()) {
            continue;  // unknown parameters, e.g. filter=edited[gte]=…
        }
        if (!read(*part, depth + 1, out.parts.emplace_back())) {
            return false;
        }
    }
    return true;
}

bool FilterReader::read_leaf(const json::Object& leaf, Filter& out) {
    if (++count_ > filter_count_max) {
        return refuse(ErrorCode::full, "a filter has at most 200 comparisons");
    }
    out.kind = Filter::Kind::compare;
    out.field = scalar_text(leaf.at("field"));
    if (!is_path(out.field)) {
        return refuse(ErrorCode::invalid, "a field has at most 8 steps and 200 bytes");
    }
    const json::Value* op = leaf.if_contains("operator");
    const std::string op_name = op == nullptr ? "eq" : scalar_text(*op);
    if (!operator_from_name(op_name, out.op)) {
        return refuse(ErrorCode::invalid, "unknown operator '" + op_name.substr(0, 40) + "'");
    }
    if (const json::Value* value = leaf.if_contains("value")) {
        if (value->is_array() || value->is_object()) {
            for (const json::Value* element : elements(*value)) {
                out.values.push_back(without_html(scalar_text(*element)));
            }
        } else {
            out.values.push_back(without_html(scalar_text(*value)));
        }
    }
    if (out.values.size() > 1000) {
        return refuse(ErrorCode::full, "a filter compares with at most 1000 values");
    }
    const bool no_value = out.op == Operator::isnull || out.op == Operator::isnotnull;
    const bool many = out.op == Operator::in || out.op == Operator::notin;
    if (no_value) {
        out.values.clear();
    } else if (out.values.empty() && !many) {
        out.values.emplace_back();
    }
    if (out.op == Operator::between && out.values.size() != 2) {
        return refuse(ErrorCode::invalid, "between takes two values");
    }
    if (!many && !no_value && out.op != Operator::between && out.values.size() > 1) {
        // eq with a list means any of them.
        if (out.op != Operator::eq && out.op != Operator::neq) {
            return refuse(ErrorCode::invalid, "'" + op_name + "' takes one value");
        }
        out.op = out.op == Operator::eq ? Operator::in : Operator::notin;
    }
    if (const json::Value* ignore = leaf.if_contains("ignoreCase")) {
        const std::string flag = text::lower(scalar_text(*ignore));
        out.ignore_case = flag == "1" || flag == "true";
    }
    return true;
}

void read_fields(const json::Value& value, std::vector<std::string>& fields) {
    const auto add = [&](std::string_view list) {
        for (const std::string_view name : text::split(list, ',')) {
            const std::string_view trimmed = text::trim(name);
            if (!trimmed.empty() && fields.size() < filter_count_max) {
                fields.emplace_back(trimmed);
            }
        }
    };
    if (value.is_string()) {
        add(value.get_string());
    }
    for (const json::Value* element : elements(value)) {
        add(scalar_text(*element));
    }
}

void read_sort(const json::Value& value, std::vector<store::Sort>& sort) {
    const json::Object* object = value.if_object();
    if (object != nullptr && object->contains("field")) {
        const json::Value* dir = object->if_contains("dir");
        const std::string field = scalar_text(object->at("field"));
        if (!field.empty() && sort.size() < 8) {
            sort.push_back(
                {field, dir != nullptr && text::equal_ignoring_case(scalar_text(*dir), "desc")});
        }
        return;
    }
    for (const json::Value* element : elements(value)) {
        if (element->is_object() && element->get_object().contains("field")) {
            read_sort(*element, sort);
        }
    }
}

bool read_number(const json::Object& parameters, std::string_view name, std::int64_t& target,
                 Error& error) {
    const json::Value* value = parameters.if_contains(name);
    const std::string text = value == nullptr ? std::string() : scalar_text(*value);
    if (text.empty()) {
        return true;
    }
    const auto number = text::to_int(text);
    if (!number || *number < 0 || *number > 1'000'000'000'000) {
        error = fail(ErrorCode::invalid, std::string(name) + " is not a number in range",
                     std::string(name));
        return false;
    }
    target = *number;
    return true;
}

bool read_page(const json::Object& parameters, store::Query& query, Error& error) {
    std::int64_t take = take_default;
    std::int64_t page = 0;
    if (!read_number(parameters, "pageSize", take, error) ||
        !read_number(parameters, "take", take, error) ||
        !read_number(parameters, "skip", query.skip, error) ||
        !read_number(parameters, "page", page, error)) {
        return false;
    }
    query.take = std::clamp<std::int64_t>(take, 1, take_max);
    if (page > 1 && !parameters.contains("skip")) {
        query.skip = std::min<std::int64_t>(page - 1, 1'000'000'000) * query.take;
    }
    return true;
}

}  // namespace

bool operator_from_name(std::string_view name, Operator& op) {
    static constexpr std::array<std::pair<std::string_view, Operator>, 27> names{
        {{"eq", Operator::eq},
         {"neq", Operator::neq},
         {"ne", Operator::neq},
         {"lt", Operator::lt},
         {"lte", Operator::lte},
         {"gt", Operator::gt},
         {"gte", Operator::gte},
         {"like", Operator::like},
         {"notlike", Operator::notlike},
         {"contains", Operator::contains},
         {"doesnotcontain", Operator::doesnotcontain},
         {"notcontains", Operator::doesnotcontain},
         {"startswith", Operator::startswith},
         {"begins", Operator::startswith},
         {"doesnotstartwith", Operator::doesnotstartwith},
         {"notbegins", Operator::doesnotstartwith},
         {"endswith", Operator::endswith},
         {"ends", Operator::endswith},
         {"doesnotendwith", Operator::doesnotendwith},
         {"notends", Operator::doesnotendwith},
         {"in", Operator::in},
         {"notin", Operator::notin},
         {"isnull", Operator::isnull},
         {"isnotnull", Operator::isnotnull},
         {"isempty", Operator::isnull},
         {"isnotempty", Operator::isnotnull},
         {"between", Operator::between}}};
    for (const auto& [text, value] : names) {
        if (text::equal_ignoring_case(text, name)) {
            op = value;
            return true;
        }
    }
    return false;
}

std::string without_html(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 5> entities{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}};
    std::string out;
    while (!text.empty()) {
        bool found = false;
        for (const auto& [entity, c] : entities) {
            if (text.starts_with(entity)) {
                out += c;
                text.remove_prefix(entity.size());
                found = true;
                break;
            }
        }
        if (!found) {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

Result<Filter> parse_filter(const json::Value& value) {
    Filter filter;
    FilterReader reader;
    if (!reader.read(value, 0, filter)) {
        return reader.error();
    }
    return filter;
}

Result<ListQuery> parse_list(const Pairs& pairs) {
    Pairs known;
    for (const auto& pair : pairs) {
        const std::string_view root = std::string_view(pair.first).substr(0, pair.first.find('['));
        for (const std::string_view name :
             {"filter", "sort", "fields", "take", "skip", "page", "pageSize", "q", "total"}) {
            if (root == name) {
                known.push_back(pair);
            }
        }
    }
    const auto parameters = nest(known);
    if (!parameters) {
        return parameters.error();
    }
    ListQuery list;
    Error error;
    if (!read_page(*parameters, list.query, error)) {
        return error;
    }
    if (const json::Value* filter = parameters->if_contains("filter")) {
        auto parsed = parse_filter(*filter);
        if (!parsed) {
            return parsed.error();
        }
        list.query.filter = std::move(*parsed);
    }
    if (const json::Value* sort = parameters->if_contains("sort")) {
        read_sort(*sort, list.query.sort);
    }
    if (const json::Value* fields = parameters->if_contains("fields")) {
        read_fields(*fields, list.fields);
    }
    if (const json::Value* search = parameters->if_contains("q")) {
        list.query.search = scalar_text(*search).substr(0, 200);
    }
    if (const json::Value* total = parameters->if_contains("total")) {
        const std::string flag = text::lower(scalar_text(*total));
        list.query.count = flag != "false" && flag != "0";
    }
    const Status paths = check_paths(list);
    if (!paths) {
        return paths.error();
    }
    return list;
}

}  // namespace linka::api::v6
