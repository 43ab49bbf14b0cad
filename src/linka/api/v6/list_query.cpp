#include "linka/api/v6/list_query.hpp"

#include "linka/api/v6/body.hpp"
#include "linka/api/v6/form.hpp"
#include "linka/base/text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

namespace linka::api::v6 {

namespace {

using store::Filter;
using store::Operator;

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

// For a message: the beginning of what was given.
std::string quoted(const json::Value& value) {
    std::string said = value.is_structured() ? boost::json::serialize(value) : scalar(value);
    said.resize(std::min<std::size_t>(said.size(), 40));
    while (!text::is_utf8(said)) {
        said.pop_back();
    }
    return "'" + said + "'";
}

// A path into a record: `user.role.name`. Each step costs a walk and a level of the answer.
bool is_path(std::string_view field) {
    return field.size() <= field_bytes_max &&
           std::count(field.begin(), field.end(), '.') < static_cast<std::int64_t>(field_depth_max);
}

Status check_paths(const ListQuery& list) {
    const auto refused = [](const std::string& field, std::string where) {
        return fail(ErrorCode::invalid,
                    quoted(json::Value(field)) + " is no field: at most 8 steps and 200 bytes",
                    std::move(where));
    };
    for (const std::string& field : list.fields) {
        if (!is_path(field)) {
            return refused(field, "fields");
        }
    }
    for (const store::Sort& sort : list.query.sort) {
        if (!is_path(sort.field)) {
            return refused(sort.field, "sort");
        }
    }
    return Done{};
}

// A parameter that is one text may be JSON; any other text stays what it is.
Result<json::Value> structured(const json::Value& value, const std::string& name) {
    const std::string_view text =
        value.is_string() ? text::trim(value.get_string()) : std::string_view();
    if (!text.starts_with('{') && !text.starts_with('[')) {
        return value;
    }
    auto parsed = json::parse(text);
    if (!parsed) {
        return fail(ErrorCode::invalid, name + " is no JSON: " + parsed.error().text, name);
    }
    return std::move(*parsed);
}

// Nothing, or a condition of the form edited[gte]=…, which a client sends and no row has.
bool means_nothing(const json::Value& value) {
    const std::string text = scalar(value);
    const std::size_t open = text.find('[');
    return text.empty() ||
           (open != 0 && open != std::string::npos && text.find("]=", open) != std::string::npos);
}

// A word of a closed list, in any case; what is left out, null or "" says the first.
std::optional<std::string_view> word_of(const json::Value* value,
                                        std::initializer_list<std::string_view> words) {
    const bool none =
        value == nullptr || value->is_null() || (value->is_string() && value->get_string().empty());
    if (none) {
        return *words.begin();
    }
    const std::string given = scalar(*value);
    const auto found = std::find_if(words.begin(), words.end(), [&](std::string_view word) {
        return text::equal_ignoring_case(word, given);
    });
    return found != words.end() ? std::optional(*found) : std::nullopt;
}

class FilterReader {
  public:
    bool read(const json::Value& value, std::size_t depth, Filter& out);
    [[nodiscard]] const Error& error() const { return error_; }

  private:
    bool refuse(std::string text) {
        error_ = fail(ErrorCode::invalid, std::move(text), "filter");
        return false;
    }
    bool read_leaf(const json::Object& leaf, Filter& out);
    bool read_parts(const json::Value& parts, std::size_t depth, Filter& out);

    std::size_t count_ = 0;
    Error error_;
};

bool FilterReader::read(const json::Value& value, std::size_t depth, Filter& out) {
    if (depth > filter_depth_max) {
        return refuse("a filter is nested at most 8 deep");
    }
    if (const json::Object* object = value.if_object()) {
        if (object->contains("field")) {
            return read_leaf(*object, out);
        }
        const json::Value* logic = object->if_contains("logic");
        const json::Value* filters = object->if_contains("filters");
        if (logic != nullptr || filters != nullptr) {
            const auto word = word_of(logic, {"and", "or"});
            if (!word) {
                return refuse("unknown logic " + quoted(*logic) + ": and, or");
            }
            out.kind = *word == "or" ? Filter::Kind::any_of : Filter::Kind::all_of;
            if (filters != nullptr) {
                return read_parts(*filters, depth, out);
            }
            json::Object list = *object;  // the logic beside a bare list
            list.erase("logic");
            return read_parts(list, depth, out);
        }
    }
    out.kind = Filter::Kind::all_of;
    return read_parts(value, depth, out);
}

bool FilterReader::read_parts(const json::Value& parts, std::size_t depth, Filter& out) {
    if (const json::Object* object = parts.if_object(); object && object->contains("field")) {
        return read_leaf(*object, out.parts.emplace_back());
    }
    if (parts.is_primitive() && !means_nothing(parts)) {
        return refuse("a filter is {field, operator, value} or a list of such");
    }
    for (const json::Value* part : elements(parts)) {
        if (part->is_primitive() && means_nothing(*part)) {
            continue;
        }
        if (!read(*part, depth + 1, out.parts.emplace_back())) {
            return false;
        }
    }
    return true;
}

bool FilterReader::read_leaf(const json::Object& leaf, Filter& out) {
    if (++count_ > filter_count_max) {
        return refuse("a filter has at most 200 comparisons");
    }
    out.kind = Filter::Kind::compare;
    out.field = scalar(leaf.at("field"));
    if (!is_path(out.field)) {
        return refuse("a field has at most 8 steps and 200 bytes");
    }
    const json::Value* op = leaf.if_contains("operator");
    const std::string op_name = op == nullptr ? "eq" : scalar(*op);
    if (!operator_from_name(op_name, out.op)) {
        return refuse("unknown operator " + quoted(*op));
    }
    if (const json::Value* value = leaf.if_contains("value")) {
        if (value->is_array() || value->is_object()) {
            for (const json::Value* element : elements(*value)) {
                out.values.push_back(without_html(scalar(*element)));
            }
        } else {
            out.values.push_back(without_html(scalar(*value)));
        }
    }
    if (out.values.size() > 1000) {
        return refuse("a filter compares with at most 1000 values");
    }
    const bool no_value = out.op == Operator::isnull || out.op == Operator::isnotnull;
    const bool many = out.op == Operator::in || out.op == Operator::notin;
    if (no_value) {
        out.values.clear();
    } else if (out.values.empty() && !many) {
        out.values.emplace_back();
    }
    if (out.op == Operator::between && out.values.size() != 2) {
        return refuse("between takes two values");
    }
    if (!many && !no_value && out.op != Operator::between && out.values.size() > 1) {
        // eq with a list means any of them.
        if (out.op != Operator::eq && out.op != Operator::neq) {
            return refuse("'" + op_name + "' takes one value");
        }
        out.op = out.op == Operator::eq ? Operator::in : Operator::notin;
    }
    const json::Value* ignore = leaf.if_contains("ignoreCase");
    const auto flag = word_of(ignore, {"false", "0", "true", "1"});
    if (!flag) {
        return refuse("ignoreCase is true or false, not " + quoted(*ignore));
    }
    out.ignore_case = *flag == "1" || *flag == "true";
    return true;
}

Status read_fields(const json::Value& value, std::vector<std::string>& fields) {
    const auto add = [&](std::string_view list) {
        for (const std::string_view name : text::split(list, ',')) {
            const std::string_view trimmed = text::trim(name);
            if (!trimmed.empty()) {
                fields.emplace_back(trimmed);
            }
        }
    };
    if (value.is_string()) {
        add(value.get_string());
    }
    for (const json::Value* element : elements(value)) {
        add(scalar(*element));
    }
    return fields.size() <= fields_max ? Status(Done{})
                                       : fail(ErrorCode::invalid, "at most 200 fields", "fields");
}

Status read_sort(const json::Value& value, std::vector<store::Sort>& sort) {
    const Error other_shape =
        fail(ErrorCode::invalid, "sort is {field, dir} or a list of such", "sort");
    if (value.is_primitive()) {
        return scalar(value).empty() ? Status(Done{}) : other_shape;
    }
    const json::Object* object = value.if_object();
    if (object != nullptr && object->contains("field")) {
        const json::Value* given = object->if_contains("dir");
        const auto dir = word_of(given, {"asc", "desc"});
        if (!dir) {
            return fail(ErrorCode::invalid, "unknown dir " + quoted(*given) + ": asc, desc",
                        "sort");
        }
        const std::string field = scalar(object->at("field"));
        if (!field.empty()) {
            sort.push_back({field, *dir == "desc"});
        }
        return sort.size() <= sort_max
                   ? Status(Done{})
                   : fail(ErrorCode::invalid, "a list is sorted by at most 8 fields", "sort");
    }
    for (const json::Value* element : elements(value)) {
        const json::Object* entry = element->if_object();
        const bool fits = entry != nullptr ? entry->contains("field") : element->is_primitive();
        const Status done = fits ? read_sort(*element, sort) : other_shape;
        if (!done) {
            return done;
        }
    }
    return Done{};
}

// What is to be listed, and how. Errors name the parameter.
Status read_shape(const json::Object& parameters, ListQuery& list) {
    const auto given = [&](const char* name) -> Result<json::Value> {
        const json::Value* value = parameters.if_contains(name);
        return value == nullptr ? json::Value("") : structured(*value, name);
    };
    const auto filter = given("filter");
    auto parsed = filter ? parse_filter(*filter) : filter.error();
    if (!parsed) {
        return parsed.error();
    }
    list.query.filter = std::move(*parsed);
    const auto sort = given("sort");
    if (!sort) {
        return sort.error();
    }
    const Status order = read_sort(*sort, list.query.sort);
    if (!order) {
        return order;
    }
    const auto fields = given("fields");
    if (!fields) {
        return fields.error();
    }
    return read_fields(*fields, list.fields);
}

bool read_number(const json::Object& parameters, std::string_view name, std::int64_t& target,
                 Error& error) {
    const json::Value* value = parameters.if_contains(name);
    const std::string text = value == nullptr ? std::string() : scalar(*value);
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
    query.take = std::min(take, take_max);
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
    const Status shape = read_shape(*parameters, list);
    if (!shape) {
        return shape.error();
    }
    if (const json::Value* search = parameters->if_contains("q")) {
        list.query.search = scalar(*search).substr(0, 200);
    }
    const json::Value* total = parameters->if_contains("total");
    const auto counted = word_of(total, {"true", "1", "false", "0"});
    if (!counted) {
        return fail(ErrorCode::invalid, "total is true or false, not " + quoted(*total), "total");
    }
    list.query.count = *counted == "true" || *counted == "1";
    const Status paths = check_paths(list);
    if (!paths) {
        return paths.error();
    }
    return list;
}

}  // namespace linka::api::v6
