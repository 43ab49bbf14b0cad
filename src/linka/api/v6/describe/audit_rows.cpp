#include "linka/api/v6/describe/audit_rows.hpp"

#include "linka/api/v6/describe/change.hpp"
#include "linka/api/v6/describe/rows.hpp"
#include "linka/base/plain_letters.hpp"
#include "linka/base/text.hpp"

namespace linka::api::v6 {

namespace {

constexpr std::string_view prefix = "auditLog_";

std::string change_name(std::int64_t id) {
    return std::string(prefix) + std::to_string(id);
}

json::Value object_or_null(const std::string& text) {
    json::Object object = row_object(text);
    return object.empty() ? json::Value(nullptr) : json::Value(std::move(object));
}

store::Filter contains(std::string field, std::string_view word) {
    store::Filter filter;
    filter.kind = store::Filter::Kind::compare;
    filter.field = std::move(field);
    filter.op = store::Operator::contains;
    filter.ignore_accents = true;
    filter.values = {std::string(word)};
    return filter;
}

store::Filter of_anybody() {
    return is_in("removed", {"true", "false"});
}

// The login is no more than a guess to those who do not see the person.
bool is_shown(const json::Object& user, std::string_view word, const View& view) {
    const auto known = view.records->user(core::UserId{number_in(user, "id")});
    return !known || Viewer(*view.records, view.viewer).sight_of(*known) != Sight::none ||
           text::plain_letters(known->title).find(text::plain_letters(word)) != std::string::npos;
}

store::Filter by_people_called(std::string_view word, const View& view, store::Reader& reader) {
    store::Query query;
    query.filter =
        all_of({any_of({contains("title", word), contains("name", word)}), of_anybody()});
    query.take = 1000;
    query.count = false;
    std::vector<std::string> ids{"-1"};  // nobody's
    if (const auto page = reader.list(store::Model::users, query)) {
        for (const std::string& row : page->rows) {
            const json::Object user = row_object(row);
            if (is_shown(user, word, view)) {
                ids.push_back(std::to_string(number_in(user, "id")));
            }
        }
    }
    return is_in("who", std::move(ids));
}

json::Value who_was(std::int64_t id, store::Reader& reader) {
    store::Query query;
    query.filter = all_of({is_equal("id", std::to_string(id)), of_anybody()});
    query.take = 1;
    query.count = false;
    const auto page = reader.list(store::Model::users, query);
    if (!page || page->rows.empty()) {
        return nullptr;
    }
    const json::Object user = row_object(page->rows.front());
    return json::Object{{"name", text_in(user, "name")}, {"title", text_in(user, "title")}};
}

// Who is a user no more is named as they were.
json::Value person_of_change(const ShownChange& change, const json::Object&, const View& view) {
    const std::int64_t who = number_in(change.row, "who");
    json::Value user = view.user_ref(core::UserId{who});
    if (user.is_null() && who != 0) {
        return who_was(who, change.reader);
    }
    return user;
}

json::Value undone_by_change(const ShownChange& change, const json::Object&, const View&) {
    const std::int64_t undone = number_in(change.row, "takes_back");
    return undone != 0 ? json::Value(change_name(undone)) : json::Value(nullptr);
}

json::Value note_on_change(const ShownChange& change, const json::Object&, const View&) {
    return text_or_null(change.returning.text);
}

json::Value can_be_undone(const ShownChange& change, const json::Object&, const View& view) {
    return json::Value(stands(change.row) && change.returning.possible &&
                       may_return(change.row, *view.records, *view.viewer));
}

// Values that the table keeps as a text.
Member<ShownChange> values_in(std::string name, std::string_view column) {
    return member::shown<ShownChange>(
               std::move(name), FieldKind::record,
               [column](const ShownChange& change, const json::Object&, const View&) {
                   return object_or_null(text_in(change.row, column));
               })
        .nullable();
}

Member<ShownChange> compared_values_in(std::string name, std::string_view column) {
    Member<ShownChange> out = values_in(std::move(name), column);
    out.column = SqlField{.column = column};
    return out;
}

}  // namespace

const Description<ShownChange>& changes_description() {
    using Own = RowMembers<ShownChange>;
    using Kind = SqlField::Kind;
    static const Description<ShownChange> all{
        "auditLog",
        Module::change_log,
        {},
        {Own::name("name", "id", change_name, change_from_name), Own::time("time", "at"),
         Own::special("user", FieldKind::record, {.column = "who", .kind = Kind::user},
                      person_of_change)
             .of("users")
             .nullable(),
         Own::text_or_none("access", "access").about("what they could do then"),
         Own::text_or_none("address", "origin").about("the address that they asked from"),
         Own::text("action", "what").about("e.g. users.update"),
         Own::text_or_none("model", "model"), Own::text_or_none("record", "name").about("its name"),
         Own::text_or_none("title", "title").about("of the record, as it was then"),
         compared_values_in("before", "before").about("the fields that were changed"),
         compared_values_in("after", "after"),
         values_in("titles", "titles")
             .about("of the records that the fields name, by model and name, as they were then"),
         Own::text_or_none("detail", "detail").about("secrets that were set, by name"),
         Own::flag("taken_back", "taken_back").about("true takes it back").written(nullptr),
         Own::special("takes_back", FieldKind::text,
                      {.column = "takes_back", .kind = Kind::id, .from_name = change_from_name},
                      undone_by_change)
             .nullable(),
         member::shown<ShownChange>("note", FieldKind::text, note_on_change)
             .nullable()
             .about("what does not come back with a record that was deleted, or why it cannot"),
         member::shown<ShownChange>("can_take_back", FieldKind::flag, can_be_undone)
             .about("it stands, and there is something to put back")}};
    return all;
}

const SqlFields& change_fields() {
    static const SqlFields fields = sql_fields_of(changes_description());
    return fields;
}

std::int64_t change_from_name(std::string_view name) {
    return name.starts_with(prefix) ? text::to_int(name.substr(prefix.size())).value_or(0) : 0;
}

store::Filter with_words(std::string_view words, const View& view, store::Reader& reader) {
    constexpr std::size_t words_max = 10;
    std::vector<store::Filter> all;
    for (const std::string_view part : text::split(words, ' ')) {
        const std::string_view word = text::trim(part);
        if (word.empty() || all.size() == words_max) {
            continue;
        }
        std::vector<store::Filter> any{by_people_called(word, view, reader)};
        for (const char* column : {"title", "name", "what", "detail", "before", "after"}) {
            any.push_back(contains(column, word));
        }
        all.push_back(any_of(std::move(any)));
    }
    return all_of(std::move(all));
}

json::Object change_json(const json::Object& row, const View& view, store::Reader& reader) {
    const ShownChange change{row, reader, returning_of(row, reader, view)};
    return read_row(changes_description(), change, view);
}

}  // namespace linka::api::v6
