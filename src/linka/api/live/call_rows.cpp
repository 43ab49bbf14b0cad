#include "linka/api/live/call_rows.hpp"

#include "linka/api/live/names.hpp"
#include "linka/api/v6/sql_fields.hpp"
#include "linka/base/text.hpp"
#include "linka/store/rows.hpp"

#include <map>
#include <set>

namespace linka::api {

namespace {

// Of a search; more words are ignored.
constexpr std::size_t words_max = 10;

Result<std::vector<json::Object>> rows_in(store::Reader& reader, store::Model model,
                                          const std::string& column,
                                          const std::set<std::int64_t>& values) {
    std::vector<json::Object> rows;
    if (values.empty()) {
        return rows;
    }
    store::Query query;
    std::vector<std::string> texts;
    for (const std::int64_t value : values) {
        texts.push_back(std::to_string(value));
    }
    query.filter = v6::is_in(column, std::move(texts));
    query.sort = {{"id", false}};
    query.take = v6::take_max;
    query.count = false;
    for (std::size_t last = v6::take_max; last == v6::take_max; query.skip += v6::take_max) {
        const auto page = reader.list(model, query);
        if (!page) {
            return page.error();
        }
        for (const std::string& text : page->rows) {
            rows.push_back(v6::row_object(text));
        }
        last = page->rows.size();
    }
    return rows;
}

std::set<std::int64_t> numbers_of(const json::Array& rows, std::string_view column) {
    std::set<std::int64_t> numbers;
    for (const json::Value& row : rows) {
        numbers.insert(v6::number_in(row.as_object(), column));
    }
    return numbers;
}

// Titles of outcomes by name, those that were deleted since as well.
Result<std::map<std::string, std::string>> status_titles(store::Reader& reader) {
    store::Query query;
    query.filter = v6::is_in("removed", {"true", "false"});
    query.take = 1000;
    query.count = false;
    const auto page = reader.list(store::Model::statuses, query);
    if (!page) {
        return page.error();
    }
    std::map<std::string, std::string> titles;
    for (const std::string& text : page->rows) {
        const json::Object row = v6::row_object(text);
        titles[v6::text_in(row, "name")] = v6::text_in(row, "title");
    }
    return titles;
}

json::Array statuses_of(const json::Object& activity,
                        const std::map<std::string, std::string>& titles) {
    json::Array out;
    const json::Value* names = activity.if_contains("statuses");
    if (names == nullptr || !names->is_array()) {
        return out;
    }
    for (const json::Value& name : names->get_array()) {
        if (!name.is_string()) {
            continue;
        }
        const auto title = titles.find(std::string(name.get_string()));
        json::Object status;
        status["name"] = name;
        status["title"] = title == titles.end() ? name : json::Value(title->second);
        out.push_back(std::move(status));
    }
    return out;
}

store::Filter contains(std::string field, std::string_view word) {
    store::Filter filter = v6::is_equal(std::move(field), std::string(word));
    filter.op = store::Operator::contains;
    return filter;
}

store::Filter words_filter(const std::string& search) {
    std::vector<store::Filter> words;
    for (const std::string_view part : text::split(search, ' ')) {
        const std::string_view word = text::trim(part);
        if (!word.empty() && words.size() < words_max) {
            words.push_back(
                v6::any_of({contains("caller", word), contains("number", word),
                            contains("caller_name", word), contains("activities.note", word)}));
        }
    }
    return v6::all_of(std::move(words));
}

void name_users(store::Filter& filter, const Records& records) {
    for (store::Filter& part : filter.parts) {
        name_users(part, records);
    }
    if (filter.field != "user" && filter.field != "activities.user") {
        return;
    }
    for (std::string& value : filter.values) {
        if (!text::to_int(value)) {
            const auto user = records.user(std::string_view(value));
            value = std::to_string(user ? user->id.value : -1);
        }
    }
}

}  // namespace

store::Query readable_query(store::Query query, store::Model model, const Records& records) {
    name_users(query.filter, records);
    if (model == store::Model::interactions && !query.search.empty()) {
        query.filter = v6::all_of({std::move(query.filter), words_filter(query.search)});
        query.search.clear();
    }
    return query;
}

Status add_work(store::Reader& reader, const Records& records, json::Array& interactions) {
    const std::set<std::int64_t> ids = numbers_of(interactions, "id");
    const auto activities = rows_in(reader, store::Model::activities, "interaction", ids);
    if (!activities) {
        return activities.error();
    }
    const auto recordings = rows_in(reader, store::Model::recordings, "interaction", ids);
    if (!recordings) {
        return recordings.error();
    }
    const auto titles = status_titles(reader);
    if (!titles) {
        return titles.error();
    }
    std::set<std::int64_t> recorded;  // activities
    for (const json::Object& recording : *recordings) {
        if (v6::text_in(recording, "status") == name_of(store::RecordingStatus::Converted)) {
            recorded.insert(v6::number_in(recording, "activity"));
        }
    }
    std::map<std::int64_t, json::Array> work;
    std::set<std::int64_t> recorded_calls;
    for (const json::Object& activity : *activities) {
        const std::int64_t id = v6::number_in(activity, "id");
        const std::int64_t call = v6::number_in(activity, "interaction");
        const auto user = records.user(core::UserId{v6::number_in(activity, "user")});
        json::Object entry;
        entry["name"] = activity_name(core::ActivityId{id});
        entry["user"] = user ? json::Value(user->name) : json::Value(nullptr);
        entry["user_title"] = user ? json::Value(user->title) : json::Value(nullptr);
        entry["note"] = v6::text_in(activity, "note");
        entry["statuses"] = statuses_of(activity, *titles);
        entry["recorded"] = recorded.contains(id);
        if (recorded.contains(id)) {
            recorded_calls.insert(call);
        }
        work[call].push_back(std::move(entry));
    }
    for (json::Value& row : interactions) {
        json::Object& shown = row.as_object();
        const std::int64_t id = v6::number_in(shown, "id");
        shown["activities"] = std::move(work[id]);
        shown["recorded"] = recorded_calls.contains(id);
    }
    return Done{};
}

Status add_call(store::Reader& reader, json::Array& rows) {
    const auto calls =
        rows_in(reader, store::Model::interactions, "id", numbers_of(rows, "interaction"));
    if (!calls) {
        return calls.error();
    }
    std::map<std::int64_t, json::Object> by_id;
    for (const json::Object& call : *calls) {
        json::Object shown;
        for (const std::string_view field : {"caller", "caller_name", "number", "direction"}) {
            shown[field] = v6::text_in(call, field);
        }
        by_id[v6::number_in(call, "id")] = std::move(shown);
    }
    for (json::Value& row : rows) {
        json::Object& shown = row.as_object();
        const auto call = by_id.find(v6::number_in(shown, "interaction"));
        shown["call"] = call == by_id.end() ? json::Value(nullptr) : json::Value(call->second);
    }
    return Done{};
}

}  // namespace linka::api
