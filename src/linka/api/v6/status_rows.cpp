#include "linka/api/v6/status_rows.hpp"

#include "linka/api/v6/sql_fields.hpp"

namespace linka::api::v6 {

const std::vector<std::string>& status_fields() {
    static const std::vector<std::string> fields{
        "name",     "title", "description",        "validation",
        "nextcall", "color", "blacklist_database", "blacklist_expiration_time",
        "_sys"};
    return fields;
}

json::Object status_json(const json::Object& stored) {
    json::Object out;
    for (const std::string& field : status_fields()) {
        const json::Value* value = stored.if_contains(field);
        const bool flag = field == "validation" || field == "nextcall";
        out[field] = value != nullptr ? *value : (flag ? json::Value(false) : json::Value(nullptr));
    }
    const json::Value& name = out.at("name");
    out["_sys"] = sys("statuses", name.is_string() ? std::string_view(name.get_string()) : "");
    return out;
}

Result<std::vector<StoredStatus>> stored_statuses(store::Reader& reader) {
    store::Query query;
    query.take = 1000;
    query.count = false;
    auto page = reader.list(store::Model::statuses, query);
    if (!page) {
        return page.error();
    }
    std::vector<StoredStatus> all;
    for (const std::string& row : page->rows) {
        auto value = json::parse(row);
        if (value && value->is_object()) {
            StoredStatus status{number_in(value->get_object(), "id"),
                                std::move(value->get_object())};
            status.body.erase("id");
            all.push_back(std::move(status));
        }
    }
    return all;
}

StatusBook::StatusBook(store::Reader& reader) {
    if (const auto all = stored_statuses(reader)) {
        for (const StoredStatus& status : *all) {
            all_.emplace(text_in(status.body, "name"), status_json(status.body));
        }
    }
}

json::Object StatusBook::find(std::string_view name) const {
    const auto found = all_.find(name);
    if (found != all_.end()) {
        return found->second;
    }
    json::Object gone;
    gone["name"] = name;
    gone["title"] = name;
    return status_json(gone);
}

}  // namespace linka::api::v6
