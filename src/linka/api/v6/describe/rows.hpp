// How fields lie in rows that the store gives: one maker for each kind of column. A row R is a
// struct with `row`, the object of the store, and what else is shown with it. Nobody writes a field
// unless that is said of it. See description.hpp.
#pragma once

#include "linka/api/v6/describe/members.hpp"
#include "linka/api/v6/sql_fields.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linka::api::v6 {

template <typename R>
struct RowMembers {
    using Kind = SqlField::Kind;
    using Read = typename Member<R>::Read;

    /// Read by `read`; filtered and sorted by what `column` says.
    static Member<R> special(std::string name, FieldKind kind, SqlField column, Read read) {
        Member<R> out = member::shown<R>(std::move(name), kind, std::move(read));
        out.column = std::move(column);
        return out;
    }
    /// In no row: filtered and sorted by only.
    static Member<R> compared(std::string name, SqlField column) {
        Member<R> out;
        out.field.name = std::move(name);
        out.column = std::move(column);
        return out;
    }
    static Member<R> text(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::text, {.column = column},
                       [column](const R& r, const json::Object&, const View&) {
                           return json::Value(text_in(r.row, column));
                       });
    }
    /// An empty one is read as null.
    static Member<R> text_or_none(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::text, {.column = column},
                       [column](const R& r, const json::Object&, const View&) {
                           return text_or_null(text_in(r.row, column));
                       })
            .nullable();
    }
    static Member<R> number(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::number, {.column = column, .kind = Kind::number},
                       [column](const R& r, const json::Object&, const View&) {
                           return json::Value(number_in(r.row, column));
                       });
    }
    static Member<R> flag(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::flag, {.column = column, .kind = Kind::flag},
                       [column](const R& r, const json::Object&, const View&) {
                           return json::Value(flag_in(r.row, column));
                       });
    }
    /// Null for none.
    static Member<R> time(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::time, {.column = column, .kind = Kind::instant},
                       [column](const R& r, const json::Object&, const View& view) {
                           return view.envelope.time(instant_in(r.row, column));
                       })
            .nullable();
    }
    static Member<R> seconds(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::number,
                       {.column = column, .kind = Kind::seconds},
                       [column](const R& r, const json::Object&, const View&) {
                           return json::Value(seconds_in(r.row, column));
                       })
            .about("seconds");
    }
    /// The name of a row, which is made of its number.
    static Member<R> name(std::string name, std::string_view column,
                          std::string (*of_number)(std::int64_t),
                          std::int64_t (*number_of)(std::string_view)) {
        return special(std::move(name), FieldKind::text,
                       {.column = column, .kind = Kind::id, .from_name = number_of},
                       [column, of_number](const R& r, const json::Object&, const View&) {
                           return json::Value(of_number(number_in(r.row, column)));
                       });
    }
    /// Relations, of rows with `nested`, which has their records.
    static Member<R> user(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::record, {.column = column, .kind = Kind::user},
                       [column](const R& r, const json::Object&, const View&) {
                           return r.nested.user(core::UserId{number_in(r.row, column)});
                       })
            .of("users")
            .nullable();
    }
    static Member<R> queue(std::string name, std::string_view column) {
        return special(std::move(name), FieldKind::record, {.column = column, .kind = Kind::queue},
                       [column](const R& r, const json::Object&, const View&) {
                           return r.nested.queue(core::QueueId{number_in(r.row, column)});
                       })
            .of("queues")
            .nullable();
    }
    /// The same in all rows.
    static Member<R> fixed(std::string name, json::Value value) {
        SqlField same{.kind = Kind::fixed};
        auto kind = FieldKind::object;
        if (value.is_bool() || value.is_number()) {  // all of them are false, or 0
            same.codes = {{value.is_bool() ? "false" : "0", ""}};
            kind = value.is_bool() ? FieldKind::flag : FieldKind::number;
        }
        return special(std::move(name), kind, std::move(same),
                       [value = std::move(value)](const R&, const json::Object&, const View&) {
                           return value;
                       });
    }
};

/// What the store's lists of these rows know. The description lives as long as the program.
template <typename R>
SqlFields sql_fields_of(const Description<R>& description) {
    SqlFields all;
    for (const Member<R>& member : description.members) {
        if (member.column) {
            all.push_back(*member.column);
            all.back().name = member.field.name;
        }
    }
    return all;
}

/// The row as v6 shows it.
template <typename R>
json::Object read_row(const Description<R>& description, const R& row, const View& view) {
    json::Object out = read_record(description, row, {}, view);
    out["_sys"] = sys(description.model, text_in(out, "name"));
    return out;
}

}  // namespace linka::api::v6
