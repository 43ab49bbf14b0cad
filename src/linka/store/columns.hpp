// Columns: what the members of a described row struct are to the database: their names, kinds, and
// how they are bound and read. A member that is itself a described struct stands for its members.
#pragma once

#include "linka/base/describe.hpp"
#include "linka/base/json_write.hpp"
#include "linka/store/db/db.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace linka::store {

enum class ColumnKind { integer, id, instant, duration, real, boolean, text, name, json };

struct Column {
    std::string_view name;
    ColumnKind kind = ColumnKind::integer;
    std::string_view computed = {};  // SQL, for what lists compare by and no row holds
};

namespace detail {

template <typename T>
constexpr bool is_nested =
    std::is_class_v<T> && !std::is_same_v<T, std::string> && !std::is_same_v<T, json::Raw> &&
    !std::is_same_v<T, Instant> && !std::is_same_v<T, Duration> && !json::detail::is_id<T>;

template <typename T>
Column column_of(std::string_view name) {
    if constexpr (std::is_same_v<T, bool>) {
        return {name, ColumnKind::boolean};
    } else if constexpr (std::is_enum_v<T>) {
        return {name, ColumnKind::name};
    } else if constexpr (std::is_integral_v<T>) {
        return {name, ColumnKind::integer};
    } else if constexpr (std::is_floating_point_v<T>) {
        return {name, ColumnKind::real};
    } else if constexpr (json::detail::is_id<T>) {
        return {name, ColumnKind::id};
    } else if constexpr (std::is_same_v<T, Instant>) {
        return {name, ColumnKind::instant};
    } else if constexpr (std::is_same_v<T, Duration>) {
        return {name, ColumnKind::duration};
    } else if constexpr (std::is_same_v<T, json::Raw>) {
        return {name, ColumnKind::json};
    } else {
        return {name, ColumnKind::text};
    }
}

}  // namespace detail

/// Calls `visit(name, member)` for each column of `row`, in order.
template <typename Row, typename Visit>
void for_each_column(Row& row, Visit&& visit) {
    using Plain = std::remove_const_t<Row>;
    using Members = boost::describe::describe_members<Plain, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        auto& value = row.*member.pointer;
        if constexpr (detail::is_nested<std::decay_t<decltype(value)>>) {
            for_each_column(value, visit);
        } else {
            visit(std::string_view(member.name), value);
        }
    });
}

template <typename Row>
const std::vector<Column>& columns() {
    static const std::vector<Column> all = [] {
        std::vector<Column> found;
        Row row{};
        for_each_column(row, [&](std::string_view name, auto& value) {
            found.push_back(detail::column_of<std::decay_t<decltype(value)>>(name));
        });
        return found;
    }();
    return all;
}

/// A column or table name in SQL; quoted, since `user` is a word of PostgreSQL.
inline std::string quoted(std::string_view name) {
    return "\"" + std::string(name) + "\"";
}

/// What a list compares and orders by.
inline std::string expression_of(const Column& column) {
    return column.computed.empty() ? quoted(column.name) : std::string(column.computed);
}

template <typename T>
void bind_value(Stmt& statement, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        statement.bind(std::int64_t{value ? 1 : 0});
    } else if constexpr (std::is_enum_v<T>) {
        statement.bind(name_of(value));
    } else if constexpr (std::is_integral_v<T>) {
        statement.bind(static_cast<std::int64_t>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        statement.bind(static_cast<double>(value));
    } else if constexpr (json::detail::is_id<T>) {
        statement.bind(value.value);
    } else if constexpr (std::is_same_v<T, Instant>) {
        statement.bind(value.us);
    } else if constexpr (std::is_same_v<T, Duration>) {
        statement.bind(std::int64_t{value.count()});
    } else if constexpr (std::is_same_v<T, json::Raw>) {
        statement.bind(std::string_view(value.text));
    } else {
        statement.bind(std::string_view(value));
    }
}

/// Appends bytes that are equal for equal values only, whatever else is appended in the same order.
template <typename T>
void append_value(std::string& bytes, const T& value) {
    if constexpr (std::is_enum_v<T>) {
        append_value(bytes, static_cast<std::int64_t>(value));
    } else if constexpr (json::detail::is_id<T>) {
        append_value(bytes, value.value);
    } else if constexpr (std::is_same_v<T, Instant>) {
        append_value(bytes, value.us);
    } else if constexpr (std::is_same_v<T, Duration>) {
        append_value(bytes, std::int64_t{value.count()});
    } else if constexpr (std::is_arithmetic_v<T>) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else if constexpr (std::is_same_v<T, json::Raw>) {
        append_value(bytes, value.text);
    } else {
        append_value(bytes, std::int64_t(value.size()));
        bytes += value;
    }
}

template <typename T>
void read_value(const Stmt& statement, int column, T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        value = statement.integer(column) != 0;
    } else if constexpr (std::is_enum_v<T>) {
        enum_from_name(statement.text(column), value);
    } else if constexpr (std::is_integral_v<T>) {
        value = static_cast<T>(statement.integer(column));
    } else if constexpr (std::is_floating_point_v<T>) {
        value = statement.real(column);
    } else if constexpr (json::detail::is_id<T>) {
        value.value = statement.integer(column);
    } else if constexpr (std::is_same_v<T, Instant>) {
        value.us = statement.integer(column);
    } else if constexpr (std::is_same_v<T, Duration>) {
        value = Duration{statement.integer(column)};
    } else if constexpr (std::is_same_v<T, json::Raw>) {
        value.text = std::string(statement.text(column));
    } else {
        value = std::string(statement.text(column));
    }
}

/// Binds every column, in order.
template <typename Row>
void bind_row(Stmt& statement, const Row& row) {
    for_each_column(row,
                    [&](std::string_view, const auto& value) { bind_value(statement, value); });
}

/// Reads a row selected as column_list<Row>().
template <typename Row>
Row read_row(const Stmt& statement) {
    Row row{};
    int column = 0;
    for_each_column(row,
                    [&](std::string_view, auto& value) { read_value(statement, column++, value); });
    return row;
}

/// "a","b","c"
template <typename Row>
std::string column_list() {
    std::string list;
    for (const Column& column : columns<Row>()) {
        list += (list.empty() ? "" : ",") + quoted(column.name);
    }
    return list;
}

}  // namespace linka::store
