#include "linka/store/filter_sql.hpp"

#include "linka/base/fold_case.hpp"
#include "linka/base/plain_letters.hpp"
#include "linka/base/text.hpp"
#include "linka/store/db/fitting.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace linka::store {

namespace {

constexpr std::size_t words_max = 10;  // of a search; more are ignored

bool is_text(const Column& column) {
    return column.kind == ColumnKind::text || column.kind == ColumnKind::name ||
           column.kind == ColumnKind::json;
}

const Column* find_column(std::span<const Column> columns, std::string_view name) {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const Column& column) { return column.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

Error unknown_field(const std::string& field) {
    return fail(ErrorCode::invalid, text::format("there is no field {} here", field), field);
}

std::optional<Parameter> parameter_of(const Column& column, const std::string& value) {
    if (is_text(column)) {
        return value;
    }
    if (column.kind == ColumnKind::boolean) {
        if (value == "true" || value == "1") {
            return std::int64_t{1};
        }
        if (value == "false" || value == "0" || value.empty()) {
            return std::int64_t{0};
        }
        return std::nullopt;
    }
    if (column.kind == ColumnKind::real) {
        double number = 0;
        const auto [end, error] =
            std::from_chars(value.data(), value.data() + value.size(), number);
        if (error == std::errc() && end == value.data() + value.size()) {
            return number;
        }
        return std::nullopt;
    }
    const std::optional<std::int64_t> number = text::to_int(value);
    if (number) {
        return *number;
    }
    return std::nullopt;
}

// `%` of the user is any text; everything else stands for itself. `value`: folded already.
std::string like_pattern(std::string_view value, bool open_start, bool open_end, bool wildcards) {
    std::string pattern = open_start ? "%" : "";
    for (const char c : value) {
        if (c == '\\' || c == '_' || (c == '%' && !wildcards)) {
            pattern += '\\';
        }
        pattern += c;
    }
    return open_end ? pattern + "%" : pattern;
}

class FilterWriter {
  public:
    FilterWriter(Sql& sql, std::span<const Column> columns, std::span<const Related> related)
        : sql_(sql), columns_(columns), related_(related) {}

    Status write(const Filter& filter) {
        if (filter.kind == Filter::Kind::compare) {
            return compare(filter);
        }
        if (filter.parts.empty()) {
            sql_.add("1=1");
            return Done{};
        }
        bool first = true;
        for (const Filter& part : filter.parts) {
            sql_.add(first ? "(" : filter.kind == Filter::Kind::all_of ? " AND " : " OR ");
            first = false;
            Status done = write(part);
            if (!done) {
                return done;
            }
        }
        sql_.add(")");
        return Done{};
    }

  private:
    Status compare(const Filter& filter) {
        const Column* column = find_column(columns_, filter.field);
        if (column == nullptr) {
            return of_related(filter);
        }
        if (!std::all_of(filter.values.begin(), filter.values.end(), fits)) {
            return bad_value(filter);
        }
        switch (filter.op) {
            case Operator::eq:
                return binary(*column, filter, "=");
            case Operator::neq:
                return binary(*column, filter, "<>");
            case Operator::lt:
                return binary(*column, filter, "<");
            case Operator::lte:
                return binary(*column, filter, "<=");
            case Operator::gt:
                return binary(*column, filter, ">");
            case Operator::gte:
                return binary(*column, filter, ">=");
            case Operator::like:
            case Operator::contains:
                return like(*column, filter, " LIKE ", true, true);
            case Operator::notlike:
            case Operator::doesnotcontain:
                return like(*column, filter, " NOT LIKE ", true, true);
            case Operator::startswith:
                return like(*column, filter, " LIKE ", false, true);
            case Operator::doesnotstartwith:
                return like(*column, filter, " NOT LIKE ", false, true);
            case Operator::endswith:
                return like(*column, filter, " LIKE ", true, false);
            case Operator::doesnotendwith:
                return like(*column, filter, " NOT LIKE ", true, false);
            case Operator::in:
                return one_of(*column, filter, true);
            case Operator::notin:
                return one_of(*column, filter, false);
            case Operator::isnull:
                null_test(*column, false);
                return Done{};
            case Operator::isnotnull:
                null_test(*column, true);
                return Done{};
            case Operator::between:
                return between(*column, filter);
        }
        return unknown_field(filter.field);
    }

    Status of_related(const Filter& filter) {
        const std::size_t dot = filter.field.find('.');
        const std::string_view name = std::string_view(filter.field).substr(0, dot);
        const auto found = std::find_if(related_.begin(), related_.end(),
                                        [&](const Related& one) { return one.name == name; });
        if (dot == std::string::npos || found == related_.end()) {
            return unknown_field(filter.field);
        }
        Filter theirs = filter;
        theirs.field = filter.field.substr(dot + 1);
        sql_.add(quoted(columns_.front().name) + " IN (SELECT " + quoted(found->owner) + " FROM " +
                 quoted(found->table) + " WHERE ");
        Status done = FilterWriter(sql_, *found->columns, {}).write(theirs);
        sql_.add(")");
        return done;
    }

    Error bad_value(const Filter& filter) {
        return fail(
            ErrorCode::invalid,
            text::format("{}: not a value to compare {} with", filter.field, name_of(filter.op)),
            filter.field);
    }

    Status binary(const Column& column, const Filter& filter, std::string_view op) {
        if (filter.values.size() != 1) {
            return bad_value(filter);
        }
        std::optional<Parameter> value = parameter_of(column, filter.values[0]);
        if (!value) {
            return bad_value(filter);
        }
        const std::string name = expression_of(column);
        if (is_text(column) && filter.ignore_case) {
            sql_.add("fold(").add(name).add(")").add(op).value(text::fold_case(filter.values[0]));
            return Done{};
        }
        // "Not yet" is before nothing: an unset instant is not less than another.
        const bool unset_matters = column.kind == ColumnKind::instant && op[0] == '<' && op != "<>";
        sql_.add(unset_matters ? "(" : "").add(name).add(op).value(std::move(*value));
        if (unset_matters) {
            sql_.add(" AND ").add(name).add("<>0)");
        }
        return Done{};
    }

    Status like(const Column& column, const Filter& filter, std::string_view op, bool open_start,
                bool open_end) {
        if (filter.values.size() != 1) {
            return bad_value(filter);
        }
        const std::string value = filter.ignore_accents ? text::plain_letters(filter.values[0])
                                                        : text::fold_case(filter.values[0]);
        const bool is_like = filter.op == Operator::like || filter.op == Operator::notlike;
        const bool wildcards = is_like && value.find('%') != std::string::npos;
        const std::string name = expression_of(column);
        const std::string folded = (filter.ignore_accents ? "plain(" : "fold(") + name + ")";
        sql_.add(is_text(column) ? folded : "CAST(" + name + " AS TEXT)")
            .add(op)
            .value(like_pattern(value, open_start && !wildcards, open_end && !wildcards, wildcards))
            .add(" ESCAPE '\\'");
        return Done{};
    }

    Status one_of(const Column& column, const Filter& filter, bool is) {
        if (filter.values.empty()) {  // an empty list is no SQL
            sql_.add(is ? "1=0" : "1=1");
            return Done{};
        }
        sql_.add(expression_of(column)).add(is ? " IN (" : " NOT IN (");
        bool first = true;
        for (const std::string& text : filter.values) {
            std::optional<Parameter> value = parameter_of(column, text);
            if (!value) {
                return bad_value(filter);
            }
            sql_.add(first ? "" : ",").value(std::move(*value));
            first = false;
        }
        sql_.add(")");
        return Done{};
    }

    // 0 and '' are how none is kept; a number that is no id, and yes or no, is never none.
    void null_test(const Column& column, bool set) {
        if (is_text(column)) {
            sql_.add(expression_of(column)).add(set ? "<>''" : "=''");
        } else if (column.kind == ColumnKind::id || column.kind == ColumnKind::instant) {
            sql_.add(expression_of(column)).add(set ? "<>0" : "=0");
        } else {
            sql_.add(set ? "1=1" : "1=0");
        }
    }

    Status between(const Column& column, const Filter& filter) {
        if (filter.values.size() != 2) {
            return bad_value(filter);
        }
        std::optional<Parameter> low = parameter_of(column, filter.values[0]);
        std::optional<Parameter> high = parameter_of(column, filter.values[1]);
        if (!low || !high) {
            return bad_value(filter);
        }
        sql_.add(expression_of(column)).add(" BETWEEN ").value(std::move(*low)).add(" AND ");
        sql_.value(std::move(*high));
        return Done{};
    }

    Sql& sql_;
    std::span<const Column> columns_;
    std::span<const Related> related_;
};

}  // namespace

Sql& Sql::add(std::string_view sql) {
    text += sql;
    return *this;
}

Sql& Sql::value(Parameter parameter) {
    text += '?';
    parameters.push_back(std::move(parameter));
    return *this;
}

void Sql::bind(Stmt& statement) const {
    for (const Parameter& parameter : parameters) {
        if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
            statement.bind(*integer);
        } else if (const auto* real = std::get_if<double>(&parameter)) {
            statement.bind(*real);
        } else if (const auto* text_value = std::get_if<std::string>(&parameter)) {
            statement.bind(std::string_view(*text_value));
        }
    }
}

Status add_filter(Sql& sql, std::span<const Column> columns, const Filter& filter,
                  std::span<const Related> related) {
    return FilterWriter(sql, columns, related).write(filter);
}

void add_search(Sql& sql, std::span<const Column> columns, std::string_view search) {
    if (!fits(search)) {
        sql.add(" AND 0=1");  // no text that is kept has this
        return;
    }
    std::size_t words = 0;
    for (const std::string_view part : text::split(search, ' ')) {
        const std::string_view word = text::trim(part);
        if (word.empty() || words == words_max) {
            continue;
        }
        ++words;
        sql.add(" AND (0=1");
        for (const Column& column : columns) {
            if (column.kind == ColumnKind::text) {
                sql.add(" OR plain(").add(expression_of(column)).add(") LIKE ");
                sql.value(like_pattern(text::plain_letters(word), true, true, false));
                sql.add(" ESCAPE '\\'");
            }
        }
        const std::optional<std::int64_t> number = text::to_int(word);
        if (number) {
            sql.add(" OR ").add(quoted(columns.front().name)).add("=").value(*number);
        }
        sql.add(")");
    }
}

Status add_order(Sql& sql, std::span<const Column> columns, const std::vector<Sort>& sort,
                 const Sort& by_default) {
    std::vector<Sort> order = sort.empty() ? std::vector<Sort>{by_default} : sort;
    const std::string key(columns.front().name);
    order.push_back({key, order.back().descending});
    std::string_view separator = " ORDER BY ";
    for (const Sort& one : order) {
        const Column* column = find_column(columns, one.field);
        if (column == nullptr) {
            return unknown_field(one.field);
        }
        sql.add(separator).add(expression_of(*column)).add(one.descending ? " DESC" : "");
        separator = ", ";
        if (one.field == key) {
            break;  // nothing after the key can matter
        }
    }
    return Done{};
}

bool mentions(const Filter& filter, std::string_view field) {
    return (filter.kind == Filter::Kind::compare && filter.field == field) ||
           std::any_of(filter.parts.begin(), filter.parts.end(),
                       [&](const Filter& part) { return mentions(part, field); });
}

Filter to_filter(const stats::ListFilter& list) {
    Filter filter;
    for (const stats::Condition& condition : list.all) {
        Filter part;
        part.kind = Filter::Kind::compare;
        part.field = condition.field;
        enum_from_name(condition.op, part.op);
        part.values = condition.values;
        filter.parts.push_back(std::move(part));
    }
    return filter;
}

}  // namespace linka::store
